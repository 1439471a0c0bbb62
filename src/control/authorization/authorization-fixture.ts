import { managedPolicyArn, roleArn, rootArn, userArn } from '../../lattice/iam-arn.ts';
import type { IamRole, IamUser } from '../../lattice/identity.ts';
import type { OrganizationSettings } from '../../lattice/organization.ts';
import { ServiceError } from '../../protocol/service-error.ts';
import type { WriteTransaction } from '../../store/store.ts';
import type { Caller, RequestContext } from '../operation.ts';
import {
  ACCOUNT,
  forwardTo,
  NOW,
  OTHER_ACCOUNT,
  openShop,
} from '../operations/vpc-lattice/lattice-fixture.ts';
import { taggableType } from '../taggable.ts';
import { type ApiCall, assertMayCall } from './assert-may-call.ts';

/** Statements as a test writes them; absent members are `Allow` and `*`. */
export type Statements = readonly Readonly<Record<string, unknown>>[];

/** Who calls in a test, and the policies that bear on it. */
export interface TestCaller {
  readonly as?: 'user' | 'role' | 'root' | 'userSession' | 'rootSession';
  readonly identity?: Statements;
  readonly boundary?: Statements;
  /** Only sessions of roles have one. */
  readonly session?: Statements;
  /** Service control policies, a list of statements a level. */
  readonly organization?: readonly Statements[];
}

export const policyText = (statements: Statements): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      Effect: 'Allow',
      ...('NotResource' in statement ? {} : { Resource: '*' }),
      ...statement,
    })),
  });

const times = { createdAt: NOW.toISOString(), lastUpdatedAt: NOW.toISOString() };
const BOUNDARY = managedPolicyArn('aws', ACCOUNT, '/', 'limit');

const USER: IamUser = {
  id: 'AIDAADAADAADAADAADAAD',
  accountId: ACCOUNT,
  name: 'ada',
  path: '/team/',
  arn: userArn('aws', ACCOUNT, '/team/', 'ada'),
  inlinePolicies: [],
  tags: { team: 'shop' },
  ...times,
};
const ROLE: IamRole = {
  id: 'AROADEPLOYDEPLOYDEPLO',
  accountId: ACCOUNT,
  name: 'deploy',
  path: '/',
  arn: roleArn('aws', ACCOUNT, '/', 'deploy'),
  inlinePolicies: [],
  trustPolicy: '{}',
  maxSessionSeconds: 3600,
  tags: { team: 'shop' },
  ...times,
};

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
    const bob = { ...USER, id: 'AIDABOBBOBBOBBOBBOBBO', name: 'bob', tags: { team: 'ops' } };
    const arn = userArn('aws', ACCOUNT, '/team/', 'bob');
    await tx.insert('iamUser', { ...bob, arn, permissionsBoundary: BOUNDARY });
  });

  return {
    store,
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
      const context: RequestContext = {
        caller,
        requestId: '00000000-0000-0000-0000-000000000000',
        origin: { sourceAddress: '::ffff:192.0.2.7', userAgent: 'aws-cli/2' },
        now: NOW,
        settings: { ...lattice.settings, ...organizationOf(who.organization) },
        newId: () => 'unused',
        targetHealth: { read: () => undefined },
      };
      try {
        await store.read((tx) => assertMayCall(tx, call, context));
        return 'allowed';
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        return `${error.code}: ${error.message}`;
      }
    },
  };
};

const callerOf = async (tx: WriteTransaction, who: TestCaller): Promise<Caller> => {
  const { as = who.session === undefined ? 'user' : 'role', identity = [], boundary } = who;
  const inlinePolicies = identity.length === 0 ? [] : [inline(identity)];
  await tx.delete('managedPolicy', 'ANPALIMITLIMITLIMITLI');
  if (boundary !== undefined) {
    await tx.insert('managedPolicy', {
      id: 'ANPALIMITLIMITLIMITLI',
      accountId: ACCOUNT,
      name: 'limit',
      path: '/',
      arn: BOUNDARY,
      defaultVersionId: 'v1',
      versions: [{ id: 'v1', document: policyText(boundary), createdAt: NOW.toISOString() }],
      nextVersion: 2,
      tags: {},
      ...times,
    });
  }
  const limit = boundary === undefined ? {} : { permissionsBoundary: BOUNDARY };
  await tx.update('iamUser', { ...USER, inlinePolicies, ...limit });
  await tx.update('iamRole', { ...ROLE, inlinePolicies, ...limit });
  return CALLERS[as](who);
};

const inline = (statements: Statements) => ({ name: 'own', document: policyText(statements) });

const seconds = NOW.getTime() / 1000;
const session = { accountId: ACCOUNT, issuedAt: seconds - 60, expiresAt: seconds + 600 };
const root = { accountId: ACCOUNT, principalArn: rootArn(ACCOUNT), accessKeyId: 'AKIAROOT' };
const user = { ...root, principalArn: USER.arn, accessKeyId: 'AKIAUSER', userId: USER.id };

const CALLERS: Readonly<Record<NonNullable<TestCaller['as']>, (who: TestCaller) => Caller>> = {
  root: () => root,
  rootSession: () => ({
    ...root,
    session: {
      ...session,
      kind: 'root',
      accessKeyId: 'ASIAROOT',
      principalArn: root.principalArn,
      principalId: ACCOUNT,
    },
  }),
  user: () => user,
  userSession: () => ({
    ...user,
    session: {
      ...session,
      kind: 'user',
      accessKeyId: 'ASIAUSER',
      principalArn: USER.arn,
      principalId: USER.id,
      userId: USER.id,
    },
  }),
  role: (who) => {
    const principalArn = `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/night`;
    return {
      accountId: ACCOUNT,
      principalArn,
      accessKeyId: 'ASIAROLE',
      session: {
        ...session,
        kind: 'assumedRole',
        accessKeyId: 'ASIAROLE',
        principalArn,
        principalId: `${ROLE.id}:night`,
        roleArn: ROLE.arn,
        roleId: ROLE.id,
        sessionName: 'night',
        tags: { shift: 'late' },
        ...(who.session === undefined ? {} : { sessionPolicy: policyText(who.session) }),
      },
    };
  },
};

const organizationOf = (
  levels: readonly Statements[] | undefined,
): { readonly organization?: OrganizationSettings } =>
  levels === undefined
    ? {}
    : {
        organization: {
          id: 'o-a1b2c3d4e5',
          accounts: { [ACCOUNT]: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/' },
          serviceControlPolicies: levels.map((statements, i) => ({
            name: `level ${i}`,
            targets: [['r-ab12', 'ou-ab12-11111111', ACCOUNT][i] ?? ''],
            document: policyText(statements),
          })),
        },
      };
