/**
 * Signatures for VPC Lattice's own service are for Pergola: whoever holds one could send the request
 * again for some minutes, so targets do not get them. What is signed for another service, or is no
 * signature, is the target's. Rather too much counts than too little: each test takes in all that
 * the verifier could take for a signature, however it is spelled.
 */
import { decodeUri } from '../../sigv4/encode-uri.ts';
import { SERVICE_SIGNING_NAME } from '../../sigv4/service-request.ts';
import type { ForwardedRequest } from '../forwarded-request.ts';

/** Within `KEY/DATE/REGION/SERVICE/aws4_request`, which is without the region in SigV4A. */
const IN_SCOPE = `/${SERVICE_SIGNING_NAME}/`;

/** @param value of an Authorization header */
export const isLatticeAuthorization = (value: string): boolean =>
  /^aws4-/i.test(value) && value.includes(IN_SCOPE);

/** In lower case. Without them a URL is what it was before it was signed. */
const PRESIGNED_PARAMETERS: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-content-sha256',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-region-set',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/**
 * A request target without the parameters of a signature for VPC Lattice in its query; the very same
 * text when there is none. What else is in the query stays as it came.
 */
export const withoutLatticeSignature = (target: string): string => {
  const queryStart = target.indexOf('?');
  if (queryStart < 0 || !/x-amz-/i.test(target)) return target;
  const parameters = target.slice(queryStart + 1).split('&');
  if (!parameters.some(isLatticeCredential)) return target;
  const kept = parameters.filter((one) => !PRESIGNED_PARAMETERS.has(splitParameter(one).name));
  const path = target.slice(0, queryStart);
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
};

const isLatticeCredential = (parameter: string): boolean => {
  const { name, value } = splitParameter(parameter);
  return name === 'x-amz-credential' && decodeUri(value).includes(IN_SCOPE);
};

const splitParameter = (parameter: string): { name: string; value: string } => {
  const equals = parameter.indexOf('=');
  const name = equals < 0 ? parameter : parameter.slice(0, equals);
  const value = equals < 0 ? '' : parameter.slice(equals + 1);
  return { name: decodeUri(name).toLowerCase(), value };
};

/** Takes out of a head what of a signature for VPC Lattice targets are not to get, in its lines and its query. */
export function dropLatticeCredentials(head: ForwardedRequest): void {
  const { authorizationLines, securityTokenLines } = head;
  const target = withoutLatticeSignature(head.target);
  const isPresigned = target !== head.target;
  if (isPresigned) {
    head.target = target;
    head.isRewritten = true;
  }
  if (authorizationLines === undefined && !isPresigned) return;
  const dropped = (authorizationLines ?? []).filter((line) =>
    isLatticeAuthorization(head.value(line)),
  );
  if (securityTokenLines !== undefined && (isPresigned || dropped.length > 0)) {
    dropped.push(...securityTokenLines);
  }
  if (dropped.length > 0) head.dropLater(dropped);
}
