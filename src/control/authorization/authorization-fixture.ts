import { roleArn, userArn } from '../../lattice/iam-arn.ts';
import type { IamRole } from '../../lattice/identity.ts';
import type { AssumeRoleRequest } from '../../protocol/generated/sts.ts';
import { ServiceError } from '../../protocol/service-error.ts';
import type { WriteTransaction } from '../../store/store.ts';
import type { Caller, RequestContext } from '../operation.ts';
import { assumeRole } from '../operations/sts/assume-role.ts';
import {
  ACCOUNT,
  forwardTo,
  NOW,
  OTHER_ACCOUNT,
  openShop,
} from '../operations/vpc-lattice/lattice-fixture.ts';
import { taggableType } from '../taggable.ts';
import { type Assumption, assertMayAssumeFederated } from './assert-may-assume.ts';
import { type ApiCall, assertMayCall } from './assert-may-call.ts';
import {
  BOUNDARY,
  callerOf,
  organizationOf,
  ROLE,
  type Statements,
  type TestCaller,
  times,
  USER,
} from './caller-fixture.ts';

/** The role that is to be assumed. */
export interface TestTarget {
  /** Absent members of statements are `Allow` and all actions of STS. */
  readonly trust: Statements;
  readonly account?: 'own' | 'other';
  readonly tags?: Readonly<Record<string, string>>;
}

const target = (accountId: string): IamRole => ({
  ...ROLE,
  id: `AROATARGET${accountId}`,
  accountId,
  name: 'target',
  arn: roleArn('aws', accountId, '/', 'target'),
});

export const TARGETS = { own: target(ACCOUNT), other: target(OTHER_ACCOUNT) } as const;

const runAssumeRole = assumeRole.run as (
  tx: WriteTransaction,
  input: AssumeRoleRequest,
  context: RequestContext,
) => Promise<unknown>;

const trustText = (statements: Statements): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({
      Effect: 'Allow',
      ...('NotAction' in one ? {} : { Action: 'sts:*' }),
      ...one,
    })),
  });

