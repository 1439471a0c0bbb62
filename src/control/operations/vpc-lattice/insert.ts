import type { Documents, Kind } from '../../../lattice/documents.ts';
import { UniqueViolationError, type WriteTransaction } from '../../../store/store.ts';

/**
 * Runs an insert or update and turns a taken unique key into the error that `toError` makes of it.
 * Only the store can say without a race that a name is free.
 */
export const orTaken = async (
  write: Promise<void>,
  toError: (violation: UniqueViolationError) => Error,
): Promise<void> => {
  try {
    await write;
  } catch (error) {
    throw error instanceof UniqueViolationError ? toError(error) : error;
  }
};

export const insertOrTaken = <K extends Kind>(
  tx: WriteTransaction,
  kind: K,
  document: Documents[K],
  toError: (violation: UniqueViolationError) => Error,
): Promise<void> => orTaken(tx.insert(kind, document), toError);
