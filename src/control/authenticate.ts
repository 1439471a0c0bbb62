import type { AccessKey } from '../lattice/account.ts';
import { checkClaim } from '../sigv4/check-claim.ts';
import { parseSignature, type SignatureClaim } from '../sigv4/parse-signature.ts';
import { SignatureError, UNKNOWN_KEY_TEXT } from '../sigv4/signature-problem.ts';
import { AWS_PATH_FORM, type SignedRequest } from '../sigv4/signed-request.ts';
import { SigningKeyCache } from '../sigv4/signing-key-cache.ts';
import { verifySignature } from '../sigv4/verify.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './operation.ts';

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

export const createAuthenticate = ({ store, region, now }: AuthenticateOptions): Authenticate => {
  const signingKeys = new SigningKeyCache();
  return async (request) => {
    const claim = parseSignature(request);
    const { service } = claim.scope;
    checkClaim(claim, request, { region, service, now: now() });
    // Temporary credentials are not issued yet, so no session token can be one of ours.
    const key =
      claim.sessionToken === undefined ? await findKey(store, claim.accessKeyId) : undefined;
    if (!key) throw new SignatureError('unknownKey', UNKNOWN_KEY_TEXT);
    return {
      claim,
      service,
      verify: (body) => {
        const signingKey = signingKeys.get(key.id, key.secretAccessKey, claim.scope);
        verifySignature(claim, request, body, signingKey, AWS_PATH_FORM);
        return {
          accountId: key.accountId,
          principalArn: key.principalArn,
          accessKeyId: key.id,
        };
      },
    };
  };
};

const findKey = async (store: Store, accessKeyId: string): Promise<AccessKey | undefined> => {
  if (!/^[A-Z0-9]{16,128}$/.test(accessKeyId)) return undefined;
  const key = await store.read((tx) => tx.get('accessKey', accessKeyId));
  return key?.active ? key : undefined;
};
