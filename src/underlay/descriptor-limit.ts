import { existsSync, readFileSync } from 'node:fs';

const LIMITS = '/proc/self/limits';

/** How many descriptors this process may have (proc(5), "limits"); infinite where nothing says so. */
export const descriptorLimit = (limits = readLimits()): number =>
  // Else `unlimited`.
  Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);

/** Other systems than Linux have no such file. */
const readLimits = (): string => (existsSync(LIMITS) ? readFileSync(LIMITS, 'utf8') : '');
