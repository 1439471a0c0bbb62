import { formatAmzDate } from '../../sigv4/amz-date.ts';
import { canonicalRequest } from '../../sigv4/canonical-request.ts';
import { UNSIGNED_PAYLOAD } from '../../sigv4/service-claim.ts';
import { SERVICE_SIGNING_NAME } from '../../sigv4/service-request.ts';
import { deriveSigningKey, signatureOf } from '../../sigv4/signing-key.ts';
import { ALGORITHM, scopeText, stringToSign } from '../../sigv4/string-to-sign.ts';
import type { Credentials } from '../credentials.ts';

/** The path as it is, encoded once by whoever made the URL (AWS: "SigV4 authenticated requests"). */
const PATH_FORM = { doubleEncode: false, normalize: false };

export interface UnsignedRequest {
  readonly method: string;
  /** As the Host header has it. */
  readonly host: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
}

/**
 * The header fields that sign a request to a service, to be sent with it. Only these and Host are
 * covered, so whatever passes the request on may touch other fields, and bodies can be streamed.
 */
export const signRequest = (
  { method, host, target }: UnsignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  region: string,
  now: Date,
): Readonly<Record<string, string>> => {
  const amzDate = formatAmzDate(now);
  const scope = { date: amzDate.slice(0, 8), region, service: SERVICE_SIGNING_NAME };
  const fields: Record<string, string> = {
    'x-amz-content-sha256': UNSIGNED_PAYLOAD,
    'x-amz-date': amzDate,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  };
  const headers: Record<string, string> = { host, ...fields };
  const signedHeaders = Object.keys(headers).sort();
  const [rawPath = '', ...query] = target.split('?');
  const canonical = canonicalRequest(
    { method, rawPath, rawQuery: query.join('?'), headers },
    signedHeaders,
    UNSIGNED_PAYLOAD,
    PATH_FORM,
  );
  const signature = signatureOf(
    deriveSigningKey(secretAccessKey, scope),
    stringToSign(amzDate, scope, canonical),
  );
  const credential = `${accessKeyId}/${scopeText(scope)}`;
  fields['authorization'] =
    `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return fields;
};
