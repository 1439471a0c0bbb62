import { describe, expect, test } from 'vitest';
import { isSecretOf } from '../../test/support/is-secret-of.ts';
import type { SignatureHead } from './parse-signature.ts';
import { ALGORITHM, ALGORITHM_V4A } from './string-to-sign.ts';
import { VerificationKeys } from './verification-keys.ts';

const onDay = (date: string): Pick<SignatureHead, 'algorithm' | 'scope'> => ({
  algorithm: ALGORITHM,
  scope: { date, region: 'us-west-2', service: 'vpc-lattice-svcs' },
});

test('are those of one secret', () => {
  const keys = new VerificationKeys('AKIDEXAMPLE', 'secret');
  expect(isSecretOf(keys, 'secret')).toBe(true);
  expect(isSecretOf(keys, 'other')).toBe(false);
});

describe('a key', () => {
  test('is made anew until it is kept', () => {
    const keys = new VerificationKeys('AKIDEXAMPLE', 'secret');
    const key = keys.of(onDay('20260401'));
    expect(keys.of(onDay('20260401'))).not.toBe(key);
    keys.keep(key);
    keys.keep(key);
    expect(keys.of(onDay('20260401'))).toBe(key);
  });

  test.each([
    { name: 'day', scope: onDay('20260402').scope },
    { name: 'region', scope: { ...onDay('20260401').scope, region: 'eu-west-1' } },
    { name: 'service', scope: { ...onDay('20260401').scope, service: 'vpc-lattice' } },
  ])('is not that of another $name', ({ scope }) => {
    const keys = new VerificationKeys('AKIDEXAMPLE', 'secret');
    const key = keys.of(onDay('20260401'));
    keys.keep(key);
    expect(keys.of({ algorithm: ALGORITHM, scope })).not.toBe(key);
  });

  test('goes when two newer ones are kept', () => {
    const keys = new VerificationKeys('AKIDEXAMPLE', 'secret');
    const [first, second, third] = ['20260401', '20260402', '20260403'].map((date) => {
      const key = keys.of(onDay(date));
      keys.keep(key);
      return key;
    });
    expect(keys.of(onDay('20260403'))).toBe(third);
    expect(keys.of(onDay('20260402'))).toBe(second);
    expect(keys.of(onDay('20260401'))).not.toBe(first);
  });

  test('of SigV4A does not push out those of SigV4', () => {
    const keys = new VerificationKeys('AKIDEXAMPLE', 'secret');
    const key = keys.of(onDay('20260401'));
    keys.keep(key);
    for (const date of ['20260401', '20260402', '20260403']) {
      keys.keep(keys.of({ ...onDay(date), algorithm: ALGORITHM_V4A }));
    }
    expect(keys.of(onDay('20260401'))).toBe(key);
  });
});
