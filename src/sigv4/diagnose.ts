import { canonicalHash } from './canonical-hash.ts';
import { printable } from './check-claim.ts';
import { claimFindings } from './claim-findings.ts';
import { HIDDEN, hideInParts, type IsHidden } from './hide-values.ts';
import {
  absentOf,
  type CanonicalParts,
  canonicalParts,
  canonicalText,
  otherPaths,
} from './service-canonical.ts';
import { readServiceClaim, type ServiceClaim } from './service-claim.ts';
import type { Diagnosis, FindCredentials, ServiceRequest } from './service-request.ts';
import { SignatureError } from './signature-problem.ts';
import { type Mistake, signingMistakes } from './signing-mistakes.ts';
import { scopeText } from './string-to-sign.ts';
import type { VerificationKeys } from './verification-keys.ts';

const LONGEST_TEXT = 8192;
/** Characters of a head. Clients sign some KB; what is longer would be costly to compute over and over. */
const LONGEST_HEAD = 16_384;

/**
 * Finds out why a signature is refused: what the request says of it that cannot be, and by computing
 * it anew, for what came and for the usual mistakes, which of them was made. Some hundred times as
 * expensive as verifying at worst: for refused requests only, and for none with a long head.
 *
 * Tells neither a signature that would be right nor the values of headers and query parameters for
 * which `isHidden` holds. Throws nothing but what `find` throws.
 */
export const diagnose = <C>(
  request: ServiceRequest,
  region: string,
  find: FindCredentials<C>,
  nowMs: number,
  isHidden: IsHidden,
): Diagnosis => {
  if (lengthOf(request) > LONGEST_HEAD) return { findings: [TOO_LONG] };
  const claim = readClaim(request);
  if (claim === undefined) return { findings: ['the request is not signed'] };
  if (claim instanceof SignatureError) return { findings: [claim.message] };
  const findings = [...claimFindings(claim, request, region, nowMs)];
  const absent = new Set(absentOf(request, claim.signedHeaders));
  const parts: CanonicalParts = {
    ...canonicalParts(
      request,
      claim.signedHeaders.filter((name) => !absent.has(name)),
    ),
    // As the client says, so that a mistake that was found already does not hide another one.
    ...(claim.payload === undefined ? {} : { payload: claim.payload }),
  };
  const found = find(claim.accessKeyId, claim.sessionToken);
  if (found.found === 'nobody') findings.push(nobodyFinding(claim));
  if (found.found === 'expiredSession') {
    findings.push('the session of the security token is over: get new credentials');
  }
  if (found.found === 'caller' && absent.size === 0) {
    findings.push(...computedFindings(claim, request, parts, region, found.keys));
  }
  return { ...computedTexts(claim, request, parts, isHidden), findings };
};

const TOO_LONG = `the signature is not looked into: the head of the request has more than ${LONGEST_HEAD} characters, so send a shorter one to find out more`;

const lengthOf = ({ method, target, authority, names, values }: ServiceRequest): number => {
  let length = method.length + target.length + authority.length;
  for (const name of names) length += name.length;
  for (const value of values) length += value.length;
  return length;
};

const readClaim = (request: ServiceRequest): ServiceClaim | SignatureError | undefined => {
  try {
    return readServiceClaim(request);
  } catch (error) {
    if (error instanceof SignatureError) return error;
    throw error;
  }
};

const nobodyFinding = ({ accessKeyId, sessionToken }: ServiceClaim): string => {
  const key = `\`${printable(accessKeyId)}\``;
  return sessionToken === undefined
    ? `there is no active access key ${key}; a temporary one needs its session token in \`x-amz-security-token\``
    : `the session token is none of ours, or not that of the access key ${key}, or its principal was deleted`;
};

const computedFindings = (
  claim: ServiceClaim,
  request: ServiceRequest,
  parts: CanonicalParts,
  region: string,
  ownKeys: VerificationKeys,
): readonly string[] => {
  const keys = new Map<string, ReturnType<typeof ownKeys.of>>();
  const formsOfPath = [request.path, ...otherPaths(request.path)];
  const matches = ({ parts: changed, path, scope = claim.scope }: Mistake) => {
    const name = scopeText(scope);
    const key = keys.get(name) ?? ownKeys.of({ ...claim, scope });
    keys.set(name, key);
    const signed = { ...parts, ...changed };
    const forms = path === undefined ? formsOfPath : [path, ...otherPaths(path)];
    return forms.some((form) =>
      key.matches(claim.amzDate, canonicalHash(canonicalText(signed, form)), claim.signature),
    );
  };
  if (matches({ finding: '' })) return ['the signature itself matches what it says it is for'];
  for (const mistake of signingMistakes(claim, request, parts, region)) {
    if (matches(mistake)) return [mistake.finding];
  }
  return [unexplainedFinding(claim)];
};

const unexplainedFinding = ({ accessKeyId }: ServiceClaim): string =>
  `the signature is of something else, and none of the usual mistakes explains it: compare the canonical request here with the one of the client; if they are equal, the secret is not that of the access key \`${printable(accessKeyId)}\``;

const computedTexts = (
  claim: ServiceClaim,
  request: ServiceRequest,
  parts: CanonicalParts,
  isHidden: IsHidden,
): Pick<Diagnosis, 'canonicalRequest' | 'stringToSign'> => {
  const shown = hideInParts(parts, isHidden);
  // Whoever knows all of a text but a password could try passwords until the hash is right.
  const guessable = hideInParts(
    parts,
    (place, name, value) => !isOurs(name) && isHidden(place, name, value),
  );
  const isSafe = guessable.headers === parts.headers && guessable.query === parts.query;
  const hashShown = isSafe ? canonicalHash(canonicalText(parts, request.path)) : HIDDEN;
  const scope = printable(scopeText(claim.scope));
  return {
    canonicalRequest: canonicalText(shown, request.path).slice(0, LONGEST_TEXT),
    stringToSign: `${claim.algorithm}\n${claim.amzDate}\n${scope}\n${hashShown}`,
  };
};

/** Tokens are too long to be guessed. */
const isOurs = (name: string): boolean => OURS.has(name.toLowerCase());
const OURS = new Set(['x-amz-credential', 'x-amz-security-token']);
