import type { Documents } from '../../../lattice/documents.ts';
import type { Listener, Rule, Service } from '../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { type LatticeKind, notFound, RESOURCE_TYPES } from '../../errors.ts';
import type { RequestContext } from '../../operation.ts';

/** The id in an identifier, which is an id or an ARN. */
export const idOf = (identifier: string): string =>
  identifier.slice(identifier.lastIndexOf('/') + 1);

/**
 * The caller's resource that `identifier`, an id or an ARN, names; undefined when there is none.
 * Another account's resource is as good as none.
 */
export const findResource = async <K extends LatticeKind>(
  tx: ReadTransaction,
  kind: K,
  identifier: string,
  context: RequestContext,
): Promise<Documents[K] | undefined> => {
  const document = await tx.get(kind, idOf(identifier));
  if (document?.accountId !== context.caller.accountId) return undefined;
  return identifier === document.id || identifier === document.arn ? document : undefined;
};

/** As `findResource`. @throws ResourceNotFoundException when there is none. */
export const resolveResource = async <K extends LatticeKind>(
  tx: ReadTransaction,
  kind: K,
  identifier: string,
  context: RequestContext,
): Promise<Documents[K]> => {
  const document = await findResource(tx, kind, identifier, context);
  if (document === undefined) throw missing(kind, identifier);
  return document;
};

export interface ListenerPath {
  readonly serviceIdentifier: string;
  readonly listenerIdentifier: string;
}

/** The listener with its service. @throws ResourceNotFoundException also when it is another service's. */
export const resolveListener = async (
  tx: ReadTransaction,
  path: ListenerPath,
  context: RequestContext,
): Promise<{ service: Service; listener: Listener }> => {
  const service = await resolveResource(tx, 'service', path.serviceIdentifier, context);
  const listener = await resolveResource(tx, 'listener', path.listenerIdentifier, context);
  if (listener.serviceId !== service.id) throw missing('listener', path.listenerIdentifier);
  return { service, listener };
};

/** The rule with its listener and service. @throws ResourceNotFoundException also when it is another listener's. */
export const resolveRule = async (
  tx: ReadTransaction,
  path: ListenerPath & { readonly ruleIdentifier: string },
  context: RequestContext,
): Promise<{ service: Service; listener: Listener; rule: Rule }> => {
  const { service, listener } = await resolveListener(tx, path, context);
  const rule = await resolveResource(tx, 'rule', path.ruleIdentifier, context);
  if (rule.listenerId !== listener.id) throw missing('rule', path.ruleIdentifier);
  return { service, listener, rule };
};

const missing = (kind: LatticeKind, identifier: string) => {
  const { type, words } = RESOURCE_TYPES[kind];
  return notFound(type, identifier, `${words} ${identifier} not found.`);
};
