import { IAM_ID_PREFIXES } from '../../lattice/iam-ids.ts';
import { ownText } from '../../sigv4/own-text.ts';
import { VerificationKeys } from '../../sigv4/verification-keys.ts';
import type { AccessKeyPart } from '../../snapshot/parts.ts';
import type { Caller, CallerDirectory, FoundCaller } from '../auth/caller.ts';
import { BoundedMap } from './bounded-map.ts';
import { type IdentityPart, IdentityParts } from './identity-parts.ts';
import { callerOfArn, callerOfKey, callerOfSession } from './make-caller.ts';
import { type OpenedSession, openSession } from './opened-session.ts';

const NOBODY: FoundCaller = { found: 'nobody' };

/** Opening a token costs more than all else that is done for a request. */
const MOST_SESSIONS = 10_000;

/** Who is behind a key or token, as of `generation`. */
interface Known {
  readonly keys: VerificationKeys;
  found: FoundCaller;
  generation: number;
}

interface KnownKey extends Known {
  readonly part: AccessKeyPart;
}

interface KnownSession extends Known {
  /** The temporary access key's id. */
  readonly key: string;
  readonly token: string;
  readonly opened: OpenedSession;
}

/**
 * Finds callers by what they sign with. Each change of an identity makes all callers stale, and each
 * is made anew when it calls again: that costs microseconds, since policies stay compiled
 * (`compiled-policies.ts`), tokens open and keys derived, and nobody has to know which callers a change of
 * a group or policy is about.
 */
export class Identities implements CallerDirectory {
  readonly #parts = new IdentityParts();
  readonly #keys = new Map<string, KnownKey>();
  /** Only tokens that we sealed get in, so strangers cannot push anybody out. */
  readonly #sessions = new BoundedMap<KnownSession>(MOST_SESSIONS);
  #generation = 0;

  /** `before` is what was there of this kind and id, `after` what is there now. */
  change(before: IdentityPart | undefined, after: IdentityPart | undefined): void {
    this.#generation += 1;
    const part = (after ?? before) as IdentityPart;
    if (part.kind !== 'accessKey') {
      this.#parts.change(before as typeof part | undefined, after as typeof part | undefined);
    } else if (after === undefined) {
      this.#keys.delete(part.id);
    } else {
      const keys = new VerificationKeys(part.id, part.secretAccessKey);
      this.#keys.set(part.id, { part, keys, found: NOBODY, generation: STALE });
    }
  }

  find(accessKeyId: string, sessionToken: string | undefined, nowMs: number): FoundCaller {
    if (sessionToken !== undefined) return this.#findSession(accessKeyId, sessionToken, nowMs);
    const known = this.#keys.get(accessKeyId);
    if (known === undefined) return NOBODY;
    if (known.generation !== this.#generation) {
      this.#renew(known, callerOfKey(this.#parts, known.part));
    }
    return known.found;
  }

  findByArn(arn: string, nowMs: number): Caller | undefined {
    return callerOfArn(this.#parts, arn, nowMs);
  }

  #findSession(accessKeyId: string, token: string, nowMs: number): FoundCaller {
    let known = this.#sessions.get(accessKeyId);
    // By the id and not by the token, which is long: comparing it is cheaper than hashing it.
    if (known?.token !== token) known = this.#open(accessKeyId, token);
    if (known === undefined) return NOBODY;
    const { opened } = known;
    if (known.generation !== this.#generation) {
      this.#renew(known, callerOfSession(this.#parts, opened));
    }
    const { found } = known;
    if (nowMs < opened.expiresAtMs || found.found !== 'caller') return found;
    return { found: 'expiredSession', caller: found.caller };
  }

  #open(accessKeyId: string, token: string): KnownSession | undefined {
    if (!accessKeyId.startsWith(IAM_ID_PREFIXES.temporaryKey)) return undefined;
    const opened = openSession(this.#parts.sessionTokenKeys, token);
    if (opened?.claims.accessKeyId !== accessKeyId) return undefined;
    const { claims } = opened;
    const known: KnownSession = {
      key: claims.accessKeyId,
      token: ownText(token),
      keys: new VerificationKeys(claims.accessKeyId, claims.secretAccessKey),
      opened,
      found: NOBODY,
      generation: STALE,
    };
    this.#sessions.put(known);
    return known;
  }

  #renew(known: Known, caller: Caller | undefined): void {
    known.found = caller === undefined ? NOBODY : { found: 'caller', caller, keys: known.keys };
    known.generation = this.#generation;
  }
}

/** Of no generation. */
const STALE = -1;
