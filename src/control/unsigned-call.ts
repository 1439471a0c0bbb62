import type { SignedRequest } from '../sigv4/signed-request.ts';
import type { Caller } from './operation.ts';

/**
 * The one operation that is called without a signature: a token in it says who calls ("Calling
 * AssumeRoleWithWebIdentity does not require the use of AWS security credentials").
 */
const OPERATION = 'AssumeRoleWithWebIdentity';
const PARAMETER = new RegExp(`(?:^|&)Action=${OPERATION}(?:&|$)`);

/** Far more than a token and a session policy take; strangers may send no more. */
const MAX_BODY_BYTES = 64 * 1024;

export const UNSIGNED_SERVICE = 'sts';

/** Nobody: may call what needs no credentials, and owns nothing. */
export const ANONYMOUS: Caller = { accountId: '', principalArn: 'anonymous', accessKeyId: '' };

/**
 * Whether a request that has no signature may be that call. `body` absent: judged by the head alone,
 * to say whether the body is worth reading.
 */
export const mayBeUnsignedCall = (head: SignedRequest, body?: Buffer): boolean => {
  if (
    head.headers['authorization'] !== undefined ||
    /x-amz-(?:algorithm|signature)/i.test(head.rawQuery)
  ) {
    return false;
  }
  if (head.rawPath !== '/') return false;
  if (head.method === 'GET') return PARAMETER.test(head.rawQuery);
  const isForm = head.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  // Without a length, or with a long one, the body is not read at all.
  const length = Number(head.headers['content-length'] ?? Number.NaN);
  if (head.method !== 'POST' || !isForm || !(length <= MAX_BODY_BYTES)) return false;
  return body === undefined || PARAMETER.test(body.toString('latin1'));
};
