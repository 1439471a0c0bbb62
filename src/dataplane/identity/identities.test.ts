import { describe, expect, test } from 'vitest';
import { isSecretOf } from '../../../test/support/is-secret-of.ts';
import { rootArn } from '../../lattice/iam-arn.ts';
import { authorize } from '../../policy/authorize.ts';
import { sealToken } from '../../session-token/seal.ts';
import type { SessionClaims } from '../../session-token/session-claims.ts';
import type { Part } from '../../snapshot/parts.ts';
import type { Caller, FoundCaller } from '../auth/caller.ts';
import {
  aDelta,
  aGroup,
  aManagedPolicy,
  anAccessKey,
  anAccount,
  aRole,
  aRootKey,
  aSessionTokenKey,
  aUser,
} from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';

const NOW = 1_750_000_000_000;
const ACCOUNT = anAccount().id;
const SEALED_WITH = aSessionTokenKey();

const stateOf = (...parts: readonly Part[]) => {
  const state = new DataPlaneState({ now: () => NOW });
  state.apply(aDelta([anAccount(), SEALED_WITH, ...parts]));
  return state;
};

const seal = (claims: SessionClaims, { id, secret } = SEALED_WITH) =>
  sealToken(id, Buffer.from(secret, 'base64'), claims);

const roleClaims: SessionClaims = {
  accessKeyId: 'ASIACHECKOUT34567234',
  secretAccessKey: 'secret of the session',
  accountId: ACCOUNT,
  kind: 'assumedRole',
  principalArn: `arn:aws:sts::${ACCOUNT}:assumed-role/checkout/pod-1`,
  principalId: `${aRole().id}:pod-1`,
  issuedAt: NOW / 1000,
  expiresAt: NOW / 1000 + 3600,
  roleArn: aRole().arn,
  roleId: aRole().id,
  sessionName: 'pod-1',
};
const userClaims: SessionClaims = {
  accessKeyId: 'ASIAALICE23456723456',
  secretAccessKey: 'secret of the session',
  accountId: ACCOUNT,
  kind: 'user',
  principalArn: aUser().arn,
  principalId: aUser().id,
  userId: aUser().id,
  issuedAt: NOW / 1000,
  expiresAt: NOW / 1000 + 3600,
};
const rootClaims: SessionClaims = {
  accessKeyId: 'ASIAROOT234567234567',
  secretAccessKey: 'secret of the session',
  accountId: ACCOUNT,
  kind: 'root',
  principalArn: rootArn(ACCOUNT),
  principalId: ACCOUNT,
  issuedAt: NOW / 1000,
  expiresAt: NOW / 1000 + 3600,
};

const callerIn = (found: FoundCaller): Caller => {
  if (found.found !== 'caller') throw new Error(`found ${found.found}`);
  return found.caller;
};
const findKey = (state: DataPlaneState, id: string) => state.callers.find(id, undefined, NOW);
const findSession = (state: DataPlaneState, claims: SessionClaims, nowMs = NOW) =>
  state.callers.find(claims.accessKeyId, seal(claims), nowMs);

/** What the layers of a caller say, together, to a request of its own. */
const decide = (caller: Caller) => {
  const { kind, decidedBy } = authorize({
    layers: caller.layers,
    request: {
      principal: caller.principal,
      action: 'vpc-lattice-svcs:Invoke',
      resource: 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1/',
      value: (key) => caller.keys.get(key),
    },
  });
  return decidedBy === undefined ? kind : `${kind} by ${decidedBy}`;
};

const says = (Effect: 'Allow' | 'Deny', Action = '*') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] });
const NOTHING = { inlinePolicies: [] };

