import { describe, expect, test } from 'vitest';
import { compilePolicy } from './compile-policy.ts';
import { describeMatch, describeReason } from './describe-reason.ts';
import { HIDDEN, isSecretName, type Mismatch, type Reason } from './reason.ts';
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

const denialOf = (statement: object, request: PolicyRequest): Reason | undefined => {
  const usual = 'NotAction' in statement ? {} : { Action: '*', Resource: '*' };
  const whole = { Effect: 'Deny', ...usual, ...statement } as const;
  return compilePolicy({ Version: '2012-10-17', Statement: whole }, 'p').explain(request)[0];
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

  test('names condition keys as the policy writes them', () => {
    const statement = { Condition: { StringEquals: { 'vpc-lattice:AuthType': 'AWS_IAM' } } };
    const keys: string[] = [];
    const value = (key: string): undefined => {
      keys.push(key);
    };
    expect(mismatchesOf(statement, aRequest({ value }))).toMatchObject([
      { key: 'vpc-lattice:AuthType' },
    ]);
    expect(new Set(keys)).toEqual(new Set(['vpc-lattice:authtype']));
  });

  test('tells whether a credential has to be there, but not the credential', () => {
    const key = 'vpc-lattice-svcs:RequestHeader/Cookie';
    const statement = { Condition: { Null: { [key]: 'true' } } };
    const told = mismatchesOf(statement, aRequest({ value: () => 'sesame' }));
    expect(told).toMatchObject([{ wanted: ['true'], actual: HIDDEN }]);
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

describe('a Deny that applies says why', () => {
  const alice = {
    kind: 'user',
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/alice',
  } as const;
  const tier = { 's:Tier': 'gold' };

  test.each<{
    readonly name: string;
    readonly statement: object;
    readonly request?: Partial<PolicyRequest>;
    readonly says: readonly string[];
  }>([
    {
      name: 'a condition',
      statement: { Condition: { StringNotEquals: tier } },
      request: { value: () => 'silver' },
      says: ['`s:Tier` is `silver` (StringNotEquals `gold`)'],
    },
    {
      name: 'every condition',
      statement: { Condition: { StringNotEquals: tier, Null: { 's:Other': 'true' } } },
      says: [
        'the request does not have `s:Tier` (StringNotEquals `gold`)',
        'the request does not have `s:Other` (Null `true`)',
      ],
    },
    {
      name: 'a condition on several values',
      statement: { Condition: { 'ForAnyValue:StringEquals': { 's:Tiers': ['gold', 'tin'] } } },
      request: { value: () => ['tin', 'lead'] },
      says: ['`s:Tiers` is `tin` and `lead` (ForAnyValue:StringEquals `gold` or `tin`)'],
    },
    {
      name: 'the principals and resources that it names, of these the right ones',
      statement: {
        Principal: { AWS: ['444455556666', '111122223333', alice.arn] },
        Resource: ['arn:aws:s:::b', 'arn:aws:s:::*'],
      },
      request: { principal: alice },
      says: [
        `its Principal \`111122223333\` or \`${alice.arn}\` includes \`${alice.arn}\``,
        'its Resource `arn:aws:s:::*` includes `arn:aws:s:::a`',
      ],
    },
    {
      name: 'whom and what it does not spare',
      statement: {
        NotPrincipal: { AWS: '444455556666' },
        NotAction: 't:*',
        NotResource: 'b',
      },
      says: [
        'its NotPrincipal does not spare `anonymous`',
        'its NotAction does not spare `s:Get`',
        'its NotResource does not spare `arn:aws:s:::a`',
      ],
    },
    {
      name: 'all that it names where that is everything',
      statement: { Principal: '*', Action: ['t:*', 's:*'] },
      says: [
        'its Principal `*` includes `anonymous`',
        'its Action `s:*` includes `s:Get`',
        'its Resource `*` includes `arn:aws:s:::a`',
      ],
    },
  ])('by $name', ({ statement, request, says }) => {
    const reason = denialOf(statement, aRequest(request));
    expect(reason).toMatchObject({ effect: 'Deny', mismatches: [] });
    expect(reason?.matches?.map(describeMatch)).toEqual(says);
  });

  test('without credentials, and not more than is to be kept', () => {
    const key = 'vpc-lattice-svcs:RequestHeader/Authorization';
    const secret = denialOf(
      { Condition: { StringNotEquals: { [key]: 'open sesame' } } },
      aRequest({ value: () => 'close sesame' }),
    );
    expect(secret?.matches).toMatchObject([{ wanted: [HIDDEN], actual: HIDDEN }]);
    const long = 'x'.repeat(60_000);
    const Resource = Array.from({ length: 100 }, (_, i) => `${'x'.repeat(i + 300)}*`);
    const kept = JSON.stringify(denialOf({ Resource }, aRequest({ resource: long })));
    expect(kept.length).toBeLessThan(6_000);
  });

  test('in explanations only', () => {
    const statement = { Effect: 'Deny', Action: '*', Resource: '*' } as const;
    const policy = compilePolicy({ Statement: statement }, 'p');
    expect(policy.evaluate(aRequest())).not.toHaveProperty('matches');
    expect(policy.explain(aRequest())[0]).toHaveProperty('matches');
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
