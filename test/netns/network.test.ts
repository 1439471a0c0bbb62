import { describe } from 'vitest';
import { networkSuite } from '../e2e/network-suite.ts';
import { namespaceEntry } from './has-namespaces.ts';

describe.skipIf(namespaceEntry === undefined)('VPCs as networks of this machine', () => {
  networkSuite('netns', {
    peers: { 4: '::ffff:169.254.171.254', 6: 'fd00:ec2:80::a9fe:abfe' },
  });
});
