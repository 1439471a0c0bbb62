import { describe } from 'vitest';
import { networkSuite } from './network-suite.ts';

describe('VPCs as ports of this machine', () => {
  // Both are the same program of this machine, to which the addresses are mapped.
  networkSuite('loopback', { peers: { 4: '127.0.0.1', 6: '127.0.0.1' } });
});
