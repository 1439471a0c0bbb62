import { describe, expect, test } from 'vitest';
import { ACCOUNT, OTHER_ACCOUNT } from '../operations/vpc-lattice/lattice-fixture.ts';
import { openWorld, TARGETS, type TestTarget } from './authorization-fixture.ts';
import { ROLE, type TestCaller, USER } from './caller-fixture.ts';

const world = await openWorld();

const any = { Action: '*' };
const other = { Action: 'ec2:*' };
const deny = { Effect: 'Deny', Action: 'sts:AssumeRole' };

/** What stands for the policies of a caller, by what there is to say of them. */
const SITUATIONS = {
  'its policies allow it': { identity: [any] },
  'its policies are silent': {},
  'its policies are silent, its boundary allows it': { boundary: [any] },
  'its boundary is silent': { identity: [any], boundary: [other] },
  'its session policy is silent': { identity: [any], session: [other] },
  'the organisation is silent': { identity: [any], organization: [[any], [other]] },
  'the organisation allows it': { identity: [any], organization: [[any], [any]] },
  'its policies deny it': { identity: [any, deny] },
  'its boundary denies it': { identity: [any], boundary: [any, deny] },
  'its session policy denies it': { identity: [any], session: [any, deny] },
  'the organisation denies it': { identity: [any], organization: [[any], [any, deny]] },
  'the trust policy denies it': { identity: [any] },
} as const satisfies Readonly<Record<string, TestCaller>>;

type Situation = keyof typeof SITUATIONS;
type Who = NonNullable<TestCaller['as']>;

const NAMES: Readonly<Record<Who, string>> = {
  user: USER.arn,
  userSession: USER.arn,
  role: ROLE.arn,
  root: `arn:aws:iam::${ACCOUNT}:root`,
  rootSession: `arn:aws:iam::${ACCOUNT}:root`,
};

