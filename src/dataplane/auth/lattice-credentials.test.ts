import { describe, expect, test } from 'vitest';
import { isLatticeAuthorization, withoutLatticeSignature } from './lattice-credentials.ts';

const SCOPE = '20260401/us-west-2/vpc-lattice-svcs/aws4_request';

describe('an Authorization header', () => {
  test.each([
    {
      value: `AWS4-HMAC-SHA256 Credential=AKIA/${SCOPE}, SignedHeaders=host, Signature=0`,
      is: true,
    },
    { value: `AWS4-HMAC-SHA256 SignedHeaders=host,Credential = AKIA/${SCOPE}`, is: true },
    { value: `aws4-hmac-sha256 Credential=AKIA/${SCOPE}`, is: true },
    {
      value: 'AWS4-ECDSA-P256-SHA256 Credential=AKIA/20260401/vpc-lattice-svcs/aws4_request, …',
      is: true,
    },
    {
      value: 'AWS4-HMAC-SHA256 Credential=AKIA/20260401/us-west-2/s3/aws4_request, …',
      is: false,
    },
    { value: 'AWS4-HMAC-SHA256 nonsense', is: false },
    { value: 'Bearer /vpc-lattice-svcs/', is: false },
    { value: '', is: false },
  ])('`$value` is for VPC Lattice: $is', ({ value, is }) => {
    expect(isLatticeAuthorization(value)).toBe(is);
  });
});

const SIGNED =
  `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F${SCOPE.replaceAll('/', '%2F')}` +
  '&X-Amz-Date=20260401T120000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host' +
  '&X-Amz-Security-Token=secret%2Ftoken&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD';

describe('a request target', () => {
  test.each([
    { name: 'without a query', target: '/a', expected: '/a' },
    { name: 'with another query', target: '/a?b=%20&c', expected: '/a?b=%20&c' },
    { name: 'that is signed', target: `/a?${SIGNED}&X-Amz-Signature=0`, expected: '/a' },
    {
      name: 'whose own parameters stay as they came',
      target: `/a?%62=c&${SIGNED}&d&x-amz-signature=0&&e=+`,
      expected: '/a?%62=c&d&&e=+',
    },
    {
      name: 'with slashes that are not escaped',
      target: `/a?b&X-Amz-Credential=AKIA/${SCOPE}&X-Amz-Signature=0`,
      expected: '/a?b',
    },
    {
      name: 'with escapes where none are needed',
      target: `/?X-Amz-Cre%64ential=AKIA/${SCOPE.replace('lattice', 'l%61ttice')}&%58-Amz-Signature=0`,
      expected: '/',
    },
    {
      name: 'that is signed for another service',
      target:
        '/a?X-Amz-Credential=AKIA%2F20260401%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Signature=0',
      expected:
        '/a?X-Amz-Credential=AKIA%2F20260401%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Signature=0',
    },
    {
      name: 'that has the scope elsewhere',
      target: `/a?q=${SCOPE}&X-Amz-Signature=0`,
      expected: `/a?q=${SCOPE}&X-Amz-Signature=0`,
    },
    {
      name: 'with parameters in the path',
      target: `/X-Amz-Credential=/${SCOPE}`,
      expected: `/X-Amz-Credential=/${SCOPE}`,
    },
  ])('$name', ({ target, expected }) => {
    expect(withoutLatticeSignature(target)).toBe(expected);
  });
});