describe('a long-term key', () => {
  test('of a user leads to the user', () => {
    const tags = { Team: 'shop' };
    const found = findKey(stateOf(anAccessKey(), aUser({ tags })), anAccessKey().id);
    expect(found).toMatchObject({
      found: 'caller',
      caller: {
        principal: { kind: 'user', arn: aUser().arn, userId: aUser().id, userName: 'alice' },
        accessKeyId: anAccessKey().id,
        accountId: ACCOUNT,
        type: 'User',
        sessionName: undefined,
        organizationId: undefined,
      },
    });
    const caller = callerIn(found);
    expect(caller.tags).toEqual(new Map([['Team', 'shop']]));
    expect(caller.keys.get('aws:principaltag/Team')).toBe('shop');
    expect(caller.keys.has('aws:tokenissuetime')).toBe(false);
    expect(decide(caller)).toBe('allow');
  });

  test('of the account leads to its root, whom no identity policy limits', () => {
    const caller = callerIn(findKey(stateOf(aRootKey()), aRootKey().id));
    expect(caller.principal).toEqual({ kind: 'root', arn: rootArn(ACCOUNT), accountId: ACCOUNT });
    expect([caller.type, caller.layers]).toEqual(['Account', []]);
  });

  const nobody: { name: string; parts: readonly Part[]; id?: string; token?: string }[] = [
    { name: 'that is not there', parts: [anAccessKey(), aUser()], id: 'AKIAOTHER' },
    { name: 'of a user who is not there', parts: [anAccessKey()] },
    { name: 'of a role', parts: [anAccessKey({ userId: aRole().id }), aRole()] },
    { name: 'with a token that is none', parts: [anAccessKey(), aUser()], token: 'x' },
    { name: 'with an empty token', parts: [anAccessKey(), aUser()], token: '' },
    {
      name: 'of an account that is not there',
      parts: [anAccessKey({ accountId: '444455556666' }), aUser()],
    },
  ];
  for (const { name, parts, id = anAccessKey().id, token } of nobody) {
    test(`${name} leads to nobody`, () => {
      expect(stateOf(...parts).callers.find(id, token, NOW)).toEqual({ found: 'nobody' });
    });
  }

  test('that calls again leads to the same object', () => {
    const state = stateOf(anAccessKey(), aUser());
    const find = () => findKey(state, anAccessKey().id);
    expect(find()).toBe(find());
    const policies = () => callerIn(find()).layers[0]?.policies;
    expect(policies()).toBe(policies());
  });
});

describe('a session token', () => {
  test('of a role leads to its session, with the tags of the session over those of the role', () => {
    const role = aRole({ tags: { Team: 'shop', stage: 'live' }, arn: aRole().arn });
    const claims = {
      ...roleClaims,
      tags: { TEAM: 'payments' },
      sourceIdentity: 'alice',
      webIdentity: { provider: 'arn:provider', issuer: 'i', subject: 's', audience: 'a' },
    };
    const found = findSession(stateOf(role), claims);
    expect(found).toMatchObject({
      found: 'caller',
      caller: {
        principal: { kind: 'roleSession', arn: claims.principalArn, roleArn: role.arn },
        accessKeyId: claims.accessKeyId,
        type: 'AssumedRole',
        sessionName: 'pod-1',
      },
    });
    const caller = callerIn(found);
    expect(Object.fromEntries(caller.tags)).toEqual({ TEAM: 'payments', stage: 'live' });
    expect(Object.fromEntries(caller.keys)).toMatchObject({
      'aws:principalarn': role.arn,
      'aws:userid': claims.principalId,
      'aws:tokenissuetime': '2025-06-15T15:06:40.000Z',
      'aws:sourceidentity': 'alice',
      'aws:federatedprovider': 'arn:provider',
    });
    expect(caller.keys.has('aws:username')).toBe(false);
  });

  test('of a user leads to the user, under the name that it has now', () => {
    const user = aUser({ name: 'alicia' });
    const caller = callerIn(findSession(stateOf(user), userClaims));
    expect(caller).toMatchObject({
      principal: { kind: 'user', arn: user.arn, userName: 'alicia' },
      type: 'User',
    });
    expect(caller.keys.get('aws:multifactorauthpresent')).toBe('false');
  });

  test('of the account leads to its root', () => {
    const caller = callerIn(findSession(stateOf(), rootClaims));
    expect(caller).toMatchObject({
      principal: { kind: 'root', arn: rootArn(ACCOUNT) },
      layers: [],
    });
  });

  const nobody: { name: string; parts?: readonly Part[]; id?: string; token: string }[] = [
    { name: 'of a role that is gone', parts: [], token: seal(roleClaims) },
    {
      name: 'of a role that was made anew',
      parts: [aRole({ id: 'AROAANEW' })],
      token: seal(roleClaims),
    },
    { name: 'with another access key', id: 'ASIAOTHER', token: seal(roleClaims) },
    { name: 'with a long-term key', id: anAccessKey().id, token: seal(roleClaims) },
    {
      name: 'of a key that is not there',
      token: seal(roleClaims, aSessionTokenKey({ id: 'fedcba9876543210' })),
    },
    {
      name: 'that somebody else sealed under the id of our key',
      token: seal(roleClaims, aSessionTokenKey({ secret: Buffer.alloc(32).toString('base64') })),
    },
    { name: 'that is garbage', token: 'A'.repeat(2000) },
    { name: 'with something behind it', token: `${seal(roleClaims)}=` },
    { name: 'of a role without its id', token: seal({ ...roleClaims, roleId: aUser().id }) },
  ];
  for (const { name, parts = [aRole()], id = roleClaims.accessKeyId, token } of nobody) {
    test(`${name} leads to nobody`, () => {
      const state = stateOf(aUser(), ...parts);
      expect(state.callers.find(id, token, NOW)).toEqual({ found: 'nobody' });
    });
  }

  test('is found expired from its last second on, and only with its own key', () => {
    const state = stateOf(aRole());
    const end = roleClaims.expiresAt * 1000;
    expect(findSession(state, roleClaims, end - 1).found).toBe('caller');
    expect(findSession(state, roleClaims, end)).toMatchObject({
      found: 'expiredSession',
      caller: { principal: { arn: roleClaims.principalArn } },
    });
    expect(state.callers.find('ASIAOTHER', seal(roleClaims), end).found).toBe('nobody');
    state.apply(aDelta([], [`principal/${aRole().id}`]));
    expect(findSession(state, roleClaims, end).found).toBe('nobody');
  });

  test('that calls again leads to the same object', () => {
    const state = stateOf(aRole());
    const token = seal(roleClaims);
    const find = () => state.callers.find(roleClaims.accessKeyId, token, NOW);
    expect(find()).toBe(find());
  });
});

