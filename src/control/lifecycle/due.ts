import type { ReadTransaction } from '../../store/store.ts';
import { REMOVE, type TransitionalKind } from './begin-delete.ts';

/** A resource whose time has come. */
export interface Due {
  readonly kind: TransitionalKind | 'target';
  readonly id: string;
}

export interface DueNow {
  readonly due: readonly Due[];
  /** When the next one is, in ms since 1970; absent when there is none. */
  readonly nextAt?: number;
}

export const findDue = async (tx: ReadTransaction, now: Date): Promise<DueNow> => {
  const due: Due[] = [];
  let nextAt = Number.POSITIVE_INFINITY;
  const note = (kind: Due['kind'], id: string, time: string | undefined) => {
    if (time === undefined) return;
    const at = Date.parse(time);
    if (at <= now.getTime()) due.push({ kind, id });
    else nextAt = Math.min(nextAt, at);
  };
  for (const kind of Object.keys(REMOVE) as TransitionalKind[]) {
    const { items } = await tx.list(kind, { index: 'status', equals: 'transitional' });
    for (const { id, transitionAt } of items) note(kind, id, transitionAt);
  }
  const draining = await tx.list('target', { index: 'draining', equals: 'draining' });
  for (const { id, drainUntil } of draining.items) note('target', id, drainUntil);
  return nextAt === Number.POSITIVE_INFINITY ? { due } : { due, nextAt };
};
