import { principalName } from '../../policy/principal.ts';
import type { Caller } from '../auth/caller.ts';
import type { Identity } from '../auth/verdict.ts';

/** What a log line says of who sent a request. */
export interface IdentityTexts {
  /** Value of `resolvedUser`, as JSON. */
  readonly resolvedUser: string;
  /** The fields from `callerPrincipal` to `callerPrincipalTags`, with the comma before them. */
  readonly caller: string;
}

const X509 =
  ',"callerX509IssuerOU":"-","callerX509SubjectCN":"-","callerX509SANNameCN":"-"' +
  ',"callerX509SANDNS":"-","callerX509SANURI":"-"';

const NO_CALLER = `,"callerPrincipal":"-","callerPrincipalOrgID":"-"${X509},"callerPrincipalTags":"-"`;

const NOT_ASKED: IdentityTexts = { resolvedUser: '"-"', caller: NO_CALLER };
const ANONYMOUS: IdentityTexts = { resolvedUser: '"Anonymous"', caller: NO_CALLER };
/** Whom the request names is not told: that it is from there is what was not true. */
const UNVERIFIED: IdentityTexts = { resolvedUser: '"Unknown"', caller: NO_CALLER };

const cache = new WeakMap<Caller, IdentityTexts>();

/** Made once for each caller. */
export const identityTexts = (identity: Identity | undefined): IdentityTexts => {
  if (identity === undefined) return NOT_ASKED;
  if (identity === 'anonymous') return ANONYMOUS;
  if (identity === 'unverified') return UNVERIFIED;
  let texts = cache.get(identity);
  if (texts === undefined) {
    texts = callerTexts(identity);
    cache.set(identity, texts);
  }
  return texts;
};

const callerTexts = ({ principal, organizationId, tags }: Caller): IdentityTexts => {
  const name = JSON.stringify(principalName(principal));
  // A field of the log holds text: these are JSON within JSON.
  const tagsText = tags.size === 0 ? '-' : JSON.stringify(Object.fromEntries(tags));
  return {
    resolvedUser: name,
    caller:
      `,"callerPrincipal":${name},"callerPrincipalOrgID":${JSON.stringify(organizationId ?? '-')}` +
      `${X509},"callerPrincipalTags":${JSON.stringify(tagsText)}`,
  };
};
