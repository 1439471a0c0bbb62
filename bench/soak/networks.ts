import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { NamespaceEntry } from '../../src/underlay/netns/namespace-entry.ts';
import { namespacePrefix } from '../../src/underlay/netns/network-names.ts';
import { OwnLoad } from '../load/own-load.ts';
import { openEntry } from '../netns/open-entry.ts';
import { placesOf } from '../netns/places-of.ts';
import { tracesOf } from '../netns/traces.ts';
import { sdkOptions } from '../pergola/api.ts';
import { loadFolder } from '../pergola/data-folder.ts';
import { IMAGE, inhabitFolder } from '../pergola/inhabit-folder.ts';
import { type Instance, launchInstance, startInstance } from '../pergola/instance.ts';
import { readProcess } from '../proc.ts';
import { startTarget } from '../target/target.ts';
import { seededRandom } from './seeded-random.ts';
import type { Soak } from './soak.ts';

const USUAL_ROUNDS = 20;
const CONNECTIONS = 16;
const PORTS = { a: 8080, b: 8081 };
/** Workers that another instance has relieved may finish what they have. */
const PATIENCE_MS = 10_000;

/**
 * Lives of VPCs as network namespaces, one after the other: traffic, changes, `kill -9` in the middle of
 * both, and now and then of a start, too; a restart; an end. Holds when no request failed while anybody was there to
 * carry it, and nothing is left behind.
 */
export const soakNetworks = async (soak: Soak): Promise<boolean | 'skipped'> => {
  const entry = await openEntry();
  if (entry instanceof Error) {
    soak.say(entry.message);
    return 'skipped';
  }
  const rounds = soak.options.rounds ?? USUAL_ROUNDS;
  const random = seededRandom(soak.options.seed);
  let holds = true;
  for (let round = 1; round <= rounds; round += 1) {
    const start = performance.now();
    const faults = await liveOnce(soak, entry, random);
    holds &&= faults.length === 0;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const outcome = faults.length === 0 ? 'nothing left' : faults.join('; ');
    soak.say(`round ${round} of ${rounds}, ${seconds} s: ${outcome}`);
  }
  return holds;
};

const liveOnce = async (
  soak: Soak,
  entry: NamespaceEntry,
  random: () => number,
): Promise<readonly string[]> => {
  const { cleanup } = soak;
  const faults: string[] = [];
  const folder = await loadFolder(soak, PORTS, [{ name: 'service', rules: 1, isLogged: true }]);
  const inhabitants = await inhabitFolder(folder);
  const { dataDir, services } = folder;
  const before = await tracesOf(namespacePrefix(dataDir));
  const options = { dataDir, cores: undefined, underlay: 'netns' } as const;
  const { target: place, approach } = placesOf(entry, dataDir, inhabitants);
  const requests = [{ host: services[0]?.host ?? '', path: '/api/items/42' }];
  const carry = async (seconds: number): Promise<void> => {
    const plan = { port: 80, approach, requests, connections: CONNECTIONS, seconds };
    const result = await new OwnLoad(cleanup).run(plan);
    if (result.failed > 0) faults.push(`${result.failed} of ${result.requests} requests failed`);
  };

  const first = await startInstance(soak, options);
  const processes = processesOf(first);
  await startTarget(soak, { place, ports: PORTS });
  const load = carry(2);
  // Somewhere in there it is killed.
  const changes = changeNetworks(first).catch(() => {});
  await pause(100 + 1200 * random());
  process.kill(first.controlPid, 'SIGKILL');
  await Promise.all([load, changes, first.ended]);

  if (random() < 0.5) {
    const { running, ready } = launchInstance(soak, options);
    ready.catch(() => {});
    await pause(1500 * random());
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
  }
  const second = await startInstance(soak, options);
  processes.push(...processesOf(second));
  await startTarget(soak, { place, ports: PORTS });
  await carry(1);
  await changeNetworks(second);

  if (random() < 0.5) {
    process.kill(second.controlPid, 'SIGKILL');
    await second.ended;
    // Which has no networks of its own, and removes those that are left.
    await end(await startInstance(soak, { dataDir, cores: undefined }), faults);
  } else {
    await end(second, faults);
  }
  await untilEnded(processes, faults);
  const after = await tracesOf(namespacePrefix(dataDir));
  faults.push(...after.filter((trace) => !before.includes(trace)).map((trace) => `left: ${trace}`));
  faults.push(...before.filter((trace) => !after.includes(trace)).map((trace) => `gone: ${trace}`));
  return faults;
};

/** A VPC with instances comes and goes. */
const changeNetworks = async (instance: Instance): Promise<void> => {
  const ec2 = new EC2Client({ ...sdkOptions(instance), maxAttempts: 1 });
  try {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const { VpcId } = Vpc!;
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
    const { SubnetId } = Subnet!;
    const launch = { SubnetId, ImageId: IMAGE, MinCount: 3, MaxCount: 3 };
    const { Instances } = await ec2.send(new RunInstancesCommand(launch));
    const InstanceIds = Instances!.map(({ InstanceId }) => InstanceId!);
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    await ec2.send(new DeleteVpcCommand({ VpcId }));
  } finally {
    ec2.destroy();
  }
};

const end = async (instance: Instance, faults: string[]): Promise<void> => {
  await instance.stop();
  const how = await instance.ended;
  if (how !== 'exit code 0') faults.push(`pergola ended with ${how}`);
};

type Process = NonNullable<ReturnType<typeof readProcess>>;

const processesOf = (instance: Instance): Process[] =>
  [instance.controlPid, ...instance.workerPids()]
    .map(readProcess)
    .filter((facts) => facts !== undefined);

const untilEnded = async (processes: readonly Process[], faults: string[]): Promise<void> => {
  const isThere = ({ pid, startedAt }: Process) => readProcess(pid)?.startedAt === startedAt;
  for (const start = Date.now(); processes.some(isThere); await pause(50)) {
    if (Date.now() - start < PATIENCE_MS) continue;
    faults.push(`still running: ${processes.filter(isThere).map(({ pid }) => pid)}`);
    return;
  }
};
