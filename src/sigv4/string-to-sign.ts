import { sha256Hex } from './canonical-request.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';
export const TERMINATOR = 'aws4_request';

/** What a credential is good for: one day, one region, one service. */
export interface CredentialScope {
  /** `YYYYMMDD` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** `amzDate` as in X-Amz-Date: `YYYYMMDDTHHMMSSZ`. */
export const stringToSign = (amzDate: string, scope: CredentialScope, canonical: string): string =>
  `${ALGORITHM}\n${amzDate}\n${scope.date}/${scope.region}/${scope.service}/${TERMINATOR}\n${sha256Hex(canonical)}`;
