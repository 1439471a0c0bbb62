import { readFileSync } from 'node:fs';

/** How many descriptors this process may have (proc(5), "limits"). */
export const descriptorLimit = (limits = readFileSync('/proc/self/limits', 'utf8')): number =>
  // Else `unlimited`.
  Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
