import { formatAmzDate } from './amz-date.ts';
import type { SignatureClaim } from './parse-signature.ts';
import { SignatureError } from './signature-problem.ts';
import type { SignedRequest } from './signed-request.ts';
import type { CredentialScope } from './string-to-sign.ts';

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
  checkRegion(claim.scope, expected.region);
  checkServiceAndDate(claim, expected.service);
  checkTime(claim, expected.now.getTime());
  checkHostIsSigned(claim.signedHeaders);
  checkPresentHeaders(claim, request);
};

/** @throws SignatureError */
export const checkRegion = (scope: CredentialScope, region: string): void => {
  if (scope.region !== region) {
    throw new SignatureError(
      'invalid',
      `Credential should be scoped to a valid region, not '${printable(scope.region)}'. This endpoint serves the region '${region}'.`,
    );
  }
};

/** @throws SignatureError */
export const checkServiceAndDate = ({ scope, amzDate }: SignatureClaim, service: string): void => {
  if (scope.service !== service) {
    throw new SignatureError(
      'invalid',
      `Credential should be scoped to correct service: '${service}'.`,
    );
  }
  if (scope.date.length !== 8 || !amzDate.startsWith(scope.date)) {
    throw new SignatureError(
      'invalid',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${printable(scope.date)}' != '${amzDate.slice(0, 8)}', from '${amzDate}'.`,
    );
  }
};

/** @throws SignatureError with kind `expired`, also for what is not yet current */
export const checkTime = (claim: SignatureClaim, nowMs: number): void => {
  const { signedAtMs, expiresSeconds } = claim;
  if (signedAtMs > nowMs + MAX_SKEW_MS) {
    const latest = formatAmzDate(new Date(nowMs + MAX_SKEW_MS));
    throw new SignatureError(
      'expired',
      `Signature not yet current: ${claim.amzDate} is still later than ${latest} (${formatAmzDate(new Date(nowMs))} + 5 min.)`,
    );
  }
  const allowedMs = expiresSeconds === undefined ? MAX_SKEW_MS : expiresSeconds * 1000;
  if (signedAtMs < nowMs - allowedMs) {
    const allowed = expiresSeconds === undefined ? '5 min.' : `${expiresSeconds} sec.`;
    const earliest = formatAmzDate(new Date(nowMs - allowedMs));
    throw new SignatureError(
      'expired',
      `Signature expired: ${claim.amzDate} is now earlier than ${earliest} (${formatAmzDate(new Date(nowMs))} - ${allowed})`,
    );
  }
};

/** Whoever could change the host could send what was signed for one service to another. @throws SignatureError */
export const checkHostIsSigned = (signedHeaders: readonly string[]): void => {
  if (!signedHeaders.includes('host')) {
    throw new SignatureError(
      'invalid',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    );
  }
};

/** @throws SignatureError */
export const refuseAbsent = (absent: readonly string[]): never => {
  throw new SignatureError(
    'invalid',
    `The request does not have all of its signed headers: ${absent.join(', ').slice(0, 200)}.`,
  );
};

/** Every x-amz-* header must be signed, or somebody on the way could add one. */
const checkPresentHeaders = (claim: SignatureClaim, request: SignedRequest): void => {
  const signed = new Set(claim.signedHeaders);
  const absent = claim.signedHeaders.filter((name) => request.headers[name] === undefined);
  if (absent.length > 0) refuseAbsent(absent);
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

/** Somebody else's text, short and in one line. */
export const printable = (text: string, maxLength = 64): string =>
  text.slice(0, maxLength).replace(/[^\x21-\x7e]/g, '?');
