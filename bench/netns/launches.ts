import { once } from 'node:events';
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { NamespaceEntry } from '../../src/underlay/netns/namespace-entry.ts';
import { namespacePrefix, vpcNamespace } from '../../src/underlay/netns/network-names.ts';
import type { Bench } from '../bench.ts';
import { sdkOptions } from '../pergola/api.ts';
import { IMAGE } from '../pergola/inhabit-folder.ts';
import { startInstance } from '../pergola/instance.ts';
import { quantile } from '../statistics.ts';
import { type Place, placeIn } from './place.ts';

export interface LaunchTimes {
  readonly launches: number;
  /** From the call of RunInstances, in milliseconds. */
  readonly answered: Quantiles;
  readonly reached: Quantiles;
}

interface Quantiles {
  readonly p50: number;
  readonly p99: number;
}

/** Of the subnet, which AWS gives to nobody: where `pergola exec --vpc` runs. */
const CLIENTS_ADDRESS = '10.0.0.3';
/** Nobody listens there: an instance answers by itself. */
const PORT = 9;
const PATIENCE_MS = 10_000;

/** RunInstances by AWS's API, until a neighbour in the VPC gets an answer from the instance. */
export const measureLaunches = async (
  bench: Bench,
  entry: NamespaceEntry,
): Promise<LaunchTimes> => {
  const dataDir = bench.folder.make('launches');
  const instance = await startInstance(bench, {
    dataDir,
    cores: bench.cores.all,
    workers: 1,
    underlay: 'netns',
  });
  const ec2 = new EC2Client(sdkOptions(instance));
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc!.VpcId!;
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
  const namespace = vpcNamespace(namespacePrefix(dataDir), VpcId);
  const neighbour = placeIn(entry, namespace, CLIENTS_ADDRESS);
  const launches = bench.options.quick ? 10 : 60;
  const answered: number[] = [];
  const reached: number[] = [];
  bench.say(`launching ${launches} instances, one after the other`);
  // The first one warms up, and does not count.
  for (let i = 0; i <= launches; i += 1) {
    const start = performance.now();
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        SubnetId: Subnet!.SubnetId!,
        ImageId: IMAGE,
        MinCount: 1,
        MaxCount: 1,
      }),
    );
    const answeredAt = performance.now();
    await untilReached(neighbour, Instances![0]!.PrivateIpAddress!);
    if (i === 0) continue;
    answered.push(answeredAt - start);
    reached.push(performance.now() - start);
  }
  ec2.destroy();
  await instance.stop();
  return { launches, answered: quantilesOf(answered), reached: quantilesOf(reached) };
};

/** @throws when nobody answers */
const untilReached = async (from: Place, address: string): Promise<void> => {
  const socket = from.dial(address, PORT);
  const timer = setTimeout(() => socket.destroy(new Error(`${address} is silent`)), PATIENCE_MS);
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  clearTimeout(timer);
  if (error.code !== 'ECONNREFUSED') throw error;
};

const quantilesOf = (times: readonly number[]): Quantiles => ({
  p50: quantile(times, 0.5),
  p99: quantile(times, 0.99),
});
