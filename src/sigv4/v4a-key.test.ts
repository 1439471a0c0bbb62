import { describe, expect, test } from 'vitest';
import { canonicalRequest, sha256Hex } from './canonical-request.ts';
import { AWS_PATH_FORM } from './signed-request.ts';
import { ALGORITHM_V4A, stringToSign } from './string-to-sign.ts';
import { derivePrivateKey, deriveVerificationKey } from './v4a-key.ts';
import { VerificationKeys } from './verification-keys.ts';

const hex = (base64url: string | undefined): string =>
  Buffer.from(base64url ?? '', 'base64url').toString('hex');

/** From the tests of AWS's common runtime (aws-c-auth, `key_derivation_tests.c`). */
test('derives the key that AWS derives', () => {
  const key = deriveVerificationKey(
    'AKISORANDOMAASORANDOM',
    'q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom',
  );
  const { x, y } = key.export({ format: 'jwk' });
  expect(hex(x)).toBe('15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb');
  expect(hex(y)).toBe('0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0');
});

test('gives 32 bytes', () => {
  for (let i = 0; i < 300; i++) expect(derivePrivateKey(`AKID${i}`, 'secret')).toHaveLength(32);
});

/** AWS's test suite for version 4A (aws-c-auth, `aws-signing-test-suite/v4a/get-vanilla`, in the query). */
describe('AWS’s test suite', () => {
  const scope = { date: '20150830', region: '', service: 'service' };
  const date = '20150830T123600Z';
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  const keyOf = (accessKeyId: string) =>
    new VerificationKeys(accessKeyId, secret).of({ algorithm: ALGORITHM_V4A, scope });
  const canonical = (expires: string): string =>
    canonicalRequest(
      {
        method: 'GET',
        rawPath: '/',
        rawQuery: `X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-SignedHeaders=host${expires}&X-Amz-Region-Set=us-east-1`,
        headers: { host: 'example.amazonaws.com' },
      },
      ['host'],
      sha256Hex(''),
      AWS_PATH_FORM,
    );

  test('has the same string to sign', () => {
    expect(stringToSign(date, scope, canonical(''), ALGORITHM_V4A)).toBe(
      'AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n20150830/service/aws4_request\n367f580f0138ac98f22166a3bc5286fb61ab0fba16667aadfce7054aaadf0677',
    );
  });

  test('has a signature that is right, for this key and this request alone', () => {
    const canonicalHash = sha256Hex(canonical('&X-Amz-Expires=3600'));
    const signature =
      '3046022100c57d8a142ae302eb396afb515da12ec3020a836331dfdbf6c8e4f14c0661c0a1022100e1da9728157dad97d80217afb04aa9b99f61dcdef57a056a7f198fb1b728f7c3';
    const key = keyOf('AKIDEXAMPLE');
    expect(key.matches(date, canonicalHash, signature)).toBe(true);
    expect(key.matches(date, sha256Hex(canonical('')), signature)).toBe(false);
    expect(key.matches('20150830T123601Z', canonicalHash, signature)).toBe(false);
    const other = keyOf('AKIDEXAMPLF');
    expect(other.matches(date, canonicalHash, signature)).toBe(false);
  });

  test.each(['', '30', '3006020100020100', 'zz'.repeat(20)])('%j is no signature', (signature) => {
    const key = keyOf('AKIDEXAMPLE');
    expect(key.matches(date, sha256Hex(canonical('')), signature)).toBe(false);
  });
});
