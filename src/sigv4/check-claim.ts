import { formatAmzDate } from './amz-date.ts';
import type { SignatureClaim } from './parse-signature.ts';
import { SignatureError } from './signature-problem.ts';
import type { SignedRequest } from './signed-request.ts';

export interface Expectation {
  /** The one region that is served here. */
  readonly region: string;
  /** Signing name of the service that is meant to answer. */
  readonly service: string;
  readonly now: Date;
}

/** How far a caller's clock may be off. */
export const MAX_SKEW_MS = 5 * 60 * 1000;

/**
 * Everything that can be checked without a secret: region, service, date and signed headers.
 *
 * @throws SignatureError
 */
export const checkClaim = (
  claim: SignatureClaim,
  request: SignedRequest,
  expected: Expectation,
): void => {
  const { scope } = claim;
  if (scope.region !== expected.region) {
    throw new SignatureError(
      'invalid',
      `Credential should be scoped to a valid region, not '${printable(scope.region)}'. This endpoint serves the region '${expected.region}'.`,
    );
  }
  if (scope.service !== expected.service) {
    throw new SignatureError(
      'invalid',
      `Credential should be scoped to correct service: '${expected.service}'.`,
    );
  }
  if (!claim.amzDate.startsWith(scope.date)) {
    throw new SignatureError(
      'invalid',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${printable(scope.date)}' != '${claim.amzDate.slice(0, 8)}', from '${claim.amzDate}'.`,
    );
  }
  checkTime(claim, expected.now);
  checkSignedHeaders(claim, request);
};

const checkTime = (claim: SignatureClaim, now: Date): void => {
  const time = claim.signedAt.getTime();
  const latest = new Date(now.getTime() + MAX_SKEW_MS);
  if (time > latest.getTime()) {
    throw new SignatureError(
      'expired',
      `Signature not yet current: ${claim.amzDate} is still later than ${formatAmzDate(latest)} (${formatAmzDate(now)} + 5 min.)`,
    );
  }
  const allowedMs = claim.expiresSeconds === undefined ? MAX_SKEW_MS : claim.expiresSeconds * 1000;
  const earliest = new Date(now.getTime() - allowedMs);
  if (time < earliest.getTime()) {
    const allowed = claim.expiresSeconds === undefined ? '5 min.' : `${claim.expiresSeconds} sec.`;
    throw new SignatureError(
      'expired',
      `Signature expired: ${claim.amzDate} is now earlier than ${formatAmzDate(earliest)} (${formatAmzDate(now)} - ${allowed})`,
    );
  }
};

/** Host and every x-amz-* header must be signed, or somebody on the way could add or change them. */
const checkSignedHeaders = (claim: SignatureClaim, request: SignedRequest): void => {
  const signed = new Set(claim.signedHeaders);
  if (!signed.has('host')) {
    throw new SignatureError(
      'invalid',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
  const absent = claim.signedHeaders.filter((name) => request.headers[name] === undefined);
  if (absent.length > 0) {
    throw new SignatureError(
      'invalid',
      `The request does not have all of its signed headers: ${absent.join(', ').slice(0, 200)}.`,
    );
  }
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !signed.has(name),
  );
  if (unsigned.length > 0) {
    throw new SignatureError(
      'invalid',
      `There were headers present in the request which were not signed: ${unsigned.join(', ').slice(0, 200)}.`,
    );
  }
};

const printable = (text: string): string => text.replace(/[^\x21-\x7e]/g, '?').slice(0, 64);
