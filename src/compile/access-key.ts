import type { AccessKeyPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import type { Report } from './problem.ts';

/** Nothing for a key that is inactive: to the data plane there is no such key. */
export const compileAccessKey = (
  index: DocumentIndex,
  id: string,
  report: Report,
): AccessKeyPart | undefined => {
  const key = index.get('accessKey', id);
  if (!key?.active) return undefined;
  const { accountId, secretAccessKey, principalArn, userId } = key;
  const part: AccessKeyPart = { kind: 'accessKey', id, accountId, secretAccessKey, principalArn };
  if (userId === undefined) return part;
  if (!index.get('iamUser', userId)) {
    report(
      'danglingUser',
      id,
      `access key \`${id}\` is of user \`${userId}\`, which does not exist`,
    );
    return undefined;
  }
  return { ...part, userId };
};
