import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { namespacePrefix } from '../../src/underlay/netns/network-names.ts';
import { overlapSuite } from '../e2e/overlap-suite.ts';
import { namespaceEntry, networksHere, watchPrefix } from './has-namespaces.ts';

describe.skipIf(namespaceEntry === undefined)('in network namespaces', () => {
  overlapSuite('netns', async (dataDir) => {
    const prefix = namespacePrefix(dataDir);
    watchPrefix(prefix);
    const networks = await networksHere();
    return [
      ...(existsSync(dataDir) ? [dataDir] : []),
      ...networks.filter((name) => name.includes(prefix)),
    ];
  });
});
