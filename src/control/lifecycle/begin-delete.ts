import type { Documents } from '../../lattice/documents.ts';
import type { WriteTransaction } from '../../store/store.ts';
import { removeAssociation, removeService, removeTargetGroup } from './remove.ts';
import type { TransitionContext } from './transition.ts';

/** Kinds that have a status, and so take time to come and go. */
export type TransitionalKind =
  | 'service'
  | 'targetGroup'
  | 'serviceNetworkServiceAssociation'
  | 'serviceNetworkVpcAssociation';

export const REMOVE: {
  readonly [K in TransitionalKind]: (tx: WriteTransaction, document: Documents[K]) => Promise<void>;
} = {
  service: removeService,
  targetGroup: removeTargetGroup,
  serviceNetworkServiceAssociation: (tx, document) =>
    removeAssociation(tx, 'serviceNetworkServiceAssociation', document),
  serviceNetworkVpcAssociation: (tx, document) =>
    removeAssociation(tx, 'serviceNetworkVpcAssociation', document),
};

/**
 * Starts the deletion of a resource: it stays readable in DELETE_IN_PROGRESS for as long as the
 * settings say, or, when that is no time at all, is gone when this returns.
 *
 * @returns the status to answer
 */
export const beginDelete = async <K extends TransitionalKind>(
  tx: WriteTransaction,
  kind: K,
  document: Documents[K],
  { now, settings }: TransitionContext,
): Promise<'DELETE_IN_PROGRESS'> => {
  const status = 'DELETE_IN_PROGRESS';
  if (settings.transitionMs === 0) {
    await REMOVE[kind](tx, document);
  } else {
    const transitionAt = new Date(now.getTime() + settings.transitionMs).toISOString();
    await tx.update(kind, { ...document, status, transitionAt });
  }
  return status;
};