describe('of what limits a caller', () => {
  const scp = (...levels: string[][]) =>
    anAccount({
      organization: {
        organizationId: 'o-a1b2c3d4e5',
        path: 'o-a1b2c3d4e5/r-ab12/',
        serviceControlPolicies: levels.map((documents) =>
          documents.map((document, i) => ({ name: `policy ${i}`, document })),
        ),
      },
    });
  const boundary = (document: string) => aManagedPolicy({ id: 'arn:boundary', document });
  const bounded = { permissionsBoundary: 'arn:boundary' };
  const alice = (...parts: Part[]) =>
    callerIn(findKey(stateOf(anAccessKey(), aUser(), ...parts), anAccessKey().id));
  const session = (claims: Partial<SessionClaims>, ...parts: Part[]) =>
    callerIn(findSession(stateOf(aRole(), ...parts), { ...roleClaims, ...claims }));

  const cases: { name: string; caller: () => Caller; decision: string }[] = [
    {
      name: 'a caller without any policy lacks an identity-based one',
      caller: () => alice(aUser(NOTHING)),
      decision: 'implicitDeny by identity-based policy',
    },
    {
      name: 'so it does with a boundary that would not allow it either',
      caller: () => alice(aUser({ ...NOTHING, ...bounded }), boundary(says('Allow', 'ec2:*'))),
      decision: 'implicitDeny by identity-based policy',
    },
    {
      name: 'the organisation refuses before the policies of the caller do',
      caller: () => alice(aUser(NOTHING), scp([says('Allow', 'ec2:*')])),
      decision: 'implicitDeny by service control policy',
    },
    {
      name: 'each level of the organisation has to allow',
      caller: () => alice(scp([says('Allow')], [says('Allow', 'ec2:*')])),
      decision: 'implicitDeny by service control policy',
    },
    {
      name: 'one policy of a level is enough to allow',
      caller: () => alice(scp([says('Allow', 'ec2:*'), says('Allow')])),
      decision: 'allow',
    },
    {
      name: 'a policy attached to the user allows',
      caller: () =>
        alice(aUser({ ...NOTHING, attachedPolicies: [aManagedPolicy().id] }), aManagedPolicy()),
      decision: 'allow',
    },
    {
      name: 'a policy of AWS attached to the user allows',
      caller: () =>
        alice(
          aUser({
            ...NOTHING,
            attachedPolicies: ['arn:aws:iam::aws:policy/VPCLatticeServicesInvokeAccess'],
          }),
        ),
      decision: 'allow',
    },
    {
      name: 'a policy that is gone allows nothing',
      caller: () => alice(aUser({ ...NOTHING, attachedPolicies: ['arn:gone'] })),
      decision: 'implicitDeny by identity-based policy',
    },
    {
      name: 'a policy written into a group of the user allows',
      caller: () =>
        alice(
          aUser({ ...NOTHING, groupIds: [aGroup().id] }),
          aGroup({ inlinePolicies: [{ name: 'a', document: says('Allow') }] }),
        ),
      decision: 'allow',
    },
    {
      name: 'a policy attached to a group of the user denies',
      caller: () =>
        alice(
          aUser({ groupIds: [aGroup().id] }),
          aGroup({ attachedPolicies: ['arn:no'] }),
          aManagedPolicy({ id: 'arn:no', document: says('Deny') }),
        ),
      decision: 'explicitDeny by identity-based policy',
    },
    {
      name: 'a boundary that does not allow refuses',
      caller: () => alice(aUser(bounded), boundary(says('Allow', 'ec2:*'))),
      decision: 'implicitDeny by permissions boundary',
    },
    {
      name: 'a boundary that is gone refuses',
      caller: () => alice(aUser(bounded)),
      decision: 'implicitDeny by permissions boundary',
    },
    {
      name: 'a policy of the session that does not allow refuses',
      caller: () => session({ sessionPolicy: says('Allow', 'ec2:*') }),
      decision: 'implicitDeny by session policy',
    },
    {
      name: 'a managed policy of the session allows beside its own',
      caller: () =>
        session(
          {
            sessionPolicy: says('Allow', 'ec2:*'),
            sessionPolicyArns: [aManagedPolicy().id],
          },
          aManagedPolicy(),
        ),
      decision: 'allow',
    },
    {
      name: 'what a session may is no more than its role may',
      caller: () => session({ sessionPolicy: says('Allow') }, aRole(NOTHING)),
      decision: 'implicitDeny by identity-based policy',
    },
    {
      name: 'the organisation limits the root of its accounts',
      caller: () => callerIn(findKey(stateOf(aRootKey(), scp([says('Deny')])), aRootKey().id)),
      decision: 'explicitDeny by service control policy',
    },
  ];
  for (const { name, caller, decision } of cases) {
    test(name, () => expect(decide(caller())).toBe(decision));
  }

  test('the names say where each policy is from', () => {
    const caller = session(
      { sessionPolicy: says('Allow'), sessionPolicyArns: [aManagedPolicy().id] },
      scp([says('Allow')]),
      aRole({ ...bounded, attachedPolicies: [aManagedPolicy().id] }),
      aManagedPolicy(),
      boundary(says('Allow')),
    );
    expect(caller.layers.map(({ name, policies }) => [name, policies.map((p) => p.name)])).toEqual([
      ['service control policy', ['policy 0']],
      ['identity-based policy', ['everything of role checkout', aManagedPolicy().id]],
      ['permissions boundary', ['arn:boundary']],
      ['session policy', ['session policy', aManagedPolicy().id]],
    ]);
  });
});

