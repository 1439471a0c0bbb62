import { createHash } from 'node:crypto';
import { canonicalPath } from './canonical-path.ts';
import { canonicalQuery } from './canonical-query.ts';
import type { PathForm, SignedRequest } from './signed-request.ts';

/** The text whose hash is signed (AWS: "Create a canonical request"). Signed headers must all be present. */
export const canonicalRequest = (
  request: SignedRequest,
  signedHeaders: readonly string[],
  payloadHash: string,
  form: PathForm,
): string => {
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(request.headers[name])}\n`);
  return [
    request.method,
    canonicalPath(request.rawPath, form),
    canonicalQuery(request.rawQuery, 'X-Amz-Signature'),
    headers.join(''),
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
};

/** Spaces and tabs only: other white space may be a byte of UTF-8 text. */
export const canonicalValue = (value = ''): string =>
  value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');

/** Lower-case hex. Node gives header values one character a byte, so text is hashed as bytes. */
export const sha256Hex = (data: string | Uint8Array): string =>
  createHash('sha256')
    .update(typeof data === 'string' ? Buffer.from(data, 'latin1') : data)
    .digest('hex');
