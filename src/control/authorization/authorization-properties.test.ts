import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACCOUNT, OTHER_ACCOUNT } from '../operations/vpc-lattice/lattice-fixture.ts';
import { openWorld, TARGETS } from './authorization-fixture.ts';
import { ROLE, type Statements, type TestCaller, USER } from './caller-fixture.ts';

const world = await openWorld();

type Statement = Statements[number];

/** Few names, so that what is generated meets often. */
const action = fc.oneof(
  fc.record({
    Action: fc.constantFrom(
      '*',
      'sts:*',
      'sts:AssumeRole',
      'vpc-lattice:*',
      'vpc-lattice:GetService',
    ),
  }),
  fc.record({ NotAction: fc.constantFrom('ec2:*', 'sts:TagSession', 'vpc-lattice:*') }),
);
const resource = fc.oneof(
  fc.record({ Resource: fc.constantFrom('*', TARGETS.own.arn, world.names.service, '*target') }),
  fc.record({ NotResource: fc.constantFrom(TARGETS.other.arn, world.names.service) }),
);
const condition = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLikeIfExists'),
        fc.constantFrom(
          'aws:PrincipalTag/Team',
          'aws:ResourceTag/team',
          'aws:RequestTag/stage',
          'aws:UserAgent',
          'aws:none',
        ),
        fc.constantFrom('shop', 'prod', 'aws-cli/2'),
      )
      .map(([operator, key, value]) => ({ Condition: { [operator]: { [key]: value } } })),
  },
);
const principal = fc.record({
  Principal: fc.constantFrom<unknown>(
    '*',
    { AWS: ACCOUNT },
    { AWS: USER.arn },
    { AWS: [ROLE.arn, OTHER_ACCOUNT] },
  ),
});

const joined = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<Statement> =>
  fc.tuple(...parts).map((each) => Object.assign({}, ...each));

const ofCaller = joined(action, resource, condition);
const ofTrust = joined(action, principal, condition);
const ANY = { Action: '*' };

/** Mostly everything is allowed, so that a denial has something to take away. */
const policy = fc.oneof(
  { weight: 3, arbitrary: fc.constant([ANY]) },
  { weight: 1, arbitrary: fc.array(ofCaller, { minLength: 1, maxLength: 2 }) },
);

const aCase = fc.record({
  as: fc.constantFrom('user' as const, 'role' as const),
  identity: policy,
  boundary: fc.option(policy, { nil: undefined }),
  session: fc.option(policy, { nil: undefined }),
  organization: fc.option(fc.array(policy, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  trust: fc.oneof(
    fc.constantFrom([{ Principal: { AWS: ACCOUNT } }], [{ Principal: { AWS: USER.arn } }]),
    fc.array(ofTrust, { minLength: 1, maxLength: 2 }),
  ),
  account: fc.constantFrom('own' as const, 'other' as const),
  where: fc.constantFrom('identity', 'boundary', 'session', 'organization', 'trust'),
  denial: fc.tuple(ofCaller, ofTrust),
});
type Case = typeof aCase extends fc.Arbitrary<infer T> ? T : never;

const callerIn = ({ as, identity, boundary, session, organization }: Case): TestCaller => ({
  as,
  identity,
  ...(boundary && { boundary }),
  ...(as === 'role' && session && { session }),
  ...(organization && { organization }),
});

/** The same with a statement more in a policy that is there; undefined when it is not. */
const withDenial = (given: Case): Case | undefined => {
  const [ofPolicy, inTrust] = given.denial;
  const more = { ...(given.where === 'trust' ? inTrust : ofPolicy), Effect: 'Deny' };
  if (given.where === 'session' && given.as === 'user') return undefined;
  if (given.where === 'organization') {
    const { organization } = given;
    return organization && { ...given, organization: organization.map((one) => [...one, more]) };
  }
  const before = given[given.where as 'identity' | 'boundary' | 'session' | 'trust'];
  return before && { ...given, [given.where]: [...before, more] };
};

const ASK: Readonly<Record<string, (given: Case) => Promise<string>>> = {
  'get a service': (given) =>
    world.ask(callerIn(given), {
      service: 'vpc-lattice',
      operation: 'GetService',
      input: { serviceIdentifier: world.names.service },
    }),
  'assume a role': (given) =>
    world.assume(callerIn(given), given, { Tags: [{ Key: 'stage', Value: 'prod' }] }),
};

test.each(Object.entries(ASK))('another denial lets nobody %s', async (_, ask) => {
  const seen = { kept: 0, taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(aCase, async (given) => {
      const denied = withDenial(given);
      if (denied === undefined) return;
      const isAllowed = (await ask(given)) === 'allowed';
      const isStillAllowed = (await ask(denied)) === 'allowed';
      if (isStillAllowed) expect(isAllowed).toBe(true);
      seen[isStillAllowed ? 'kept' : isAllowed ? 'taken' : 'refused'] += 1;
    }),
    { numRuns: 300 },
  );
  // What is generated has to be able to show a mistake.
  for (const [outcome, times] of Object.entries(seen)) expect(times, outcome).toBeGreaterThan(10);
});
