import { managedPolicyArn, roleArn, rootArn, userArn } from '../../lattice/iam-arn.ts';
import type { IamRole, IamUser } from '../../lattice/identity.ts';
import type { OrganizationSettings } from '../../lattice/organization.ts';
import type { WriteTransaction } from '../../store/store.ts';
import type { Caller } from '../operation.ts';
import { ACCOUNT, NOW } from '../operations/vpc-lattice/lattice-fixture.ts';

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
  /** Of the user or role; `team` is `shop` when absent. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of a session of a role; `shift` is `late` when absent. */
  readonly sessionTags?: Readonly<Record<string, string>>;
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

export const times = { createdAt: NOW.toISOString(), lastUpdatedAt: NOW.toISOString() };
export const BOUNDARY = managedPolicyArn('aws', ACCOUNT, '/', 'limit');

export const USER: IamUser = {
  id: 'AIDAADAADAADAADAADAAD',
  accountId: ACCOUNT,
  name: 'ada',
  path: '/team/',
  arn: userArn('aws', ACCOUNT, '/team/', 'ada'),
  inlinePolicies: [],
  tags: { team: 'shop' },
  ...times,
};
export const ROLE: IamRole = {
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

/** Gives the policies to the user and the role, and answers who calls. */
export const callerOf = async (tx: WriteTransaction, who: TestCaller): Promise<Caller> => {
  const { as = who.session === undefined ? 'user' : 'role', identity = [], boundary } = who;
  const { tags = USER.tags } = who;
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
  await tx.update('iamUser', { ...USER, tags, inlinePolicies, ...limit });
  await tx.update('iamRole', { ...ROLE, tags, inlinePolicies, ...limit });
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
        tags: who.sessionTags ?? { shift: 'late' },
        ...(who.session === undefined ? {} : { sessionPolicy: policyText(who.session) }),
      },
    };
  },
};

export const organizationOf = (
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
