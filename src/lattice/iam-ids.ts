import { randomBytes } from 'node:crypto';

/** What kind of thing a unique id or access key id of IAM names ("IAM identifiers" in AWS's IAM user guide). */
export const IAM_ID_PREFIXES = {
  user: 'AIDA',
  group: 'AGPA',
  role: 'AROA',
  managedPolicy: 'ANPA',
  accessKey: 'AKIA',
  temporaryKey: 'ASIA',
} as const;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `AROA` and 17 more characters; access keys have 16, as on AWS. Random, so never given twice. */
export const newIamId = (kind: keyof typeof IAM_ID_PREFIXES): string => {
  const length = kind === 'accessKey' || kind === 'temporaryKey' ? 16 : 17;
  const random = Array.from(randomBytes(length), (byte) => ALPHABET[byte % 32]);
  return IAM_ID_PREFIXES[kind] + random.join('');
};

/** 40 characters, as AWS's are. */
export const newSecretAccessKey = (): string => randomBytes(30).toString('base64');
