import type { Status } from '../../lattice/resources.ts';

/** What a transition needs of a request's context. */
export interface TransitionContext {
  readonly now: Date;
  readonly settings: { readonly transitionMs: number };
}

export interface Begun {
  readonly status: Status;
  readonly transitionAt?: string;
}

/**
 * Status of a resource that has just been created or updated: in progress for as long as the
 * settings say, or, when that is no time at all, already active.
 */
export const begun = (
  status: 'CREATE_IN_PROGRESS' | 'UPDATE_IN_PROGRESS',
  { now, settings }: TransitionContext,
): Begun =>
  settings.transitionMs === 0
    ? { status: 'ACTIVE' }
    : { status, transitionAt: new Date(now.getTime() + settings.transitionMs).toISOString() };

/** The document without its transition, in the status that it reached. */
export const settled = <D extends { readonly transitionAt?: string }>(
  document: D,
  status: Status,
): Omit<D, 'transitionAt'> & { status: Status } => {
  const { transitionAt: _, ...rest } = document;
  return { ...rest, status };
};
