import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyIdOf, newKey, newKeyId, openToken, sealToken } from './seal.ts';
import type { SessionClaims } from './session-claims.ts';

const claims: SessionClaims = {
  accessKeyId: 'ASIAEXAMPLE234567ABC',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  accountId: '111122223333',
  kind: 'assumedRole',
  principalArn: 'arn:aws:sts::111122223333:assumed-role/caller/session',
  principalId: 'AROAEXAMPLE2345678901:session',
  issuedAt: 1_750_000_000,
  expiresAt: 1_750_003_600,
  roleArn: 'arn:aws:iam::111122223333:role/caller',
  tags: { team: 'shop', 'Straße 1': 'é' },
  sessionPolicy: '{"Version":"2012-10-17","Statement":[]}',
};
const keyId = newKeyId();
const key = newKey();
const ring = new Map([[keyId, key]]);

describe('a sealed token', () => {
  test('opens to its claims, with the key that it names', () => {
    const token = sealToken(keyId, key, claims);
    expect(keyIdOf(token)).toBe(keyId);
    expect(openToken(ring, token)).toEqual(claims);
  });

  test('shows nothing of its claims', () => {
    const bytes = Buffer.from(sealToken(keyId, key, claims), 'base64').toString('latin1');
    expect(bytes).not.toContain('ASIA');
    expect(bytes).not.toContain('wJalr');
  });

  test('is another one each time', () => {
    expect(sealToken(keyId, key, claims)).not.toBe(sealToken(keyId, key, claims));
  });

  test('does not open without its key, nor with another one under its id', () => {
    const token = sealToken(keyId, key, claims);
    expect(openToken(new Map([[newKeyId(), key]]), token)).toBeUndefined();
    expect(openToken(new Map([[keyId, newKey()]]), token)).toBeUndefined();
  });

  test('does not open when any bit of it is changed', () => {
    const bytes = Buffer.from(sealToken(keyId, key, claims), 'base64');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        return openToken(ring, changed.toString('base64')) === undefined;
      }),
    );
  });

  test('has one spelling', () => {
    const token = sealToken(keyId, key, claims);
    for (const other of [`${token}\n`, ` ${token}`, `${token}=`, token.replace(/=*$/, '==')]) {
      if (other !== token) expect(openToken(ring, other)).toBeUndefined();
    }
  });
});

test('what is no token is refused, and nothing thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String({ maxLength: 400 })), (text) => {
      expect(openToken(ring, text)).toBeUndefined();
    }),
  );
  expect(openToken(ring, 'A'.repeat(20_000))).toBeUndefined();
  expect(openToken(ring, '')).toBeUndefined();
});

test('claims that make too long a token are our bug', () => {
  const sessionPolicy = Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 9973).join();
  expect(() => sealToken(keyId, key, { ...claims, sessionPolicy })).toThrow('too long');
});
