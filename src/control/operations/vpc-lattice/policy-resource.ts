import { ID_PREFIXES } from '../../../lattice/ids.ts';
import type { Service, ServiceNetwork } from '../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { notFound } from '../../errors.ts';
import type { RequestContext } from '../../operation.ts';
import { idOf, resolveResource } from './resolve.ts';

export type PolicyResource =
  | { readonly kind: 'service'; readonly document: Service }
  | { readonly kind: 'serviceNetwork'; readonly document: ServiceNetwork };

/**
 * The service or service network that has policies or access logs.
 * @throws ResourceNotFoundException when there is none; resource configurations, which the model
 * allows too, do not exist yet
 */
export const resolvePolicyResource = async (
  tx: ReadTransaction,
  identifier: string,
  context: RequestContext,
): Promise<PolicyResource> => {
  const id = idOf(identifier);
  if (id.startsWith(ID_PREFIXES.service)) {
    const document = await resolveResource(tx, 'service', identifier, context);
    return { kind: 'service', document };
  }
  if (id.startsWith(ID_PREFIXES.serviceNetwork)) {
    const document = await resolveResource(tx, 'serviceNetwork', identifier, context);
    return { kind: 'serviceNetwork', document };
  }
  throw notFound(
    'RESOURCE_CONFIGURATION',
    identifier,
    `ResourceConfiguration ${identifier} not found.`,
  );
};
