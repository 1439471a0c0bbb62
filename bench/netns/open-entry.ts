import {
  assertNetnsWorks,
  NetnsUnavailableError,
  thisMachine,
} from '../../src/underlay/netns/assert-netns-works.ts';
import {
  type NamespaceEntry,
  openNamespaceEntry,
} from '../../src/underlay/netns/namespace-entry.ts';
import { runIp } from '../../src/underlay/netns/run-ip.ts';

/** Of all namespaces that the bench itself makes. */
export const BENCH_PREFIX = `bench-${process.pid}-`;

/** How to get into namespaces, or why there can be none on this machine. */
export const openEntry = (): Promise<NamespaceEntry | NetnsUnavailableError> =>
  assertNetnsWorks(thisMachine(runIp, openNamespaceEntry), BENCH_PREFIX).catch((error: unknown) => {
    if (error instanceof NetnsUnavailableError) return error;
    throw error;
  });
