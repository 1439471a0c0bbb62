import { describe, expect, test } from 'vitest';
import { forwardedTrailers } from './forwarded-trailers.ts';

describe('trailers', () => {
  test('are passed on with what says how it went', () => {
    const fields = ['grpc-status', '0', 'grpc-message', '', 'x-sum', '1', 'x-sum', '2'];
    const trailers = { fields, neverIndexed: ['x-sum'] };
    expect(forwardedTrailers(trailers)).toEqual(trailers);
  });

  test.each([
    'authorization',
    'content-length',
    'cookie',
    'host',
    'http2-settings',
    'te',
    'transfer-encoding',
    'x-amz-security-token',
    'x-amzn-lattice-identity',
    'x_amzn_lattice_identity',
    'x-amzn-lattice-target',
    'x-amzn-requestid',
    'x-amzn-source-vpc',
    'x-forwarded-for',
    'x-forwarded-port',
    'x-forwarded-proto',
  ])('never have %s', (name) => {
    expect(forwardedTrailers({ fields: [name, 'a', 'x-b', 'c'] })?.fields).toEqual(['x-b', 'c']);
    expect(forwardedTrailers({ fields: [name, 'a'] })).toBeUndefined();
  });

  test('are none when there are none', () => expect(forwardedTrailers(undefined)).toBeUndefined());
});