describe('a change is seen by the next request', () => {
  const changes: {
    name: string;
    parts: readonly Part[];
    upsert?: readonly Part[];
    remove?: readonly string[];
    before: string;
    after: string;
  }[] = [
    {
      name: 'a key that was made inactive',
      parts: [],
      remove: [`accessKey/${anAccessKey().id}`],
      before: 'allow',
      after: 'nobody',
    },
    {
      name: 'a user who was deleted',
      parts: [],
      remove: [`principal/${aUser().id}`],
      before: 'allow',
      after: 'nobody',
    },
    {
      name: 'a policy taken from the user',
      parts: [],
      upsert: [aUser(NOTHING)],
      before: 'allow',
      after: 'implicitDeny by identity-based policy',
    },
    {
      name: 'a new version of an attached policy',
      parts: [aUser({ attachedPolicies: [aManagedPolicy().id] }), aManagedPolicy()],
      upsert: [aManagedPolicy({ document: says('Deny') })],
      before: 'allow',
      after: 'explicitDeny by identity-based policy',
    },
    {
      name: 'a policy of a group',
      parts: [aUser({ ...NOTHING, groupIds: [aGroup().id] }), aGroup()],
      upsert: [aGroup({ inlinePolicies: [{ name: 'a', document: says('Allow') }] })],
      before: 'implicitDeny by identity-based policy',
      after: 'allow',
    },
    {
      name: 'a group that the user joins',
      parts: [aGroup({ inlinePolicies: [{ name: 'a', document: says('Deny') }] })],
      upsert: [aUser({ groupIds: [aGroup().id] })],
      before: 'allow',
      after: 'explicitDeny by identity-based policy',
    },
    {
      name: 'the organisation of the account',
      parts: [],
      upsert: [
        anAccount({
          organization: {
            organizationId: 'o-a1b2c3d4e5',
            path: 'o-a1b2c3d4e5/r-ab12/',
            serviceControlPolicies: [[{ name: 'none', document: says('Deny') }]],
          },
        }),
      ],
      before: 'allow',
      after: 'explicitDeny by service control policy',
    },
  ];
  for (const { name, parts, upsert = [], remove = [], before, after } of changes) {
    test(`${name}, with a key`, () => {
      const state = stateOf(anAccessKey(), aUser(), ...parts);
      const decideNow = () => {
        const found = findKey(state, anAccessKey().id);
        return found.found === 'caller' ? decide(found.caller) : found.found;
      };
      expect(decideNow()).toBe(before);
      state.apply(aDelta(upsert, remove));
      expect(decideNow()).toBe(after);
    });
  }

  test('a role that was deleted, with a session', () => {
    const state = stateOf(aRole());
    const token = seal(roleClaims);
    const find = () => state.callers.find(roleClaims.accessKeyId, token, NOW).found;
    expect(find()).toBe('caller');
    state.apply(aDelta([], [`principal/${aRole().id}`]));
    expect(find()).toBe('nobody');
    // As when the deletion of one transaction is followed by the same name in the next.
    state.apply(aDelta([aRole({ id: 'AROAANEW' })]));
    expect(find()).toBe('nobody');
  });

  test('a key of session tokens that was deleted, with sessions that are open already', () => {
    const state = stateOf(aRole());
    const token = seal(roleClaims);
    const find = () => state.callers.find(roleClaims.accessKeyId, token, NOW).found;
    expect(find()).toBe('caller');
    state.apply(aDelta([], [`sessionTokenKey/${SEALED_WITH.id}`]));
    expect(find()).toBe('nobody');
    state.apply(aDelta([aSessionTokenKey({ secret: Buffer.alloc(32).toString('base64') })]));
    expect(find()).toBe('nobody');
    state.apply(aDelta([SEALED_WITH]));
    expect(state.callers.find(roleClaims.accessKeyId, seal(roleClaims), NOW).found).toBe('caller');
  });

  test('and a request that is under way keeps the caller with which it began', () => {
    const state = stateOf(anAccessKey(), aUser({ attachedPolicies: ['arn:a'] }));
    const caller = callerIn(findKey(state, anAccessKey().id));
    state.apply(aDelta([aUser(NOTHING), aManagedPolicy({ id: 'arn:a', document: says('Deny') })]));
    // Its policies were not compiled yet when they were replaced.
    expect(decide(caller)).toBe('allow');
  });

  test('and nobody else has policies compiled again', () => {
    const state = stateOf(anAccessKey(), aUser(), aRole());
    const policies = () =>
      callerIn(findKey(state, anAccessKey().id)).layers.flatMap((layer) => layer.policies);
    const before = policies();
    state.apply(aDelta([aRole(NOTHING)]));
    expect(policies()).toHaveLength(1);
    expect(policies()[0]).toBe(before[0]);
  });
});

