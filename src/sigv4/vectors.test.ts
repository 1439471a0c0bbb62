import { describe, expect, test } from 'vitest';
import { canonicalRequest, sha256Hex } from './canonical-request.ts';
import { parseSignature } from './parse-signature.ts';
import { AWS_PATH_FORM, type SignedRequest } from './signed-request.ts';
import { deriveSigningKey, signatureOf } from './signing-key.ts';
import { stringToSign } from './string-to-sign.ts';
import { verifySignature } from './verify.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const DATE = '20150830T123600Z';

describe('the example of "Create a signed AWS API request"', () => {
  const scope = { date: '20150830', region: 'us-east-1', service: 'iam' };
  const request: SignedRequest = {
    method: 'GET',
    rawPath: '/',
    rawQuery: 'Action=ListUsers&Version=2010-05-08',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      host: 'iam.amazonaws.com',
      'x-amz-date': DATE,
    },
  };
  const canonical = canonicalRequest(
    request,
    ['content-type', 'host', 'x-amz-date'],
    sha256Hex(''),
    AWS_PATH_FORM,
  );

  test('hashes the canonical request', () => {
    expect(sha256Hex(canonical)).toBe(
      'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59',
    );
  });

  test('derives the signing key', () => {
    expect(deriveSigningKey(SECRET, scope).toString('hex')).toBe(
      'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9',
    );
  });

  test('signs', () => {
    expect(signatureOf(deriveSigningKey(SECRET, scope), stringToSign(DATE, scope, canonical))).toBe(
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });
});

interface Vector {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signature: string;
}

const VANILLA = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';

/** From AWS's published test suite for signature version 4; names are the suite's. */
const vectors: readonly Vector[] = [
  { name: 'get-vanilla', signature: VANILLA },
  { name: 'get-slash', path: '//', signature: VANILLA },
  { name: 'get-slash-dot-slash', path: '/./', signature: VANILLA },
  { name: 'get-relative', path: '/example/..', signature: VANILLA },
  { name: 'get-relative-relative', path: '/example1/example2/../..', signature: VANILLA },
  {
    name: 'get-utf8',
    path: Buffer.from('/ሴ', 'utf8').toString('latin1'),
    signature: '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85',
  },
  {
    name: 'get-vanilla-empty-query-key',
    query: 'Param1=value1',
    signature: 'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
  },
  {
    name: 'get-vanilla-query-order-key-case',
    query: 'Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  },
  {
    name: 'get-header-value-trim',
    headers: { 'my-header1': ' value1', 'my-header2': ' "a   b   c"' },
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  {
    name: 'post-vanilla',
    method: 'POST',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  },
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Param1=value1',
    signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  },
];

describe("AWS's test suite", () => {
  test.each(vectors)('$name', (vector) => {
    const headers = {
      host: 'example.amazonaws.com',
      'x-amz-date': DATE,
      ...vector.headers,
    };
    const request: SignedRequest = {
      method: vector.method ?? 'GET',
      rawPath: vector.path ?? '/',
      rawQuery: vector.query ?? '',
      headers: {
        ...headers,
        authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${Object.keys(headers).sort().join(';')}, Signature=${vector.signature}`,
      },
    };
    const claim = parseSignature(request);
    const key = deriveSigningKey(SECRET, claim.scope);
    const body = Buffer.from(vector.body ?? '');
    expect(() => verifySignature(claim, request, body, key, AWS_PATH_FORM)).not.toThrow();
    expect(() =>
      verifySignature(claim, request, Buffer.from('another'), key, AWS_PATH_FORM),
    ).toThrow('does not match');
  });
});
