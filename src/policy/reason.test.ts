import { describe, expect, test } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { describeReason } from './describe-reason.ts';
import { HIDDEN, isSecretName, type Mismatch } from './reason.ts';
import type { PolicyRequest } from './request.ts';

const aRequest = (changes: Partial<PolicyRequest> = {}): PolicyRequest => ({
  principal: { kind: 'anonymous' },
  action: 's:Get',
  resource: 'arn:aws:s:::a',
  value: () => undefined,
  ...changes,
});

const mismatchesOf = (
  statement: object,
  request: PolicyRequest,
): readonly Mismatch[] | undefined => {
  const whole = { Effect: 'Allow', Action: '*', Resource: '*', ...statement } as const;
  const policy = compilePolicy({ Version: '2012-10-17', Statement: whole }, 'p');
  return policy.explain(request)[0]?.mismatches;
};

describe('a reason', () => {
  test('keeps little of a long request', () => {
    const long = 'x'.repeat(60_000);
    const many = Array.from({ length: 1_000 }, () => long);
    const kept = JSON.stringify(
      mismatchesOf(
        { Resource: 'a', Condition: { StringEquals: { k: 'a' }, StringLike: { many: 'a' } } },
        aRequest({ resource: long, value: (key) => (key === 'k' ? long : many) }),
      ),
    );
    expect(kept.length).toBeLessThan(6_000);
    expect(kept).toContain(`${'x'.repeat(256)}…`);
  });

  test.each([
    'vpc-lattice-svcs:RequestHeader/Authorization',
    'vpc-lattice-svcs:RequestHeader/proxy-authorization',
    'vpc-lattice-svcs:RequestHeader/Cookie',
    'vpc-lattice-svcs:RequestHeader/x-amz-security-token',
    'vpc-lattice-svcs:RequestHeader/X-Api-Key',
    'vpc-lattice-svcs:RequestQueryString/X-Amz-Signature',
    'vpc-lattice-svcs:RequestQueryString/X-Amz-Credential',
    'vpc-lattice-svcs:RequestQueryString/access_token',
    'vpc-lattice-svcs:RequestQueryString/password',
    'vpc-lattice-svcs:RequestQueryString/pass',
    'vpc-lattice-svcs:RequestQueryString/user_pwd',
    'vpc-lattice-svcs:RequestQueryString/code',
    'vpc-lattice-svcs:RequestQueryString/authCode',
    'vpc-lattice-svcs:RequestQueryString/sig',
    'vpc-lattice-svcs:RequestQueryString/key',
    'vpc-lattice-svcs:RequestQueryString/key2',
    'vpc-lattice-svcs:RequestQueryString/auth',
    'vpc-lattice-svcs:RequestQueryString/PIN',
    'vpc-lattice-svcs:RequestHeader/X-Auth',
    'vpc-lattice-svcs:RequestHeader/x-oauth2',
    'vpc-lattice-svcs:RequestHeader/x-forwarded-access',
  ])('never tells the value of %s', (key) => {
    const statement = { Condition: { StringEquals: { [key]: 'open sesame' } } };
    const told = mismatchesOf(statement, aRequest({ value: () => 'close sesame' }));
    expect(told).toMatchObject([{ wanted: [HIDDEN], actual: HIDDEN }]);
    expect(JSON.stringify(told)).not.toContain('sesame');
  });

  test.each([
    'author',
    'authority',
    'compass',
    'currency',
    'decoded',
    'design',
    'encode',
    'keyword',
    'monkey',
    'pinned',
    'x-tier',
  ])('tells the value of %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  test('tells tags of callers, whatever their names', () => {
    const statement = { Condition: { StringEquals: { 'aws:PrincipalTag/session-kind': 'a' } } };
    expect(mismatchesOf(statement, aRequest({ value: () => 'b' }))).toMatchObject([
      { wanted: ['a'], actual: 'b' },
    ]);
  });

  test('that applies is the same object every time', () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
    const policy = compilePolicy({ Statement: statement }, 'p');
    const reason = policy.evaluate(aRequest());
    expect(policy.evaluate(aRequest())).toBe(reason);
    expect(policy.explain(aRequest())[0]).toBe(reason);
    expect(Object.isFrozen(reason)).toBe(true);
  });

  test('in words says all that keeps a Deny from applying', () => {
    const statement = { Sid: 'x', Effect: 'Deny', Action: 't:*', Resource: 'b' } as const;
    const [reason] = compilePolicy({ Statement: [statement] }, 'p').explain(aRequest());
    expect(reason && describeReason(reason)).toBe(
      'statement 1 (`x`) of `p` does not apply: its Action does not include `s:Get`; its Resource does not include `arn:aws:s:::a`',
    );
  });
});

test('actions that somebody makes up are answered like any other', () => {
  const statement = { Effect: 'Allow', Action: 's:Get*', Resource: '*' } as const;
  const policy = compilePolicy({ Statement: statement }, 'p');
  for (let i = 0; i < 1_000; i++) {
    expect(policy.evaluate(aRequest({ action: `s:Get${i}` }))).toBeDefined();
    expect(policy.evaluate(aRequest({ action: `s:Put${i}` }))).toBeUndefined();
  }
});
