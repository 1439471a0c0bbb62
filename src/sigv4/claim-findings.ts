import { MAX_SKEW_MS, printable } from './check-claim.ts';
import { absentOf } from './service-canonical.ts';
import { type ServiceClaim, servesRegion, UNSIGNED_PAYLOAD } from './service-claim.ts';
import { SERVICE_SIGNING_NAME, type ServiceRequest } from './service-request.ts';
import { ALGORITHM } from './string-to-sign.ts';

/** What is wrong with a signature before anything is computed, a sentence each and all of it. */
export const claimFindings = (
  claim: ServiceClaim,
  request: ServiceRequest,
  region: string,
  nowMs: number,
): readonly string[] => {
  const findings = [
    payloadFinding(claim),
    regionFinding(claim, region),
    serviceFinding(claim),
    dateFinding(claim),
    clockFinding(claim, nowMs),
    hostFinding(claim),
    absentFinding(claim, request),
  ];
  return findings.filter((finding) => finding !== undefined);
};

const payloadFinding = ({ payload }: ServiceClaim): string | undefined => {
  if (payload === undefined) {
    return `the header \`x-amz-content-sha256\` is not sent or not signed: send \`x-amz-content-sha256: ${UNSIGNED_PAYLOAD}\`, also without a body, and sign it`;
  }
  if (payload === UNSIGNED_PAYLOAD) return undefined;
  return `the payload is signed: \`x-amz-content-sha256\` is \`${printable(payload)}\`, but has to be \`${UNSIGNED_PAYLOAD}\``;
};

const regionFinding = (claim: ServiceClaim, region: string): string | undefined => {
  const { algorithm, scope, regionSet } = claim;
  if (algorithm === ALGORITHM) {
    if (scope.region === region) return undefined;
    return `the credential is scoped to the region \`${printable(scope.region)}\`: sign for \`${region}\``;
  }
  if (regionSet === undefined) {
    return `the header \`x-amz-region-set\` is not sent or not signed: send \`x-amz-region-set: ${region}\`, or \`*\`, and sign it`;
  }
  if (servesRegion(regionSet, region)) return undefined;
  return `the signature is for the regions \`${printable(regionSet)}\`: sign for \`${region}\` or \`*\``;
};

const serviceFinding = ({ scope }: ServiceClaim): string | undefined =>
  scope.service === SERVICE_SIGNING_NAME
    ? undefined
    : `the credential is scoped to the service \`${printable(scope.service)}\`: sign for \`${SERVICE_SIGNING_NAME}\``;

const dateFinding = ({ scope, amzDate }: ServiceClaim): string | undefined =>
  scope.date === amzDate.slice(0, 8)
    ? undefined
    : `the credential is scoped to the day \`${printable(scope.date)}\`, but the request is dated \`${amzDate}\`: both have to be of the same day in UTC`;

const clockFinding = (claim: ServiceClaim, nowMs: number): string | undefined => {
  const { amzDate, signedAtMs, expiresSeconds } = claim;
  const aheadMs = signedAtMs - nowMs;
  if (aheadMs > MAX_SKEW_MS) {
    return `the request is dated \`${amzDate}\`, ${duration(aheadMs)} ahead of the time here: set the clock of the client`;
  }
  if (expiresSeconds !== undefined) {
    const overMs = -aheadMs - expiresSeconds * 1000;
    if (overMs <= 0) return undefined;
    return `the presigned URL of \`${amzDate}\` was good for ${expiresSeconds} seconds and expired ${duration(overMs)} ago: make a new one`;
  }
  if (-aheadMs <= MAX_SKEW_MS) return undefined;
  return `the request is dated \`${amzDate}\`, ${duration(-aheadMs)} behind the time here: set the clock of the client, or sign later`;
};

const duration = (ms: number): string => {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
};

const hostFinding = ({ signedHeaders }: ServiceClaim): string | undefined =>
  signedHeaders.includes('host')
    ? undefined
    : 'the header `host` is not signed: name it in SignedHeaders';

const absentFinding = (claim: ServiceClaim, request: ServiceRequest): string | undefined => {
  const absent = absentOf(request, claim.signedHeaders);
  if (absent.length === 0) return undefined;
  const names = absent.slice(0, 5).map((name) => `\`${printable(name)}\``);
  return `signed, but not in the request: ${names.join(', ')}: something on the way removed it, or it was never sent`;
};
