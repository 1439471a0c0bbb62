import type { WriteTransaction } from '../../store/store.ts';
import { REMOVE, type TransitionalKind } from './begin-delete.ts';
import type { Due } from './due.ts';
import { settled } from './transition.ts';

/** Ends one resource's transition or draining, unless it was ended or put off in the meantime. */
export const advance = async (tx: WriteTransaction, due: Due, now: Date): Promise<void> => {
  if (due.kind === 'target') {
    const target = await tx.get('target', due.id);
    if (isPast(target?.drainUntil, now)) await tx.delete('target', due.id);
    return;
  }
  await advanceStatus(tx, due.kind, due.id, now);
};

const advanceStatus = async <K extends TransitionalKind>(
  tx: WriteTransaction,
  kind: K,
  id: string,
  now: Date,
): Promise<void> => {
  const document = await tx.get(kind, id);
  if (document === undefined || !isPast(document.transitionAt, now)) return;
  if (document.status === 'DELETE_IN_PROGRESS') await REMOVE[kind](tx, document);
  else await tx.update(kind, settled(document, 'ACTIVE') as typeof document);
};

const isPast = (time: string | undefined, now: Date): boolean =>
  time !== undefined && Date.parse(time) <= now.getTime();
