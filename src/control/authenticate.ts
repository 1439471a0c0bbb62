import { checkClaim } from '../sigv4/check-claim.ts';
import { parseSignature, type SignatureClaim } from '../sigv4/parse-signature.ts';
import { SignatureError, UNKNOWN_KEY_TEXT } from '../sigv4/signature-problem.ts';
import { AWS_PATH_FORM, type SignedRequest } from '../sigv4/signed-request.ts';
import { SigningKeyCache } from '../sigv4/signing-key-cache.ts';
import { verifySignature } from '../sigv4/verify.ts';
import type { ReadTransaction, Store } from '../store/store.ts';
import type { Caller } from './operation.ts';
import { openSession } from './session/open-session.ts';

/** A request whose head is in order and whose key is known; only the signature is left to compare. */
export interface CheckedHead {
  readonly claim: SignatureClaim;
  /** Signing name that the caller signed for. */
  readonly service: string;
  /** @throws SignatureError */
  verify(body: Uint8Array): Caller;
}

export interface AuthenticateOptions {
  readonly store: Store;
  readonly region: string;
  readonly now: () => Date;
}

/**
 * Checks all that can be checked before the body is read, so that strangers cannot make us keep
 * bodies.
 *
 * @throws SignatureError
 */
export type Authenticate = (request: SignedRequest) => Promise<CheckedHead>;

/** Services without regions, for which clients sign as for this one, wherever they are. */
const GLOBAL_REGION = 'us-east-1';
const GLOBAL_SERVICES: ReadonlySet<string> = new Set(['iam', 'sts', 'route53']);

export const createAuthenticate = ({ store, region, now }: AuthenticateOptions): Authenticate => {
  const signingKeys = new SigningKeyCache();
  return async (request) => {
    const claim = parseSignature(request);
    const { service } = claim.scope;
    const isGlobal = GLOBAL_SERVICES.has(service) && claim.scope.region === GLOBAL_REGION;
    checkClaim(claim, request, {
      region: isGlobal ? GLOBAL_REGION : region,
      service,
      now: now(),
    });
    const found = await store.read((tx) => findCaller(tx, claim, now()));
    if (!found) throw new SignatureError('unknownKey', UNKNOWN_KEY_TEXT);
    const { caller, secretAccessKey } = found;
    return {
      claim,
      service,
      verify: (body) => {
        const signingKey = signingKeys.get(caller.accessKeyId, secretAccessKey, claim.scope);
        verifySignature(claim, request, body, signingKey, AWS_PATH_FORM);
        return caller;
      },
    };
  };
};

interface FoundCaller {
  readonly caller: Caller;
  readonly secretAccessKey: string;
}

/** With a token, the key is a temporary one; without, it has to be one that is kept and active. */
const findCaller = async (
  tx: ReadTransaction,
  { accessKeyId, sessionToken }: SignatureClaim,
  now: Date,
): Promise<FoundCaller | undefined> => {
  if (!/^[A-Z0-9]{16,128}$/.test(accessKeyId)) return undefined;
  if (sessionToken !== undefined) return findSession(tx, accessKeyId, sessionToken, now);
  const key = await tx.get('accessKey', accessKeyId);
  if (!key?.active) return undefined;
  const { accountId, principalArn, userId, secretAccessKey } = key;
  const caller: Caller = { accountId, principalArn, accessKeyId };
  return { caller: userId === undefined ? caller : { ...caller, userId }, secretAccessKey };
};

const findSession = async (
  tx: ReadTransaction,
  accessKeyId: string,
  sessionToken: string,
  now: Date,
): Promise<FoundCaller | undefined> => {
  const claims = await openSession(tx, sessionToken, accessKeyId);
  if (!claims) return undefined;
  if (now.getTime() >= claims.expiresAt * 1000) {
    throw new SignatureError(
      'expiredToken',
      'The security token included in the request is expired',
    );
  }
  const { secretAccessKey, ...session } = claims;
  const { accountId, principalArn } = session;
  return { caller: { accountId, principalArn, accessKeyId, session }, secretAccessKey };
};
