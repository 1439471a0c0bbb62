import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealToken } from '../../session-token/seal.ts';
import type { SessionClaims } from '../../session-token/session-claims.ts';
import { applyDelta, fullDelta } from '../../snapshot/delta.ts';
import { type Part, type Parts, partKey, type SnapshotDelta } from '../../snapshot/parts.ts';
import {
  aGroup,
  aManagedPolicy,
  anAccessKey,
  anAccount,
  aRole,
  aSessionTokenKey,
  aUser,
} from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';

const NOW = 1_750_000_000_000;

const oneOf = <const T extends readonly unknown[]>(...values: T): fc.Arbitrary<T[number]> =>
  fc.constantFrom(...values);
const subset = <const T extends readonly string[]>(...values: T) => fc.subarray([...values]);

const document = oneOf('one', 'two').map((Sid) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid, Effect: 'Allow', Action: '*', Resource: '*' }],
  }),
);
const inlinePolicies = fc
  .array(document, { maxLength: 1 })
  .map(([first]) => (first === undefined ? [] : [{ name: 'own', document: first }]));
const policyArn = oneOf('arn:one', 'arn:two');
const tags = fc.dictionary(oneOf('team', 'Team'), oneOf('a', 'b'));
const limits = fc.record({ inlinePolicies, attachedPolicies: subset('arn:one', 'arn:two') });
const permissionsBoundary = fc.option(policyArn, { nil: undefined });
const principal = fc
  .record({ tags, limits, permissionsBoundary, groupIds: subset('AGPA1', 'AGPA2') })
  .map(({ limits: given, permissionsBoundary: boundary, ...more }) => ({
    ...more,
    ...given,
    ...(boundary !== undefined && { permissionsBoundary: boundary }),
  }));
const place = fc
  .record({ path: oneOf('o-1/r-1/', 'o-1/r-2/'), documents: fc.array(document, { maxLength: 2 }) })
  .map(({ path, documents }) => ({
    organizationId: 'o-1',
    path,
    serviceControlPolicies: documents.map((one) => [{ name: 'scp', document: one }]),
  }));

/** Few ids and few values, so that parts refer to each other, change, go and dangle often. */
const part: fc.Arbitrary<Part> = fc.oneof(
  fc
    .option(place, { nil: undefined })
    .map((given) => anAccount(given === undefined ? {} : { organization: given })),
  fc
    .record({ id: oneOf('AKIA1', 'AKIA2'), userId: oneOf('AIDA1', 'AIDA2') })
    .map((given) => anAccessKey(given)),
  fc
    .record({ id: oneOf('AIDA1', 'AIDA2'), name: oneOf('alice', 'bob'), more: principal })
    .map(({ more, ...given }) => aUser({ ...given, ...more })),
  principal.map((given) => aRole({ id: 'AROA1', ...given, groupIds: [] })),
  fc
    .record({ id: oneOf('AGPA1', 'AGPA2'), limits })
    .map(({ id, limits: given }) => aGroup({ id, ...given })),
  fc.record({ id: policyArn, document }).map((given) => aManagedPolicy(given)),
  oneOf(1, 2).map((byte) =>
    aSessionTokenKey({ secret: Buffer.alloc(32, byte).toString('base64') }),
  ),
);

const delta = fc
  .record({
    parts: fc.array(part, { maxLength: 4 }),
    gone: fc.array(part, { maxLength: 2 }),
    full: fc.boolean(),
  })
  .map(({ parts, gone, full }): SnapshotDelta => {
    const upsert = new Map(parts.map((one) => [partKey(one.kind, one.id), one]));
    const remove = gone.map((one) => partKey(one.kind, one.id)).filter((key) => !upsert.has(key));
    return { revision: 0, full: full && upsert.size > 3, upsert: [...upsert.values()], remove };
  });

const claims = (given: Partial<SessionClaims>): SessionClaims => ({
  accessKeyId: 'ASIA1',
  secretAccessKey: 'secret',
  accountId: anAccount().id,
  kind: 'assumedRole',
  principalArn: `arn:aws:sts::${anAccount().id}:assumed-role/checkout/pod-1`,
  principalId: 'AROA1:pod-1',
  issuedAt: NOW / 1000,
  expiresAt: NOW / 1000 + 3600,
  ...given,
});
const SESSIONS = [1, 2].flatMap((byte) =>
  [
    claims({ roleId: 'AROA1', tags: { TEAM: 'c' }, sessionPolicyArns: ['arn:one'] }),
    claims({ kind: 'user', userId: 'AIDA1' }),
    claims({ kind: 'root' }),
  ].map((one) => {
    const accessKeyId = `ASIA${one.kind}${byte}`;
    const sealed = { ...one, accessKeyId };
    return { accessKeyId, token: sealToken(aSessionTokenKey().id, Buffer.alloc(32, byte), sealed) };
  }),
);

const request = {
  principal: { kind: 'anonymous' },
  action: 'vpc-lattice-svcs:Invoke',
  resource: 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1/',
  value: () => undefined,
} as const;

/** All that can be asked of a directory of these parts. */
const observe = ({ callers }: DataPlaneState) =>
  [
    ...['AKIA1', 'AKIA2'].map((id) => callers.find(id, undefined, NOW)),
    ...SESSIONS.map(({ accessKeyId, token }) => callers.find(accessKeyId, token, NOW)),
  ].map((found) => {
    if (found.found === 'nobody') return found;
    const { principal: who, keys, tags: all, layers } = found.caller;
    return {
      who,
      keys: Object.fromEntries(keys),
      tags: Object.fromEntries(all),
      layers: layers.map(({ name, policies }) => [
        name,
        policies.map((policy) => [policy.name, policy.evaluate(request)?.sid]),
      ]),
    };
  });

const stateOf = (parts: Parts) => {
  const state = new DataPlaneState({ now: () => NOW });
  state.apply(fullDelta(parts, 0));
  return state;
};

test('after any changes callers are found as by a directory that begins with what there is', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(delta, { maxLength: 15 }), (deltas) => {
      // Those without which there is nobody.
      let parts: Parts = new Map(
        [anAccount(), aRole({ id: 'AROA1' }), aUser({ id: 'AIDA1' })].map((one) => [
          partKey(one.kind, one.id),
          one,
        ]),
      );
      const state = stateOf(parts);
      for (const change of deltas) {
        parts = applyDelta(parts, change);
        state.apply(change);
        const seen = observe(state);
        expect(seen).toEqual(observe(stateOf(parts)));
        found += seen.filter((one) => 'who' in one).length;
      }
    }),
    { numRuns: 150 },
  );
  // Or the test would say little.
  expect(found).toBeGreaterThan(500);
});
