import { sha256Hex } from './canonical-request.ts';

/** SigV4, and SigV4A, which is for several regions at once. */
export type Algorithm = 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256';
export const ALGORITHM = 'AWS4-HMAC-SHA256' satisfies Algorithm;
export const ALGORITHM_V4A = 'AWS4-ECDSA-P256-SHA256' satisfies Algorithm;
export const TERMINATOR = 'aws4_request';

/** What a credential is good for: one day, one region, one service. */
export interface CredentialScope {
  /** `YYYYMMDD` */
  readonly date: string;
  /** Empty for SigV4A, which has `X-Amz-Region-Set` in its place. */
  readonly region: string;
  readonly service: string;
}

/** The scope as it is signed, e.g. `20260401/us-west-2/vpc-lattice/aws4_request`; SigV4A has no region there. */
export const scopeText = ({ date, region, service }: CredentialScope): string =>
  region === '' ? `${date}/${service}/${TERMINATOR}` : `${date}/${region}/${service}/${TERMINATOR}`;

/** `amzDate` as in X-Amz-Date: `YYYYMMDDTHHMMSSZ`. */
export const stringToSign = (
  amzDate: string,
  scope: CredentialScope,
  canonical: string,
  algorithm: Algorithm = ALGORITHM,
): string => `${algorithm}\n${amzDate}\n${scopeText(scope)}\n${sha256Hex(canonical)}`;
