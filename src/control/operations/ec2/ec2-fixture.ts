import { randomId } from '../../../lattice/ids.ts';
import type { Ec2OperationName, Ec2Operations } from '../../../protocol/generated/ec2.ts';
import { ServiceError } from '../../../protocol/service-error.ts';
import { openSqliteStore } from '../../../store/sqlite/sqlite-store.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { DEFAULT_CONTROL_SETTINGS, DEFAULT_QUOTAS, type Quotas } from '../../settings.ts';
import { ec2Operations } from './registry.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

interface Runnable {
  readonly kind: 'read' | 'write';
  run(tx: WriteTransaction | ReadTransaction, input: unknown, context: RequestContext): unknown;
}

/** For tests: runs ec2 operations on an in-memory store, each in its own transaction. */
export class Ec2Fixture {
  readonly store: Store;
  accountId = ACCOUNT;
  readonly quotas: Quotas;
  /** With which accounts a subnet is shared, by its id. */
  sharedSubnets: Readonly<Record<string, readonly string[]>> = {};
  readonly #start = Date.UTC(2026, 0, 1);
  #calls = 0;

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
    this.#calls += 1;
    const context: RequestContext = {
      caller: {
        accountId: this.accountId,
        principalArn: `arn:aws:iam::${this.accountId}:root`,
        accessKeyId: 'AKIDEXAMPLE',
      },
      requestId: `request-${this.#calls}`,
      now: new Date(this.#start + this.#calls * 1000),
      settings: {
        ...DEFAULT_CONTROL_SETTINGS,
        quotas: this.quotas,
        sharedSubnets: this.sharedSubnets,
      },
      newId: randomId,
      targetHealth: { read: () => undefined },
    };
    const operation = ec2Operations[name] as unknown as Runnable;
    const answer =
      operation.kind === 'read'
        ? this.store.read(async (tx) => operation.run(tx, input, context))
        : this.store
            .write(async (tx) => operation.run(tx, input, context))
            .then(({ value }) => value);
    return (await answer) as Ec2Operations[N]['output'];
  }

  /** `CODE: text` of the error with which the call ends, which must have changed nothing. */
  async refusal<N extends Ec2OperationName>(
    name: N,
    input: Ec2Operations[N]['input'],
  ): Promise<string> {
    const before = this.store.revision();
    try {
      await this.call(name, input);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (this.store.revision() !== before) throw new Error(`${name} failed but changed something`);
      return `${error.code}: ${error.message}`;
    }
    throw new Error(`${name} did not fail`);
  }

  async vpc(CidrBlock = '10.0.0.0/16', more: { AmazonProvidedIpv6CidrBlock?: boolean } = {}) {
    return (await this.call('CreateVpc', { CidrBlock, ...more })).Vpc!.VpcId!;
  }

  async subnet(VpcId: string, CidrBlock = '10.0.1.0/24') {
    return (await this.call('CreateSubnet', { VpcId, CidrBlock })).Subnet!.SubnetId!;
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
