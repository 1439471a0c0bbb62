import { AssumeRoleCommand, type Credentials, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../test/support/control-plane.ts';
import { isSecretOf } from '../../test/support/is-secret-of.ts';
import { BUILDERS } from '../compile/builders.ts';
import { DataPlaneState } from '../dataplane/state.ts';
import { rootArn } from '../lattice/iam-arn.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { silentLogger } from '../telemetry/logger.ts';
import { Publisher } from './publisher.ts';

let store: Store;
let control: ControlPlane;
let state: DataPlaneState;

beforeEach(async () => {
  state = new DataPlaneState({ now: Date.now });
  store = await openSqliteStore({ memory: true });
  const publisher = new Publisher({ store, logger: silentLogger });
  await publisher.start();
  // A worker in the same process: it applies what it gets, and says so a little later.
  const link = publisher.addFeed({
    send: (delta) => {
      state.apply(delta);
      queueMicrotask(() => link.applied(delta.revision));
    },
  });
  control = await startControlPlane({
    store,
    settle: async (revision) => {
      expect(await publisher.settle(revision, 1000)).toBe(true);
    },
  });
});
afterEach(async () => {
  await control.close();
  await store.close();
});

const find = (credentials: Credentials | undefined) =>
  state.callers.find(credentials?.AccessKeyId ?? '', credentials?.SessionToken, Date.now());

test('a session that STS started is known to the data plane, until its role is deleted', async () => {
  const { accountId } = control;
  const role = BUILDERS.iamRole({
    id: 'AROACHECKOUT345672345',
    accountId,
    name: 'checkout',
    arn: `arn:aws:iam::${accountId}:role/checkout`,
    tags: { Team: 'shop', stage: 'live' },
    trustPolicy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: rootArn(accountId) },
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        },
      ],
    }),
  });
  await store.write((tx) => tx.insert('iamRole', role));
  const { Credentials: credentials } = await control.sts.send(
    new AssumeRoleCommand({
      RoleArn: role.arn,
      RoleSessionName: 'pod-1',
      Tags: [{ Key: 'team', Value: 'payments' }],
      SourceIdentity: 'alice',
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/VPCLatticeServicesInvokeAccess' }],
    }),
  );
  const found = find(credentials);
  expect(found).toMatchObject({
    found: 'caller',
    caller: {
      principal: {
        kind: 'roleSession',
        arn: `arn:aws:sts::${accountId}:assumed-role/checkout/pod-1`,
        roleArn: role.arn,
        userId: `${role.id}:pod-1`,
      },
      sessionName: 'pod-1',
    },
  });
  if (found.found !== 'caller') return;
  expect(isSecretOf(found.keys, credentials?.SecretAccessKey)).toBe(true);
  expect(Object.fromEntries(found.caller.tags)).toEqual({ team: 'payments', stage: 'live' });
  expect(found.caller.keys.get('aws:sourceidentity')).toBe('alice');
  expect(found.caller.layers.map(({ name }) => name)).toEqual([
    'identity-based policy',
    'session policy',
  ]);
  await store.write((tx) => tx.delete('iamRole', role.id));
  expect(find(credentials)).toEqual({ found: 'nobody' });
});

test('so is a session of the root of an account', async () => {
  const { Credentials: credentials } = await control.sts.send(new GetSessionTokenCommand({}));
  expect(find(credentials)).toMatchObject({
    found: 'caller',
    caller: { principal: { kind: 'root', arn: rootArn(control.accountId) }, layers: [] },
  });
});
