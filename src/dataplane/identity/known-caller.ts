import type { PolicyLayer } from '../../policy/authorize.ts';
import type { CallerLayer } from '../../policy/caller-layers.ts';
import { type CallerValues, callerValues, type SessionFacts } from '../../policy/caller-values.ts';
import type { RoleSessionPrincipal, RootPrincipal, UserPrincipal } from '../../policy/principal.ts';
import type { AccountPart } from '../../snapshot/parts.ts';
import type { Caller } from '../auth/caller.ts';

export type CallingPrincipal = RootPrincipal | UserPrincipal | RoleSessionPrincipal;

export interface CallerFacts {
  readonly principal: CallingPrincipal;
  readonly accessKeyId: string;
  readonly account: AccountPart;
  /** Absent for long-term keys. */
  readonly session: SessionFacts | undefined;
  readonly sessionName: string | undefined;
  readonly layers: readonly PolicyLayer<CallerLayer>[];
}

const TYPES = { root: 'Account', user: 'User', roleSession: 'AssumedRole' } as const;
const NO_TAGS: ReadonlyMap<string, string> = new Map();

export class KnownCaller implements Caller {
  readonly principal: CallingPrincipal;
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly sessionName: string | undefined;
  readonly organizationId: string | undefined;
  readonly organizationPath: string | undefined;
  readonly layers: readonly PolicyLayer<CallerLayer>[];
  readonly #session: SessionFacts | undefined;
  #keys: CallerValues | undefined;

  constructor({ principal, accessKeyId, account, session, sessionName, layers }: CallerFacts) {
    this.principal = principal;
    this.accessKeyId = accessKeyId;
    this.accountId = account.id;
    this.sessionName = sessionName;
    this.organizationId = account.organization?.organizationId;
    this.organizationPath = account.organization?.path;
    this.layers = layers;
    this.#session = session;
  }

  get type(): Caller['type'] {
    return TYPES[this.principal.kind];
  }

  get tags(): ReadonlyMap<string, string> {
    return this.principal.tags ?? NO_TAGS;
  }

  /** Made when first asked for: where nothing has to be authorised nobody asks. */
  get keys(): CallerValues {
    this.#keys ??= callerValues(this.principal, this.#session);
    return this.#keys;
  }
}
