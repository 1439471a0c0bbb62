import type { CertificateAuthority } from '../certificates/certificate-authority.ts';
import type { NewId } from '../lattice/ids.ts';
import type { SessionClaims } from '../session-token/session-claims.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../store/store.ts';
import type { CallOrigin } from './authorization/call-origin.ts';
import type { DataPlaneReport } from './data-plane-report.ts';
import type { Explanations } from './explanations.ts';
import type { NetworkReport } from './network-report.ts';
import type { ControlSettings } from './settings.ts';
import type { IssuerKeys } from './web-identity/issuer-keys.ts';

/** Who made an API call: a principal with a verified signature. */
export interface Caller {
  readonly accountId: string;
  readonly principalArn: string;
  readonly accessKeyId: string;
  /** `AIDA…`: set when a user calls with a key of its own. */
  readonly userId?: string;
  /** Set for temporary credentials: all that their token says, but for the secret. */
  readonly session?: Omit<SessionClaims, 'secretAccessKey'>;
}

/** What an operation may know beside its input and its transaction. */
export interface RequestContext {
  readonly caller: Caller;
  readonly requestId: string;
  /** Absent where there is no connection (tests of single operations). */
  readonly origin?: CallOrigin;
  readonly now: Date;
  readonly settings: ControlSettings;
  readonly newId: NewId;
  readonly targetHealth: TargetHealthReader;
  /** Absent where there is no data plane (tests of single operations). */
  readonly dataPlane?: DataPlaneReport;
  /** Absent where instances are records: those run as soon as they are there. */
  readonly networks?: NetworkReport;
  /** Absent as well: then nothing can be explained. */
  readonly explanations?: Explanations;
  /** Absent as well: then no web identity can be checked. */
  readonly issuerKeys?: IssuerKeys;
  /** Absent as well: then no certificate can be issued. */
  readonly certificateAuthority?: CertificateAuthority;
}

/** Health as the data plane last reported it; undefined when no worker has checked the target yet. */
export interface TargetHealthReader {
  read(targetGroupId: string, targetKey: string): 'INITIAL' | 'HEALTHY' | 'UNHEALTHY' | undefined;
}

/**
 * One API operation. A read runs on one consistent state; a write is one transaction, and is answered
 * when all workers use it. A staged operation waits for something outside, which a transaction must
 * not do, and runs the transactions before and after that itself.
 */
export type Operation<Input, Output> = {
  /** What of it does not work yet, for the coverage page. */
  readonly note?: string;
} & (
  | {
      readonly kind: 'read';
      run(tx: ReadTransaction, input: Input, context: RequestContext): Promise<Output>;
    }
  | {
      readonly kind: 'write';
      run(tx: WriteTransaction, input: Input, context: RequestContext): Promise<Output>;
    }
  | {
      readonly kind: 'staged';
      run(store: Store, input: Input, context: RequestContext): Promise<Output>;
    }
);

/** In the registry, but not built: callers get a clear error, and the coverage page shows it as missing. */
export interface NotBuilt {
  readonly kind: 'notBuilt';
}

export const notBuilt: NotBuilt = { kind: 'notBuilt' };

export const readOperation = <Input, Output>(
  run: (tx: ReadTransaction, input: Input, context: RequestContext) => Promise<Output>,
): Operation<Input, Output> => ({ kind: 'read', run });

export const writeOperation = <Input, Output>(
  run: (tx: WriteTransaction, input: Input, context: RequestContext) => Promise<Output>,
): Operation<Input, Output> => ({ kind: 'write', run });

/** The same operation, with a note on what of it does not work yet. */
export const withNote = <Input, Output>(
  operation: Operation<Input, Output>,
  note: string,
): Operation<Input, Output> => ({ ...operation, note });

export const stagedOperation = <Input, Output>(
  run: (store: Store, input: Input, context: RequestContext) => Promise<Output>,
): Operation<Input, Output> => ({ kind: 'staged', run });

/** The operations of an API with their shapes, as `protocol/generated/` has them. */
type Shapes<Api> = {
  readonly [Name in keyof Api]: { readonly input: unknown; readonly output: unknown };
};

type Make<Api extends Shapes<Api>, Access> = <Name extends keyof Api>(
  run: (
    access: Access,
    input: Api[Name]['input'],
    context: RequestContext,
  ) => Promise<Api[Name]['output']>,
) => Operation<Api[Name]['input'], Api[Name]['output']>;

/** What makes the operations of one API: `read<'GetUser'>(…)` has the input and output of that operation. */
export const operationsOf = <Api extends Shapes<Api>>(): {
  readonly read: Make<Api, ReadTransaction>;
  readonly write: Make<Api, WriteTransaction>;
  readonly staged: Make<Api, Store>;
} => ({ read: readOperation, write: writeOperation, staged: stagedOperation });
