import { expect, test } from 'vitest';
import { socketAddress } from './socket-address.ts';

test.each(['remoteAddress', 'localAddress'] as const)(
  'the %s of a socket is what Node says, and none where Node has none',
  (end) => {
    const socket = { remoteAddress: '10.0.1.9', localAddress: '10.0.1.9' };
    expect(socketAddress(socket, end)).toBe('10.0.1.9');
    const foreign = Object.defineProperty(socket, end, {
      get: () => {
        throw Object.assign(new Error('ENXIO: uv_if_indextoiid'), { code: 'ENXIO' });
      },
    });
    expect(socketAddress(foreign, end)).toBeUndefined();
  },
);