const TRUSTED = {
  itself: (who: Who) => ({ AWS: NAMES[who] }),
  'its session': () => ({ AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/night` }),
  'its account': () => ({ AWS: ACCOUNT }),
  everybody: () => '*',
  'somebody else': () => ({ AWS: [`${USER.arn}m`, OTHER_ACCOUNT] }),
} as const;

interface Row {
  readonly who: Who;
  readonly account: 'own' | 'other';
  readonly trusted: keyof typeof TRUSTED;
  /** In all other situations the role is refused. */
  readonly allowed: readonly Situation[];
}

const ALLOWED: readonly Situation[] = ['its policies allow it', 'the organisation allows it'];
/** Boundary and session policy have to allow, but nothing else. */
const LIMITED: readonly Situation[] = [
  ...ALLOWED,
  'its policies are silent',
  'its policies are silent, its boundary allows it',
];
const UNLIMITED: readonly Situation[] = [...LIMITED, 'its boundary is silent'];
/** Whatever policies a user of the account has. */
const ROOT: readonly Situation[] = [...UNLIMITED, 'its policies deny it', 'its boundary denies it'];

const both = (row: Omit<Row, 'account'>): readonly Row[] => [
  { ...row, account: 'own' },
  { ...row, account: 'other' },
];

const ROWS: readonly Row[] = [
  { who: 'user', account: 'own', trusted: 'itself', allowed: UNLIMITED },
  { who: 'user', account: 'other', trusted: 'itself', allowed: ALLOWED },
  ...both({ who: 'user', trusted: 'its account', allowed: ALLOWED }),
  ...both({ who: 'user', trusted: 'everybody', allowed: ALLOWED }),
  ...both({ who: 'user', trusted: 'somebody else', allowed: [] }),
  { who: 'userSession', account: 'own', trusted: 'itself', allowed: UNLIMITED },
  { who: 'userSession', account: 'other', trusted: 'itself', allowed: ALLOWED },
  ...both({ who: 'userSession', trusted: 'its account', allowed: ALLOWED }),
  { who: 'role', account: 'own', trusted: 'itself', allowed: LIMITED },
  { who: 'role', account: 'own', trusted: 'its session', allowed: LIMITED },
  { who: 'role', account: 'other', trusted: 'itself', allowed: ALLOWED },
  { who: 'role', account: 'other', trusted: 'its session', allowed: ALLOWED },
  ...both({ who: 'role', trusted: 'its account', allowed: ALLOWED }),
  ...both({ who: 'role', trusted: 'everybody', allowed: ALLOWED }),
  ...both({ who: 'role', trusted: 'somebody else', allowed: [] }),
  ...both({ who: 'root', trusted: 'its account', allowed: ROOT }),
  ...both({ who: 'root', trusted: 'everybody', allowed: ROOT }),
  ...both({ who: 'root', trusted: 'somebody else', allowed: [] }),
  ...both({ who: 'rootSession', trusted: 'its account', allowed: ROOT }),
];

const CASES = ROWS.flatMap((row) =>
  (Object.keys(SITUATIONS) as Situation[])
    .filter((situation) => row.who === 'role' || !('session' in SITUATIONS[situation]))
    .map((situation) => {
      const outcome = row.allowed.includes(situation) ? ('allowed' as const) : ('refused' as const);
      return { ...row, situation, outcome };
    }),
);

const ARNS: Readonly<Record<Who, string>> = {
  ...NAMES,
  role: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/night`,
};

const refusal = (who: Who, account: 'own' | 'other', why = '', action = 'sts:AssumeRole') =>
  `AccessDeniedException: User: ${ARNS[who]} is not authorized to perform: ${action} on resource: ${TARGETS[account].arn}${why}`;

const WHY: Partial<Readonly<Record<Situation, string>>> = {
  'the organisation is silent':
    ' because no service control policy allows the sts:AssumeRole action',
  'the organisation denies it': ' with an explicit deny in a service control policy',
};

test.each(CASES)(
  '$who assumes a role of its $account account that trusts $trusted, where $situation: $outcome',
  async ({ who, account, trusted, situation, outcome }) => {
    const allow = { Principal: TRUSTED[trusted](who) };
    const trust =
      situation === 'the trust policy denies it' ? [allow, { ...deny, Principal: '*' }] : [allow];
    expect(await world.assume({ as: who, ...SITUATIONS[situation] }, { account, trust })).toBe(
      outcome === 'allowed' ? 'allowed' : refusal(who, account, WHY[situation]),
    );
  },
);

test('a name in a statement that does not apply is none', async () => {
  const trust = [{ Principal: { AWS: ACCOUNT } }, { Principal: { AWS: USER.arn } }];
  expect(await world.assume({}, { trust })).toBe('allowed');
  const elsewhere = { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } };
  expect(await world.assume({}, { trust: [trust[0]!, { ...trust[1], ...elsewhere }] })).toBe(
    refusal('user', 'own'),
  );
});

describe('what a session needs beside', () => {
  const everything = { Tags: [{ Key: 'stage', Value: 'prod' }], SourceIdentity: 'ada' };
  const trust = [{ Principal: { AWS: ACCOUNT } }];
  const CASES = [
    { action: 'sts:TagSession', input: { Tags: everything.Tags } },
    { action: 'sts:SetSourceIdentity', input: { SourceIdentity: 'ada' } },
  ];
  const without = (action: string) => ({ NotAction: action });

  test('is allowed with everything else', async () => {
    const who = { identity: [any], organization: [[any]] };
    expect(await world.assume(who, { trust }, everything)).toBe('allowed');
  });

  test.each(CASES)('$action is asked of the organisation', async ({ action, input }) => {
    const denying = { identity: [any], organization: [[any, { Effect: 'Deny', Action: action }]] };
    expect(await world.assume(denying, { trust }, input)).toBe(
      refusal('user', 'own', ' with an explicit deny in a service control policy', action),
    );
    const silent = { identity: [any], organization: [[without(action)]] };
    expect(await world.assume(silent, { trust }, input)).toBe(
      refusal(
        'user',
        'own',
        ` because no service control policy allows the ${action} action`,
        action,
      ),
    );
    expect(await world.assume(denying, { trust })).toBe('allowed');
  });

  test.each(CASES)('$action is asked of the caller and the role', async ({ action, input }) => {
    const refused = refusal('user', 'own', '', action);
    expect(await world.assume({ identity: [without(action)] }, { trust }, input)).toBe(refused);
    const own = { identity: [any], boundary: [without(action)] };
    expect(await world.assume(own, { trust }, input)).toBe(refused);
    const narrow = [{ Principal: { AWS: ACCOUNT }, Action: 'sts:AssumeRole' }];
    expect(await world.assume({ identity: [any] }, { trust: narrow }, input)).toBe(refused);
  });
});

test.each([
  { name: 'by somebody who may assume any', who: { identity: [any] }, why: '' },
  { name: 'by the root of the account', who: { as: 'root' as const }, why: '' },
  {
    name: 'against the organisation',
    who: { identity: [any], organization: [[other]] },
    why: ' because no service control policy allows the sts:AssumeRole action',
  },
])('a role that is not there is refused like one that is, $name', async ({ who, why }) => {
  const trust = [{ Principal: { AWS: OTHER_ACCOUNT } }];
  const there = await world.assume(who, { trust });
  expect(there).toBe(refusal('as' in who ? 'root' : 'user', 'own', why));
  const RoleArn = `${TARGETS.own.arn}s`;
  expect(await world.assume(who, { trust }, { RoleArn })).toBe(
    there.replace(TARGETS.own.arn, RoleArn),
  );
});

/** Keys that there are whoever assumes the role. */
const CALL_KEYS = [
  { key: 'aws:SourceIp', operator: 'IpAddress', value: '192.0.2.0/24' },
  { key: 'aws:SecureTransport', operator: 'Bool', value: 'false' },
  { key: 'aws:ViaAWSService', operator: 'Bool', value: 'false' },
  { key: 'aws:PrincipalIsAWSService', operator: 'Bool', value: 'false' },
  { key: 'aws:UserAgent', operator: 'StringLike', value: 'aws-cli/*' },
  { key: 'aws:RequestedRegion', operator: 'StringEquals', value: 'us-west-2' },
  { key: 'aws:CurrentTime', operator: 'DateGreaterThan', value: '2020-01-01T00:00:00Z' },
  { key: 'aws:EpochTime', operator: 'NumericGreaterThan', value: '1500000000' },
  { key: 'aws:ResourceAccount', operator: 'StringEquals', value: OTHER_ACCOUNT },
  { key: 'aws:ResourceTag/Stage', operator: 'StringEquals', value: 'prod' },
  { key: 'iam:ResourceTag/stage', operator: 'StringEquals', value: 'prod' },
  { key: 'sts:RoleSessionName', operator: 'StringEquals', value: 'test' },
];

const CALLER_KEYS = [
  { key: 'aws:PrincipalArn', operator: 'ArnEquals', value: USER.arn },
  { key: 'aws:PrincipalTag/TEAM', operator: 'StringEquals', value: 'shop' },
  { key: 'aws:username', operator: 'StringEquals', value: 'ada' },
  { key: 'aws:PrincipalOrgID', operator: 'StringEquals', value: 'o-a1b2c3d4e5' },
  { key: 'aws:RequestTag/Shift', operator: 'StringEquals', value: 'late' },
  { key: 'aws:TagKeys', operator: 'ForAnyValue:StringEquals', value: 'shift' },
  { key: 'sts:ExternalId', operator: 'StringEquals', value: 'one' },
  { key: 'sts:SourceIdentity', operator: 'StringEquals', value: 'eve' },
  { key: 'sts:TransitiveTagKeys', operator: 'ForAnyValue:StringEquals', value: 'shift' },
];

const toCondition = ({ operator, key, value }: (typeof CALL_KEYS)[number]) => ({
  Condition: { [operator]: { [key]: value } },
});
const target = { account: 'other', tags: { stage: 'prod' } } as const;

describe('a condition on the key', () => {
  const input = {
    ExternalId: 'one',
    SourceIdentity: 'eve',
    Tags: [{ Key: 'shift', Value: 'late' }],
    TransitiveTagKeys: ['shift'],
  };
  const PLACES = ['identity', 'boundary', 'organization', 'trust'] as const;

  test.each([...CALL_KEYS, ...CALLER_KEYS])('$key counts in every policy', async (key) => {
    const ask = (denying?: (typeof PLACES)[number]) => {
      const statements = (place: (typeof PLACES)[number], more: object) => [
        { ...any, ...toCondition(key), ...more },
        ...(place === denying ? [{ ...deny, ...toCondition(key), ...more }] : []),
      ];
      const who: TestCaller = {
        identity: statements('identity', {}),
        boundary: statements('boundary', {}),
        organization: [statements('organization', {})],
      };
      const trust = statements('trust', { Principal: { AWS: ACCOUNT } });
      return world.assume(who, { ...target, trust }, input);
    };
    expect(await ask()).toBe('allowed');
    for (const place of PLACES) expect([place, await ask(place)]).not.toContain('allowed');
  });
});

describe('somebody whom a provider vouches for', () => {
  const PROVIDER = `arn:aws:iam::${OTHER_ACCOUNT}:oidc-provider/oidc.example.com`;
  const WEB = 'sts:AssumeRoleWithWebIdentity';
  const REFUSED = `AccessDenied: Not authorized to perform ${WEB}`;
  const named = { Principal: { Federated: PROVIDER } };
  const assume = (trust: TestTarget['trust'], more: readonly string[] = []) =>
    world.assumeFederated(PROVIDER, { ...target, trust }, [WEB, ...more]);

  test.each([
    { name: 'names the provider', trust: [named], expected: 'allowed' },
    {
      name: 'names the provider and others',
      trust: [{ Principal: { AWS: '*', Federated: [PROVIDER] } }],
      expected: 'allowed',
    },
    { name: 'names everybody', trust: [{ Principal: '*' }], expected: REFUSED },
    {
      name: 'names another provider',
      trust: [{ Principal: { Federated: `${PROVIDER}.org` } }],
      expected: REFUSED,
    },
    {
      name: 'names the provider for another action',
      trust: [{ ...named, Action: 'sts:AssumeRole' }],
      expected: REFUSED,
    },
    {
      name: 'denies it',
      trust: [named, { ...named, Effect: 'Deny', Action: WEB }],
      expected: REFUSED,
    },
    {
      name: 'denies it to everybody',
      trust: [named, { Principal: '*', Effect: 'Deny' }],
      expected: REFUSED,
    },
  ])('and a trust policy that $name', async ({ trust, expected }) => {
    expect(await assume(trust)).toBe(expected);
  });

  test('needs each of the actions', async () => {
    const only = [{ ...named, Action: WEB }];
    expect(await assume(only)).toBe('allowed');
    expect(await assume(only, ['sts:TagSession'])).toBe(REFUSED);
    expect(await assume([named], ['sts:TagSession', 'sts:SetSourceIdentity'])).toBe('allowed');
  });

  test.each([
    ...CALL_KEYS,
    { key: 'aws:FederatedProvider', operator: 'StringEquals', value: PROVIDER },
  ])('has the key $key', async (key) => {
    const allow = { ...named, ...toCondition(key) };
    expect(await assume([allow])).toBe('allowed');
    expect(await assume([named, { ...allow, Effect: 'Deny' }])).toBe(REFUSED);
  });
});