/** An account with a resource of each kind, and one user and one role to whom policies are given. */
export const openWorld = async () => {
  const { lattice, vpc, serviceIdentifier, targetGroup } = await openShop();
  const { store } = lattice;
  const targetGroupId = await targetGroup('carts');
  const { arn: serviceArn } = await lattice.call('GetService', { serviceIdentifier });
  const listener = await lattice.call('CreateListener', {
    serviceIdentifier,
    name: 'http',
    protocol: 'HTTP',
    defaultAction: forwardTo(targetGroupId),
  });
  const rule = await lattice.call('CreateRule', {
    serviceIdentifier,
    listenerIdentifier: listener.id ?? '',
    name: 'first',
    priority: 1,
    match: { httpMatch: { method: 'GET' } },
    action: forwardTo(targetGroupId),
  });
  const network = await lattice.call('CreateServiceNetwork', { name: 'mesh' });
  const group = await lattice.securityGroup(vpc.id);
  const certificate = await lattice.certificate();
  const association = await lattice.call('CreateServiceNetworkServiceAssociation', {
    serviceIdentifier,
    serviceNetworkIdentifier: network.id ?? '',
  });
  const vpcAssociation = await lattice.call('CreateServiceNetworkVpcAssociation', {
    vpcIdentifier: vpc.id,
    serviceNetworkIdentifier: network.id ?? '',
    securityGroupIds: [group.id],
  });
  await lattice.call('TagResource', { resourceArn: serviceArn ?? '', tags: { team: 'shop' } });
  const foreign = await lattice.call(
    'CreateService',
    { name: 'foreign', tags: { team: 'shop' } },
    OTHER_ACCOUNT,
  );
  const foreignVpc = await lattice.vpc({
    accountId: OTHER_ACCOUNT,
    id: 'vpc-0aaaaaaaaaaaaaaaa',
    arn: `arn:aws:ec2:us-west-2:${OTHER_ACCOUNT}:vpc/vpc-0aaaaaaaaaaaaaaaa`,
  });
  await store.write(async (tx) => {
    await tx.insert('account', { id: ACCOUNT, accountId: ACCOUNT, name: 'default', ...times });
    for (const { arn, accountId } of [vpc, group, foreignVpc, certificate]) {
      const resourceType = taggableType(arn) ?? '';
      const tags = { team: 'ops' };
      await tx.insert('tagSet', { id: arn, accountId, resourceType, tags, ...times });
    }
    await tx.insert('iamUser', USER);
    await tx.insert('iamRole', ROLE);
    for (const role of Object.values(TARGETS)) await tx.insert('iamRole', role);
    const bob = { ...USER, id: 'AIDABOBBOBBOBBOBBOBBO', name: 'bob', tags: { team: 'ops' } };
    const arn = userArn('aws', ACCOUNT, '/team/', 'bob');
    await tx.insert('iamUser', { ...bob, arn, permissionsBoundary: BOUNDARY });
  });

  const contextOf = (caller: Caller, { organization }: TestCaller): RequestContext => ({
    caller,
    requestId: '00000000-0000-0000-0000-000000000000',
    origin: { sourceAddress: '::ffff:192.0.2.7', userAgent: 'aws-cli/2' },
    now: NOW,
    settings: { ...lattice.settings, ...organizationOf(organization) },
    newId: () => 'unused',
    targetHealth: { read: () => undefined },
  });

  return {
    store,
    settings: lattice.settings,
    /** What tables call these resources: `<service>` for the ARN, `<service id>` for the id. */
    names: {
      service: serviceArn ?? '',
      listener: listener.arn ?? '',
      rule: rule.arn ?? '',
      network: network.arn ?? '',
      targetGroup: `arn:aws:vpc-lattice:us-west-2:${ACCOUNT}:targetgroup/${targetGroupId}`,
      association: association.arn ?? '',
      vpcAssociation: vpcAssociation.arn ?? '',
      vpc: vpc.arn,
      group: group.arn,
      certificate: certificate.arn,
      foreign: foreign.arn ?? '',
      foreignVpc: foreignVpc.arn,
    } satisfies Readonly<Record<string, string>>,
    /** `allowed`, or `CODE: text` of the refusal. */
    ask: async (who: TestCaller, call: ApiCall): Promise<string> => {
      const { value: caller } = await store.write((tx) => callerOf(tx, who));
      return answerOf(store.read((tx) => assertMayCall(tx, call, contextOf(caller, who))));
    },
    /** The same for AssumeRole of the role `target` that has this trust policy. */
    assume: async (
      who: TestCaller,
      { trust, account = 'own', tags = {} }: TestTarget,
      more: Partial<AssumeRoleRequest> = {},
    ): Promise<string> => {
      const role = TARGETS[account];
      const input = { RoleArn: role.arn, RoleSessionName: 'test', ...more };
      const { value: caller } = await store.write(async (tx) => {
        await tx.update('iamRole', { ...role, tags, trustPolicy: trustText(trust) });
        return callerOf(tx, who);
      });
      const context = contextOf(caller, who);
      const call = { service: 'sts', operation: 'AssumeRole', input } as const;
      return answerOf(
        store.write(async (tx) => {
          await assertMayCall(tx, call, context);
          await runAssumeRole(tx, input, context);
        }),
      );
    },
    /** The same for somebody whom `provider` vouches for. */
    assumeFederated: async (
      provider: string,
      { trust, account = 'own', tags = {} }: TestTarget,
      actions: Assumption['actions'],
    ): Promise<string> => {
      const role = { ...TARGETS[account], tags, trustPolicy: trustText(trust) };
      const nobody = { accountId: '', principalArn: '', accessKeyId: '' };
      const assumption = { roleArn: role.arn, actions, keys: { 'sts:RoleSessionName': 'test' } };
      return answerOf(
        store.write(async (tx) => {
          await tx.update('iamRole', role);
          await assertMayAssumeFederated(tx, provider, assumption, contextOf(nobody, {}));
        }),
      );
    },
  };
};

const answerOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return `${error.code}: ${error.message}`;
  }
};
