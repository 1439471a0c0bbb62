import type { CertificateAuthority } from '../certificates/certificate-authority.ts';
import type { NewId } from '../lattice/ids.ts';
import { notBuiltError } from '../protocol/common-errors.ts';
import type { Model } from '../protocol/model.ts';
import { type Store, UniqueViolationError } from '../store/store.ts';
import { assertMayCall } from './authorization/assert-may-call.ts';
import type { CallOrigin } from './authorization/call-origin.ts';
import { uniqueConflict } from './conflict-texts.ts';
import type { DataPlaneReport } from './data-plane-report.ts';
import type { Explanations } from './explanations.ts';
import { runOnce } from './idempotency.ts';
import type { NetworkReport } from './network-report.ts';
import type { Caller, Operation, RequestContext, TargetHealthReader } from './operation.ts';
import type { Service } from './services.ts';
import type { ControlSettings } from './settings.ts';
import type { IssuerKeys } from './web-identity/issuer-keys.ts';

export interface DispatchOptions {
  readonly store: Store;
  readonly settings: ControlSettings;
  readonly newId: NewId;
  readonly now: () => Date;
  readonly targetHealth: TargetHealthReader;
  readonly dataPlane: DataPlaneReport;
  /** Absent where instances are records. */
  readonly networks?: NetworkReport;
  readonly explanations: Explanations;
  readonly issuerKeys: IssuerKeys;
  readonly certificateAuthority: CertificateAuthority;
  /** Resolves when all workers use what was committed as `revision`; bounded in time by whoever gives it. */
  readonly settle: (revision: number) => Promise<void>;
}

/**
 * Runs one operation for a caller whose signature was verified.
 *
 * Whoever calls has to be allowed to, as of the state on which the operation runs.
 * A read runs on one consistent state. A write is one transaction, and resolves when it is durable
 * and in use by every worker; with a client token, its first answer is given again.
 *
 * @throws ServiceError what the client is told; any other error is our bug, and then nothing is changed
 */
export type Dispatch = (
  service: Service,
  operationName: string,
  input: unknown,
  caller: Caller,
  requestId: string,
  origin: CallOrigin,
) => Promise<unknown>;

export const createDispatch =
  (options: DispatchOptions): Dispatch =>
  async (service, operationName, input, caller, requestId, origin) => {
    const operation = Object.hasOwn(service.operations, operationName)
      ? service.operations[operationName]
      : undefined;
    if (operation === undefined || operation.kind === 'notBuilt') {
      throw notBuiltError(service.model, operationName);
    }
    const context: RequestContext = {
      caller,
      requestId,
      origin,
      now: options.now(),
      settings: options.settings,
      newId: options.newId,
      targetHealth: options.targetHealth,
      dataPlane: options.dataPlane,
      ...(options.networks !== undefined && { networks: options.networks }),
      explanations: options.explanations,
      issuerKeys: options.issuerKeys,
      certificateAuthority: options.certificateAuthority,
    };
    const call = { service: service.signingName, operation: operationName, input };
    if (operation.kind === 'read') {
      return options.store.read(async (tx) => {
        await assertMayCall(tx, call, context);
        return operation.run(tx, input, context);
      });
    }
    if (operation.kind === 'staged') {
      await options.store.read((tx) => assertMayCall(tx, call, context));
      const value = await operation.run(options.store, input, context);
      await options.settle(options.store.revision());
      return value;
    }
    return runWrite(options, service, operationName, operation, input, context);
  };

const runWrite = async (
  { store, settings, settle }: DispatchOptions,
  service: Service,
  operationName: string,
  operation: Extract<Operation<unknown, unknown>, { kind: 'write' }>,
  input: unknown,
  context: RequestContext,
): Promise<unknown> => {
  const { token, parameters } = splitToken(service.model, operationName, input);
  try {
    const { value, revision } = await store.write(async (tx) => {
      // An answer that is kept is not for everybody who knows its token.
      const call = { service: service.signingName, operation: operationName, input };
      await assertMayCall(tx, call, context);
      const run = () => operation.run(tx, input, context);
      if (token === undefined) return run();
      return runOnce(
        tx,
        {
          accountId: context.caller.accountId,
          service: service.signingName,
          operation: operationName,
          token,
          parameters,
          now: context.now,
          ttlMs: settings.idempotencyTtlMs,
        },
        run,
      );
    });
    // Also when nothing changed: what this answer is based on may be on its way to the workers.
    await settle(revision);
    return value;
  } catch (error) {
    throw error instanceof UniqueViolationError
      ? uniqueConflict(service.signingName, error)
      : error;
  }
};

const splitToken = (
  model: Model,
  operationName: string,
  input: unknown,
): { readonly token?: string; readonly parameters: Record<string, unknown> } => {
  const parameters = { ...(input as Record<string, unknown>) };
  const member = tokenMember(model, operationName);
  if (member === undefined) return { parameters };
  const token = parameters[member];
  delete parameters[member];
  return typeof token === 'string' && token !== '' ? { token, parameters } : { parameters };
};

const tokenMembers = new WeakMap<Model, Map<string, string | undefined>>();

const tokenMember = (model: Model, operationName: string): string | undefined => {
  const known = tokenMembers.get(model) ?? new Map<string, string | undefined>();
  tokenMembers.set(model, known);
  if (!known.has(operationName)) known.set(operationName, findTokenMember(model, operationName));
  return known.get(operationName);
};

const findTokenMember = (model: Model, operationName: string): string | undefined => {
  const shape = model.shapes[model.operations[operationName]?.input ?? ''];
  if (shape?.type !== 'structure') return undefined;
  return Object.entries(shape.members).find(([, member]) => member.idempotencyToken)?.[0];
};