describe('what signatures are verified with', () => {
  const keysIn = (found: FoundCaller) => {
    if (found.found !== 'caller') throw new Error('nobody was found');
    return found.keys;
  };
  const today = {
    algorithm: 'AWS4-HMAC-SHA256',
    scope: { date: '20250615', region: 'us-west-2', service: 'vpc-lattice-svcs' },
  } as const;
  const keep = (found: FoundCaller) => {
    const keys = keysIn(found);
    const key = keys.of(today);
    keys.keep(key);
    return key;
  };

  test('is of the secret of the key or session', () => {
    const state = stateOf(anAccessKey(), aUser(), aRole());
    const { secretAccessKey } = anAccessKey();
    expect(isSecretOf(keysIn(findKey(state, anAccessKey().id)), secretAccessKey)).toBe(true);
    const ofSession = keysIn(findSession(state, roleClaims));
    expect(isSecretOf(ofSession, roleClaims.secretAccessKey)).toBe(true);
    expect(isSecretOf(ofSession, secretAccessKey)).toBe(false);
  });

  test('is not of a secret that was replaced', () => {
    const state = stateOf(anAccessKey(), aUser());
    keep(findKey(state, anAccessKey().id));
    state.apply(aDelta([anAccessKey({ secretAccessKey: 'new' })]));
    const keys = keysIn(findKey(state, anAccessKey().id));
    expect(isSecretOf(keys, 'new')).toBe(true);
    expect(isSecretOf(keys, anAccessKey().secretAccessKey)).toBe(false);
  });

  test('is kept for as many callers as there are, whatever changes of the others', () => {
    const ids = Array.from({ length: 12_000 }, (_, i) => `AKIA${100_000 + i}`);
    const state = stateOf(aUser(), ...ids.map((id) => anAccessKey({ id })));
    const kept = ids.map((id) => keep(findKey(state, id)));
    state.apply(aDelta([aRole()]));
    const again = ids.map((id) => keysIn(findKey(state, id)).of(today));
    expect(again.every((key, i) => key === kept[i])).toBe(true);
  });

  test('is kept for as many sessions as are', () => {
    const state = stateOf(aRole());
    const sessions = Array.from({ length: 3000 }, (_, i) => {
      const claims = { ...roleClaims, accessKeyId: `ASIA${100_000 + i}` };
      return { id: claims.accessKeyId, token: seal(claims) };
    });
    const findAll = () => sessions.map(({ id, token }) => state.callers.find(id, token, NOW));
    const kept = findAll().map(keep);
    const again = findAll().map((found) => keysIn(found).of(today));
    expect(again.every((key, i) => key === kept[i])).toBe(true);
  });
});

