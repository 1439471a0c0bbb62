import { expect, test } from 'vitest';
import { peerAddress } from './peer-address.ts';

test('the address of a client is what Node says, and none where Node has none', () => {
  expect(peerAddress({ remoteAddress: '10.0.1.9' })).toBe('10.0.1.9');
  const foreign = {
    get remoteAddress(): string {
      throw Object.assign(new Error('ENXIO: uv_if_indextoiid'), { code: 'ENXIO' });
    },
  };
  expect(peerAddress(foreign)).toBeUndefined();
});
