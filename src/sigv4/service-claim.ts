import { checkHostIsSigned, checkRegion, checkServiceAndDate, checkTime } from './check-claim.ts';
import { KnownHeads } from './known-heads.ts';
import { fromHttpDate, parseDate, parsePresigned, type SignatureClaim } from './parse-signature.ts';
import { SERVICE_SIGNING_NAME, type ServiceRequest } from './service-request.ts';
import { hasSignature, optional, queryParameters } from './signature-parameters.ts';
import { SignatureError, TWO_MECHANISMS_TEXT } from './signature-problem.ts';
import { ALGORITHM, ALGORITHM_V4A } from './string-to-sign.ts';

/** What a request to a service says of its signature. */
export interface ServiceClaim extends SignatureClaim {
  /** What it says of its body; undefined when that is not signed. */
  readonly payload: string | undefined;
  /** SigV4A: the regions for which it is meant; undefined when they are not signed. */
  readonly regionSet: string | undefined;
}

/**
 * The only thing that may be said of a body (AWS: "VPC Lattice does not support payload signing"); the
 * header that says it has to be sent, and signed.
 */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

const ALGORITHMS = [ALGORITHM, ALGORITHM_V4A] as const;
/** Schemes are compared without case (RFC 9110 §11.1); whatever begins like this was meant to be a signature. */
const SCHEME_PREFIX = 'aws4-';
const PAYLOAD_HEADER = 'x-amz-content-sha256';
const REGION_SET_HEADER = 'x-amz-region-set';

/**
 * Reads the Authorization header, if it is one of AWS's, or the X-Amz-… query parameters.
 *
 * @returns undefined when the request is not signed
 * @throws SignatureError
 */
export const readServiceClaim = (request: ServiceRequest): ServiceClaim | undefined => {
  const headers = readHeaders(request);
  const queryAt = request.path.length + 1;
  const query = queryAt < request.target.length ? request.target.slice(queryAt) : '';
  const parameters = query === '' ? undefined : queryParameters(query);
  const isPresigned = parameters !== undefined && hasSignature(parameters);
  if (isPresigned && headers.authorization !== undefined) {
    throw new SignatureError('incomplete', TWO_MECHANISMS_TEXT);
  }
  if (!isPresigned && !headers.isSigned) return undefined;
  if (headers.repeated !== undefined) {
    throw new SignatureError('incomplete', `send one \`${headers.repeated}\` header, not several`);
  }
  if (!isPresigned) return fromHeaders(headers);
  const claim = parsePresigned(parameters, ALGORITHMS);
  const payload = claim.signedHeaders.includes(PAYLOAD_HEADER) ? headers.payload : undefined;
  return {
    ...claim,
    // Some signers move all x-amz-* headers into the query.
    payload: payload ?? optional(parameters, PAYLOAD_HEADER),
    regionSet: optional(parameters, REGION_SET_HEADER),
  };
};

const knownHeads = new KnownHeads();

const fromHeaders = (headers: SignatureHeaders): ServiceClaim => {
  const authorization = headers.authorization as string;
  const amzDate = headers.amzDate ?? fromHttpDate(headers.date);
  const { algorithm, accessKeyId, scope, signedHeaders, signature } = knownHeads.parse(
    authorization,
    ALGORITHMS,
    amzDate !== undefined,
  );
  const { signedAtMs } = parseDate(amzDate as string);
  return {
    form: 'header',
    algorithm,
    accessKeyId,
    scope,
    amzDate: amzDate as string,
    signedAtMs,
    expiresSeconds: undefined,
    signedHeaders,
    signature,
    sessionToken: headers.sessionToken,
    payload: signedHeaders.includes(PAYLOAD_HEADER) ? headers.payload : undefined,
    regionSet: signedHeaders.includes(REGION_SET_HEADER) ? headers.regionSet : undefined,
  };
};