test('garbage does not push out tokens that are ours', () => {
  const state = stateOf(aRole());
  const token = seal(roleClaims);
  const find = () => state.callers.find(roleClaims.accessKeyId, token, NOW);
  const first = find();
  const bytes = Buffer.from(token, 'base64');
  for (let i = 0; i < 20_001; i += 1) {
    bytes.writeUInt32BE(i, bytes.length - 4);
    const found = state.callers.find(roleClaims.accessKeyId, bytes.toString('base64'), NOW);
    if (found.found !== 'nobody') throw new Error('garbage was taken for a token');
  }
  expect(find()).toBe(first);
});

describe('by ARN', () => {
  const path = aRole({
    id: 'AROAPATH',
    name: 'other',
    arn: `arn:aws:iam::${ACCOUNT}:role/x/other`,
  });
  const state = stateOf(aUser(), aRole(), path);
  const found = (arn: string) => {
    const caller = state.callers.findByArn(arn, NOW);
    return caller && [caller.type, caller.principal, caller.sessionName];
  };

  test('there is the root of an account', () => {
    expect(found(rootArn(ACCOUNT))).toEqual([
      'Account',
      { kind: 'root', arn: rootArn(ACCOUNT), accountId: ACCOUNT },
      undefined,
    ]);
  });

  test('there is a user', () => {
    expect(found(aUser().arn)).toMatchObject([
      'User',
      { kind: 'user', userName: 'alice' },
      undefined,
    ]);
  });

  test('there is a role, as a session of some name', () => {
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/other/simulation`;
    const roleSession = {
      kind: 'roleSession',
      arn,
      roleArn: path.arn,
      userId: 'AROAPATH:simulation',
    };
    expect(found(path.arn)).toMatchObject(['AssumedRole', roleSession, 'simulation']);
  });

  test('there is a session of a role, whose ARN has no path', () => {
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/other/pod-1`;
    expect(found(arn)).toMatchObject(['AssumedRole', { arn, roleArn: path.arn }, 'pod-1']);
  });

  test.each([
    'anonymous',
    rootArn('444455556666'),
    `arn:aws:iam:us-west-2:${ACCOUNT}:root`,
    `arn:aws:iam::${ACCOUNT}:user/bob`,
    `arn:aws:iam::${ACCOUNT}:user/ALICE`,
    `arn:aws:iam::${ACCOUNT}:user/path/alice`,
    `arn:aws:iam::${ACCOUNT}:role/other`,
    `arn:aws:iam::${ACCOUNT}:group/alice`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/gone/pod-1`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/other`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/x/other/pod-1`,
    `arn:aws:sts::${ACCOUNT}:federated-user/alice`,
  ])('there is no %s', (arn) => expect(found(arn)).toBeUndefined());

  test('a name leads to whom it belongs by now', () => {
    const renamed = stateOf(aUser());
    const anew = aUser({ id: 'AIDAANEW', tags: { Team: 'anew' } });
    renamed.apply(aDelta([anew], [`principal/${aUser().id}`]));
    expect(renamed.callers.findByArn(aUser().arn, NOW)?.tags.get('Team')).toBe('anew');
    // The name is taken before it is given up: parts may come in any order.
    renamed.apply(aDelta([aUser(), aUser({ id: 'AIDAANEW', name: 'carol' })]));
    expect(renamed.callers.findByArn(aUser().arn, NOW)?.tags.size).toBe(0);
  });
});
