import { dnsEntryOf } from '../../../lattice/dns-entry.ts';
import { randomId } from '../../../lattice/ids.ts';
import type { DnsEntry, Service } from '../../../lattice/resources.ts';
import type { Vpc } from '../../../lattice/vpc.ts';
import type { Change, Route53OperationName } from '../../../protocol/generated/route53.ts';
import { openSqliteStore } from '../../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../../store/store.ts';
import type { Operation, RequestContext } from '../../operation.ts';
import { DEFAULT_CONTROL_SETTINGS, DEFAULT_QUOTAS, type Quotas } from '../../settings.ts';
import { refusalOf, runOperation } from '../operation-fixture.ts';
import { route53Operations } from './registry.ts';
import type { Input, Output } from './route53-operation.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const VPC = { VPCId: 'vpc-1', VPCRegion: 'us-west-2' } as const;

/** For tests: runs route53 operations on a store in memory, with a clock that stands still. */
export class Route53 {
  readonly store: Store;
  readonly quotas: Quotas;
  accountId = ACCOUNT;

  constructor(store: Store, quotas: Partial<Quotas>) {
    this.store = store;
    this.quotas = { ...DEFAULT_QUOTAS, ...quotas };
  }

  /** With `vpc-1` and `vpc-2`, and `vpc-3` of another account. */
  static async open(quotas: Partial<Quotas> = {}): Promise<Route53> {
    const store = await openSqliteStore({ memory: true });
    await store.write(async (tx) => {
      for (const id of ['vpc-1', 'vpc-2']) {
        await tx.insert('vpc', aVpc(id, ACCOUNT));
      }
      await tx.insert('vpc', aVpc('vpc-3', OTHER_ACCOUNT));
    });
    return new Route53(store, quotas);
  }

  async call<N extends Route53OperationName>(name: N, input: Input<N>): Promise<Output<N>> {
    const operation = route53Operations[name] as unknown as Operation<Input<N>, Output<N>>;
    const context: RequestContext = {
      caller: {
        accountId: this.accountId,
        principalArn: `arn:aws:iam::${this.accountId}:root`,
        accessKeyId: 'AKIDEXAMPLE',
      },
      requestId: '00000000-0000-0000-0000-000000000000',
      now: new Date('2027-01-01T00:00:00.000Z'),
      settings: { ...DEFAULT_CONTROL_SETTINGS, quotas: this.quotas },
      newId: randomId,
      targetHealth: { read: () => undefined },
    };
    return runOperation(operation, this.store, input, context);
  }

  /** `CODE: text` of the error with which the call ends, which must have changed nothing. */
  async refusal<N extends Route53OperationName>(name: N, input: Input<N>): Promise<string> {
    return refusalOf(this.store, name, () => this.call(name, input));
  }

  /** The id of a new zone, in `vpc-1` unless told otherwise. */
  async zone(name = 'shop.example', vpc: Input<'CreateHostedZone'>['VPC'] = VPC): Promise<string> {
    const input = { Name: name, CallerReference: `${name} ${vpc.VPCId}`, VPC: vpc };
    return (await this.call('CreateHostedZone', input)).HostedZone.Id;
  }

  async change(HostedZoneId: string, ...Changes: readonly Change[]): Promise<void> {
    await this.call('ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
  }

  /** The text of the refusal of a batch. */
  async batchRefusal(HostedZoneId: string, ...Changes: readonly Change[]): Promise<string> {
    return this.refusal('ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
  }

  /** `TYPE NAME values` of all record sets. */
  async records(HostedZoneId: string): Promise<readonly string[]> {
    const answer = await this.call('ListResourceRecordSets', { HostedZoneId });
    return answer.ResourceRecordSets.map(({ Name, Type, ResourceRecords, AliasTarget }) =>
      [
        Type,
        Name,
        ...(ResourceRecords?.map(({ Value }) => Value) ?? []),
        ...(AliasTarget === undefined ? [] : [`-> ${AliasTarget.DNSName}`]),
      ].join(' '),
    );
  }

  /** A service whose generated name aliases may name. */
  async service(): Promise<{ readonly domainName: string; readonly hostedZoneId: string }> {
    const id = randomId('service');
    const entry = dnsEntryOf('orders', id, DEFAULT_CONTROL_SETTINGS);
    await this.store.write((tx) => tx.insert('service', aService(id, entry)));
    return entry;
  }
}

const stored = (id: string, accountId: string) => ({
  id,
  accountId,
  arn: `arn:${id}`,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUpdatedAt: '2026-01-01T00:00:00.000Z',
});

const aVpc = (id: string, accountId: string): Vpc => ({
  ...stored(id, accountId),
  cidrBlock: '10.0.0.0/16',
  cidrAssociationId: `vpc-cidr-assoc-${id}`,
  enableDnsSupport: true,
  enableDnsHostnames: false,
  instanceTenancy: 'default',
  mainRouteTableId: `rtb-${id}`,
  defaultNetworkAclId: `acl-${id}`,
});

const aService = (id: string, dnsEntry: DnsEntry): Service => ({
  ...stored(id, ACCOUNT),
  name: 'orders',
  authType: 'NONE',
  idleTimeoutSeconds: 60,
  dnsEntry,
  status: 'ACTIVE',
});

type Action = Change['Action'];
type Type = Change['ResourceRecordSet']['Type'];

/** A change of a record set with values, which live for 60 s. */
export const records = (
  action: Action,
  type: Type,
  name: string,
  ...values: readonly string[]
): Change => ({
  Action: action,
  ResourceRecordSet: {
    Name: name,
    Type: type,
    TTL: 60,
    ResourceRecords: values.map((Value) => ({ Value })),
  },
});

export const alias = (
  action: Action,
  type: Type,
  name: string,
  zone: string,
  target: string,
): Change => ({
  Action: action,
  ResourceRecordSet: {
    Name: name,
    Type: type,
    AliasTarget: { HostedZoneId: zone, DNSName: target, EvaluateTargetHealth: false },
  },
});