/** The headers that make a signature. */
interface SignatureHeaders {
  authorization: string | undefined;
  amzDate: string | undefined;
  date: string | undefined;
  sessionToken: string | undefined;
  payload: string | undefined;
  regionSet: string | undefined;
  /** One of the `authorization` headers is AWS's. */
  isSigned: boolean;
  /** Name of one that is there more than once: which of them counts, readers could see differently. */
  repeated: string | undefined;
}

/** By the lengths of names first: most headers of a request are none of these. */
const readHeaders = ({ names, values }: ServiceRequest): SignatureHeaders => {
  const headers: SignatureHeaders = {
    authorization: undefined,
    amzDate: undefined,
    date: undefined,
    sessionToken: undefined,
    payload: undefined,
    regionSet: undefined,
    isSigned: false,
    repeated: undefined,
  };
  const take = (field: StringField, name: string, value: string): void => {
    if (headers[field] !== undefined) headers.repeated = name;
    headers[field] = value;
  };
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = values[i] as string;
    switch (name.length) {
      case 4:
        if (name === 'date') take('date', name, value);
        break;
      case 10:
        if (name === 'x-amz-date') take('amzDate', name, value);
        break;
      case 13:
        if (name === 'authorization') {
          take('authorization', name, value);
          if (isAwsAuthorization(value)) headers.isSigned = true;
        }
        break;
      case 16:
        if (name === REGION_SET_HEADER) take('regionSet', name, value);
        break;
      case 20:
        if (name === PAYLOAD_HEADER) take('payload', name, value);
        else if (name === 'x-amz-security-token') take('sessionToken', name, value);
        break;
      default:
    }
  }
  return headers;
};

type StringField = Exclude<keyof SignatureHeaders, 'isSigned' | 'repeated'>;

/** Whether the value of an Authorization header is, or was meant to be, a signature of AWS's kind. */
const isAwsAuthorization = (value: string): boolean =>
  value.slice(0, SCHEME_PREFIX.length).toLowerCase() === SCHEME_PREFIX;

/**
 * Everything that can be checked without a secret (AWS: "SigV4 authenticated requests for Amazon VPC
 * Lattice"). Unlike the API, services take requests with unsigned x-amz-* headers: those that mean
 * anything here are required to be signed, or are bound by what is signed.
 *
 * @throws SignatureError
 */
export const checkServiceClaim = (claim: ServiceClaim, region: string, nowMs: number): void => {
  if (claim.payload === undefined) {
    throw new SignatureError(
      'incomplete',
      "Missing the 'x-amz-content-sha256' in canonical headers",
    );
  }
  if (claim.payload !== UNSIGNED_PAYLOAD) {
    throw new SignatureError('invalid', 'Signed payloads are not supported');
  }
  if (claim.algorithm === ALGORITHM) checkRegion(claim.scope, region);
  else checkRegionSet(claim.regionSet, region);
  checkServiceAndDate(claim, SERVICE_SIGNING_NAME);
  checkTime(claim, nowMs);
  checkHostIsSigned(claim.signedHeaders);
};

const checkRegionSet = (regionSet: string | undefined, region: string): void => {
  if (regionSet === undefined) {
    throw new SignatureError(
      'incomplete',
      'SigV4A needs `x-amz-region-set`, signed: send the header and name it in SignedHeaders',
    );
  }
  if (!servesRegion(regionSet, region)) {
    throw new SignatureError(
      'invalid',
      `the signature is for other regions than \`${region}\`: name it in \`x-amz-region-set\`, or sign for \`*\``,
    );
  }
};

/** Whether `X-Amz-Region-Set`, a list, has the region. */
export const servesRegion = (regionSet: string, region: string): boolean =>
  regionSet.split(',').some((pattern) => matchesRegion(pattern.trim(), region));

/** A region, or with one `*` several of them: `*`, `us-*`, `us-*-2`. */
const matchesRegion = (pattern: string, region: string): boolean => {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === region;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const isLongEnough = before.length + after.length <= region.length;
  return isLongEnough && region.startsWith(before) && region.endsWith(after);
};
