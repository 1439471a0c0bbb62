import type { Parts } from '../snapshot/parts.ts';
import { Compiler, type CompilerOptions } from './compiler.ts';
import type { Problem } from './problem.ts';
import type { Resources } from './resources.ts';

export interface Compiled {
  readonly parts: Parts;
  /** What could not be served as it is written, by part. */
  readonly problems: readonly Problem[];
}

/**
 * The snapshot of a set of documents. Pure and total: no clock, no I/O, and whatever is wrong with
 * the documents is in `problems`. The order of documents does not matter.
 */
export const compile = (resources: Resources, options?: CompilerOptions): Compiled => {
  const compiler = new Compiler(resources, options);
  return { parts: compiler.parts, problems: compiler.problems() };
};
