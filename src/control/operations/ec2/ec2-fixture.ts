import { randomId } from '../../../lattice/ids.ts';
import type { Ec2OperationName, Ec2Operations } from '../../../protocol/generated/ec2.ts';
import { openSqliteStore } from '../../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../../store/store.ts';
import type { NetworkReport } from '../../network-report.ts';
import type { Operation, RequestContext } from '../../operation.ts';
import { DEFAULT_CONTROL_SETTINGS, DEFAULT_QUOTAS, type Quotas } from '../../settings.ts';
import { refusalOf, runOperation } from '../operation-fixture.ts';
import { ec2Operations } from './registry.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

/** For tests: runs ec2 operations on an in-memory store, each in its own transaction. */
export class Ec2Fixture {
  readonly store: Store;
  accountId = ACCOUNT;
  readonly quotas: Quotas;
  /** With which accounts a subnet is shared, by its id. */
  sharedSubnets: Readonly<Record<string, readonly string[]>> = {};
  /** As an underlay that makes machines; absent: instances are records. */
  networks: NetworkReport | undefined;
  readonly #start = Date.UTC(2026, 0, 1);
  #seconds = 0;

  constructor(store: Store, quotas: Partial<Quotas>) {
    this.store = store;
    this.quotas = { ...DEFAULT_QUOTAS, ...quotas };
  }

  static async open(quotas: Partial<Quotas> = {}): Promise<Ec2Fixture> {
    return new Ec2Fixture(await openSqliteStore({ memory: true }), quotas);
  }

  /** One second passes with each call. */
  async call<N extends Ec2OperationName>(
    name: N,
    input: Ec2Operations[N]['input'],
  ): Promise<Ec2Operations[N]['output']> {
    this.#seconds += 1;
    const context: RequestContext = {
      caller: {
        accountId: this.accountId,
        principalArn: `arn:aws:iam::${this.accountId}:root`,
        accessKeyId: 'AKIDEXAMPLE',
      },
      requestId: `request-${this.#seconds}`,
      now: new Date(this.#start + this.#seconds * 1000),
      settings: {
        ...DEFAULT_CONTROL_SETTINGS,
        quotas: this.quotas,
        sharedSubnets: this.sharedSubnets,
      },
      newId: randomId,
      targetHealth: { read: () => undefined },
      ...(this.networks !== undefined && { networks: this.networks }),
    };
    const operation = ec2Operations[name] as unknown as Operation<
      Ec2Operations[N]['input'],
      Ec2Operations[N]['output']
    >;
    return runOperation(operation, this.store, input, context);
  }

  /** Time in which nothing is called. */
  pass(seconds: number): void {
    this.#seconds += seconds;
  }

  /** `CODE: text` of the error with which the call ends, which must have changed nothing. */
  async refusal<N extends Ec2OperationName>(
    name: N,
    input: Ec2Operations[N]['input'],
  ): Promise<string> {
    return refusalOf(this.store, name, () => this.call(name, input));
  }

  async vpc(CidrBlock = '10.0.0.0/16', more: { AmazonProvidedIpv6CidrBlock?: boolean } = {}) {
    return (await this.call('CreateVpc', { CidrBlock, ...more })).Vpc!.VpcId!;
  }

  async subnet(VpcId: string, CidrBlock = '10.0.1.0/24') {
    return (await this.call('CreateSubnet', { VpcId, CidrBlock })).Subnet!.SubnetId!;
  }

  /** The first /64 of the VPC, which has to have an IPv6 block. */
  async ipv6Block(VpcId: string) {
    const { Vpcs } = await this.call('DescribeVpcs', { VpcIds: [VpcId] });
    const [association] = Vpcs![0]!.Ipv6CidrBlockAssociationSet!;
    return association!.Ipv6CidrBlock!.replace('/56', '/64');
  }

  /** An IPv6-only one. */
  async ipv6Subnet(VpcId: string, Ipv6CidrBlock: string) {
    const input = { VpcId, Ipv6Native: true, Ipv6CidrBlock };
    return (await this.call('CreateSubnet', input)).Subnet!.SubnetId!;
  }

  async group(VpcId: string, GroupName = 'web') {
    const answer = await this.call('CreateSecurityGroup', {
      VpcId,
      GroupName,
      Description: 'test',
    });
    return answer.GroupId!;
  }
}
