import type { Certificate } from '../../../lattice/certificate.ts';
import { ID_PREFIXES, type IdKind } from '../../../lattice/ids.ts';
import type { SecurityGroup, Vpc } from '../../../lattice/vpc.ts';
import { ServiceError } from '../../../protocol/service-error.ts';
import { openSqliteStore } from '../../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../../store/store.ts';
import type { RequestContext, TargetHealthReader } from '../../operation.ts';
import { type ControlSettings, DEFAULT_CONTROL_SETTINGS, type Quotas } from '../../settings.ts';
import { vpcLatticeOperations } from './registry.ts';
import type { Input, OperationName, Output } from './shapes.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const NOW = new Date('2026-04-01T12:00:00.000Z');

export interface LatticeOptions {
  readonly settings?: Partial<Omit<ControlSettings, 'quotas'>>;
  readonly quotas?: Partial<Quotas>;
}

/** The error that a call ended with, as a client sees it. */
export interface CallError {
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/**
 * The operations on a store in memory, with ids that count and a clock that stands still: what a
 * test says is all that happens.
 */
export class Lattice {
  readonly store: Store;
  readonly settings: ControlSettings;
  /** By `<group id> <target key>`. */
  readonly health = new Map<string, ReturnType<TargetHealthReader['read']>>();
  now = NOW;
  readonly #counts = new Map<string, number>();

  constructor(store: Store, { settings, quotas }: LatticeOptions) {
    this.store = store;
    this.settings = {
      ...DEFAULT_CONTROL_SETTINGS,
      ...settings,
      quotas: { ...DEFAULT_CONTROL_SETTINGS.quotas, ...quotas },
    };
  }

  /** The answer without members that are absent. @throws what the operation throws */
  async call<N extends OperationName>(
    name: N,
    input: Input<N>,
    accountId = ACCOUNT,
  ): Promise<Output<N>> {
    const operation: (typeof vpcLatticeOperations)[OperationName] = vpcLatticeOperations[name];
    if (operation.kind === 'notBuilt') throw new Error(`${name} is not built`);
    const context = this.#context(accountId);
    const run = operation.run as (tx: unknown, input: unknown, context: unknown) => Promise<never>;
    const answer =
      operation.kind === 'read'
        ? await this.store.read((tx) => run(tx, input, context))
        : (await this.store.write((tx) => run(tx, input, context))).value;
    return withoutUndefined(answer);
  }

  /** The error of a call that must fail, and must not have changed anything. */
  async failure<N extends OperationName>(
    name: N,
    input: Input<N>,
    accountId = ACCOUNT,
  ): Promise<CallError> {
    const before = this.store.revision();
    try {
      await this.call(name, input, accountId);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (this.store.revision() !== before) throw new Error(`${name} failed and changed something`);
      const { code, statusCode, message, members } = error;
      return { code, statusCode, message, members };
    }
    throw new Error(`${name} was expected to fail, and did not`);
  }

  async vpc(overrides: Partial<Vpc> = {}): Promise<Vpc> {
    const id = overrides.id ?? this.#newId('vpc');
    const vpc: Vpc = {
      id,
      accountId: ACCOUNT,
      arn: `arn:aws:ec2:us-west-2:${ACCOUNT}:vpc/${id}`,
      cidrBlock: '10.0.0.0/16',
      cidrAssociationId: this.#newId('vpcCidrAssociation'),
      enableDnsSupport: true,
      enableDnsHostnames: false,
      instanceTenancy: 'default',
      mainRouteTableId: this.#newId('routeTable'),
      defaultNetworkAclId: this.#newId('networkAcl'),
      createdAt: NOW.toISOString(),
      lastUpdatedAt: NOW.toISOString(),
      ...overrides,
    };
    await this.store.write((tx) => tx.insert('vpc', vpc));
    return vpc;
  }

  async securityGroup(vpcId: string, accountId = ACCOUNT): Promise<SecurityGroup> {
    const id = this.#newId('securityGroup');
    const group: SecurityGroup = {
      id,
      accountId,
      arn: `arn:aws:ec2:us-west-2:${accountId}:security-group/${id}`,
      vpcId,
      groupName: id,
      description: '',
      createdAt: NOW.toISOString(),
      lastUpdatedAt: NOW.toISOString(),
    };
    await this.store.write((tx) => tx.insert('securityGroup', group));
    return group;
  }

  /** A certificate of the account's, for `*.example.com`, without content. */
  async certificate(overrides: Partial<Certificate> = {}): Promise<Certificate> {
    const { id = 'c0ffee', accountId = ACCOUNT } = overrides;
    const certificate: Certificate = {
      id,
      accountId,
      arn: `arn:aws:acm:us-west-2:${accountId}:certificate/${id}`,
      type: 'IMPORTED',
      certificatePem: '',
      privateKeyPem: '',
      names: ['*.example.com'],
      keyAlgorithm: 'RSA_2048',
      notBefore: NOW.toISOString(),
      notAfter: '2027-04-01T12:00:00.000Z',
      createdAt: NOW.toISOString(),
      lastUpdatedAt: NOW.toISOString(),
      ...overrides,
    };
    await this.store.write((tx) => tx.insert('certificate', certificate));
    return certificate;
  }

  #context(accountId: string): RequestContext {
    return {
      caller: { accountId, principalArn: `arn:aws:iam::${accountId}:root`, accessKeyId: 'AKIA' },
      requestId: '00000000-0000-0000-0000-000000000000',
      now: this.now,
      settings: this.settings,
      newId: (kind) => this.#newId(kind),
      targetHealth: { read: (group, key) => this.health.get(`${group} ${key}`) },
    };
  }

  #newId(kind: IdKind): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return idNumber(kind, count);
  }
}

export const openLattice = async (options: LatticeOptions = {}): Promise<Lattice> =>
  new Lattice(await openSqliteStore({ memory: true }), options);

/** The id that the `count`th resource of a kind gets. */
export const idNumber = (kind: IdKind, count: number): string =>
  `${ID_PREFIXES[kind]}${String(count).padStart(17, '0')}`;

/** An ARN of the account's. */
export const arnOf = (resource: string, accountId = ACCOUNT): string =>
  `arn:aws:vpc-lattice:us-west-2:${accountId}:${resource}`;

const withoutUndefined = <T extends object>(answer: T): T =>
  Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== undefined)) as T;

/** What most tests of listeners, rules and targets start from. Ids are the first of their kind. */
export const openShop = async (options: LatticeOptions = {}) => {
  const lattice = await openLattice(options);
  const vpc = await lattice.vpc();
  const service = await lattice.call('CreateService', {
    name: 'cart',
    customDomainName: 'cart.example.com',
  });
  const targetGroup = async (
    name: string,
    protocol: 'HTTP' | 'HTTPS' | 'TCP' = 'HTTP',
  ): Promise<string> => {
    const config = { protocol, port: 8080, vpcIdentifier: vpc.id };
    const { id } = await lattice.call('CreateTargetGroup', { name, type: 'IP', config });
    return id ?? '';
  };
  return { lattice, vpc, serviceIdentifier: service.id ?? '', targetGroup };
};

export const NOT_FOUND_ACTION = { fixedResponse: { statusCode: 404 } } as const;

/** An action that forwards to groups, each `[identifier, weight]` or an identifier. */
export const forwardTo = (...groups: (string | readonly [string, number])[]) => ({
  forward: {
    targetGroups: groups.map((group) =>
      typeof group === 'string'
        ? { targetGroupIdentifier: group }
        : { targetGroupIdentifier: group[0], weight: group[1] },
    ),
  },
});
