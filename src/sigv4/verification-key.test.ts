import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveSigningKey, signatureOf } from './signing-key.ts';
import { scopeText } from './string-to-sign.ts';
import { HmacVerificationKey } from './verification-key.ts';

const scope = { date: '20260401', region: 'us-west-2', service: 'vpc-lattice-svcs' };
const hexDigits = fc.stringMatching(/^[0-9a-f]{64}$/);
const amzDate = fc.stringMatching(/^20260401T[0-2][0-9][0-5][0-9][0-5][0-9]Z$/);

const sign = (secret: string, date: string, canonicalHash: string): string =>
  signatureOf(
    deriveSigningKey(secret, scope),
    `AWS4-HMAC-SHA256\n${date}\n${scopeText(scope)}\n${canonicalHash}`,
  );

test('computes what HMAC computes, one after the other', () => {
  const key = new HmacVerificationKey('secret', scope);
  fc.assert(
    fc.property(amzDate, hexDigits, (date, canonicalHash) => {
      const signature = sign('secret', date, canonicalHash);
      expect(key.matches(date, canonicalHash, signature)).toBe(true);
      expect(key.matches(date, canonicalHash, sign('other', date, canonicalHash))).toBe(false);
    }),
  );
});

const canonicalHash = 'ab'.repeat(32);
const right = sign('secret', '20260401T123456Z', canonicalHash);

test.each([
  { name: 'nothing', signature: '' },
  { name: 'a digit less', signature: right.slice(0, -1) },
  { name: 'a digit more', signature: `${right}0` },
  { name: 'another digit', signature: `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}` },
  { name: 'capitals', signature: right.toUpperCase() },
  {
    name: 'a letter whose low byte is the right one',
    signature: right.slice(0, -1) + String.fromCharCode(0x100 + right.charCodeAt(63)),
  },
])('$name is not the signature, also right after it', ({ signature }) => {
  const key = new HmacVerificationKey('secret', scope);
  expect(key.matches('20260401T123456Z', canonicalHash, right)).toBe(true);
  expect(key.matches('20260401T123456Z', canonicalHash, signature)).toBe(false);
});
