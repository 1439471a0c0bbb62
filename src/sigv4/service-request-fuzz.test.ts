import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CREDENTIALS,
  findSample,
  NOW_MS,
  REGION,
  signedRequest,
  withHeader,
  withTarget,
} from '../../test/support/service-requests.ts';
import { diagnose } from './diagnose.ts';
import type { ServiceRequest } from './service-request.ts';
import { verifyServiceRequest } from './verify-service-request.ts';

/** Neither may throw, and nothing may be valid. */
const isRefused = (request: ServiceRequest): boolean => {
  const verification = verifyServiceRequest(request, REGION, findSample, NOW_MS);
  diagnose(request, REGION, findSample, NOW_MS, () => false);
  return !(verification.signed && verification.valid);
};

/** Pieces of what is right, and what is not, in any order: it gets further than noise alone. */
const piece = fc.oneof(
  fc.constantFrom(
    'AWS4-HMAC-SHA256',
    'AWS4-ECDSA-P256-SHA256',
    ' ',
    ', ',
    ';',
    '/',
    '=',
    'Credential=',
    `${CREDENTIALS.accessKeyId}/20260401/us-west-2/vpc-lattice-svcs/aws4_request`,
    `${CREDENTIALS.accessKeyId}/20260401/vpc-lattice-svcs/aws4_request`,
    'SignedHeaders=',
    'host;x-amz-content-sha256;x-amz-date',
    'Signature=',
    'ab'.repeat(32),
    '__proto__',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const authorization = fc
  .tuple(
    fc.constantFrom('AWS4-HMAC-SHA256 ', 'AWS4-ECDSA-P256-SHA256 ', ''),
    fc.array(piece, { maxLength: 14 }),
  )
  .map(([scheme, pieces]) => scheme + pieces.join(''));

test('no Authorization header crashes the verifier, and none that was made up is valid', async () => {
  const request = await signedRequest({});
  fc.assert(
    fc.property(authorization, (value) =>
      isRefused(withHeader(request, 'authorization', () => value)),
    ),
    { numRuns: 1000 },
  );
});

test('a made-up signature gets as far as a signature can', async () => {
  const request = await signedRequest({});
  const made = withHeader(request, 'authorization', (value) =>
    value.replace(/Signature=.*/, `Signature=${'ab'.repeat(32)}`),
  );
  expect(verifyServiceRequest(made, REGION, findSample, NOW_MS)).toMatchObject({
    problem: { kind: 'mismatch' },
  });
});

const parameter = fc.tuple(
  fc.constantFrom(
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Date',
    'X-Amz-Expires',
    'X-Amz-SignedHeaders',
    'X-Amz-Signature',
    'X-Amz-Content-Sha256',
    'X-Amz-Region-Set',
    'x-amz-security-token',
    '%58-Amz-Date',
    'a',
  ),
  fc.oneof(
    fc.constantFrom(
      'AWS4-HMAC-SHA256',
      'AWS4-ECDSA-P256-SHA256',
      `${CREDENTIALS.accessKeyId}%2F20260401%2Fus-west-2%2Fvpc-lattice-svcs%2Faws4_request`,
      '20260401T123456Z',
      '60',
      'host',
      'UNSIGNED-PAYLOAD',
      '*',
      'ab'.repeat(32),
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
);

test('no query crashes the verifier, and none that was made up is valid', () => {
  const request: ServiceRequest = {
    method: 'GET',
    target: '/',
    path: '/',
    authority: 'x',
    names: ['host'],
    values: ['x'],
  };
  fc.assert(
    fc.property(
      fc.array(parameter, { maxLength: 12 }),
      fc.string({ unit: 'binary' }),
      (pairs, path) => {
        const query = pairs.map(([name, value]) => `${name}=${value}`).join('&');
        return isRefused(withTarget(request, `/${path}?${query}`));
      },
    ),
    { numRuns: 1000 },
  );
});

test('a right signature with anything else in its headers and path', async () => {
  const request = await signedRequest({ path: '/a/b', headers: { 'x-signed': 'a' } });
  const line = fc.tuple(
    fc.constantFrom(...request.names, 'x-other', '__proto__'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.string(), (lines, path) => {
      const changed: ServiceRequest = {
        ...request,
        names: [...request.names, ...lines.map(([name]) => name)],
        values: [...request.values, ...lines.map(([, value]) => value)],
      };
      isRefused(changed);
      // Not under the path that was signed, whatever else is there.
      return isRefused(withTarget(changed, `/x${path}`));
    }),
  );
});
