/**
 * A million requests through two weighted target groups while their targets are replaced, crash and
 * fail their health checks: `npm run soak [-- --requests N --seed N]`. Ends with exit code 0 only when no
 * request failed and the shares are within 1 % of the weights.
 */
import { parseArgs } from 'node:util';
import { CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateServiceCommand,
  CreateServiceNetworkCommand,
  CreateServiceNetworkServiceAssociationCommand,
  CreateServiceNetworkVpcAssociationCommand,
  CreateTargetGroupCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { loadCredentials } from '../src/cli/credentials.ts';
import { BenchFolder } from './bench-folder.ts';
import { Cleanup, stopOnSignals } from './cleanup.ts';
import { KeepAliveClient } from './load/keep-alive-client.ts';
import { apiClient } from './pergola/api.ts';
import { type Instance, startInstance } from './pergola/instance.ts';
import { TargetFleet } from './soak/target-fleet.ts';

const WEIGHTS = { blue: 70, green: 30 } as const;
type Group = keyof typeof WEIGHTS;
const GROUPS: readonly Group[] = ['blue', 'green'];
const CONNECTIONS = 32;
const DISTURBANCE_EVERY_MS = 400;

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
  },
});
const cleanup = new Cleanup();
stopOnSignals(cleanup);
try {
  process.exitCode = (await soak(Number(values.requests), Number(values.seed))) ? 0 : 1;
} finally {
  await cleanup.run();
}

async function soak(requests: number, seed: number): Promise<boolean> {
  const folder = new BenchFolder(cleanup);
  const instance = await startInstance(
    { cleanup },
    { dataDir: folder.make('soak'), cores: undefined },
  );
  const random = randomFrom(seed);
  const { host, portal, fleets } = await build(instance, random);
  process.stdout.write(`${requests} requests to ${host}, seed ${seed}\n`);

  const answers = { blue: 0, green: 0, failed: 0, broken: 0 };
  const failures = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const disturb = setInterval(() => {
    for (const fleet of fleets) {
      const done = fleet.disturb();
      running.add(done);
      void done.finally(() => running.delete(done));
    }
  }, DISTURBANCE_EVERY_MS);
  const start = performance.now();
  await load(requests, portal, host, (group) => {
    if (group === 'blue' || group === 'green') answers[group]++;
    else if (group === undefined) answers.broken++;
    else {
      answers.failed++;
      failures.set(group, (failures.get(group) ?? 0) + 1);
    }
  });
  clearInterval(disturb);
  const seconds = (performance.now() - start) / 1000;
  await Promise.allSettled(running);

  const total = answers.blue + answers.green;
  const share = (100 * answers.blue) / total;
  process.stdout.write(
    `${total} answered in ${seconds.toFixed(0)} s (${(total / seconds).toFixed(0)} a second), ` +
      `${answers.failed} failed, ${answers.broken} connections broken\n` +
      [...failures].map(([what, count]) => `  ${count} x ${what}\n`).join('') +
      `blue ${share.toFixed(2)} % of ${WEIGHTS.blue} %\n` +
      fleets.map(({ events }, i) => `${GROUPS[i]}: ${JSON.stringify(events)}\n`).join(''),
  );
  return answers.failed === 0 && answers.broken === 0 && Math.abs(share - WEIGHTS.blue) <= 1;
}

async function build(instance: Instance, random: () => number) {
  const options = {
    endpoint: instance.api,
    region: 'us-west-2',
    credentials: loadCredentials(instance.credentialsFile, 'default'),
  };
  const lattice = new VPCLatticeClient(options);
  const { Vpc } = await new EC2Client(options).send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }),
  );
  const vpcId = Vpc!.VpcId!;
  const network = await lattice.send(new CreateServiceNetworkCommand({ name: 'soak' }));
  await lattice.send(
    new CreateServiceNetworkVpcAssociationCommand({
      serviceNetworkIdentifier: network.id!,
      vpcIdentifier: vpcId,
    }),
  );
  const service = await lattice.send(new CreateServiceCommand({ name: 'soak' }));
  await lattice.send(
    new CreateServiceNetworkServiceAssociationCommand({
      serviceNetworkIdentifier: network.id!,
      serviceIdentifier: service.id!,
    }),
  );
  const groups = await Promise.all(
    GROUPS.map((name) =>
      lattice.send(
        new CreateTargetGroupCommand({
          name,
          type: 'IP',
          config: {
            port: 8080,
            protocol: 'HTTP',
            vpcIdentifier: vpcId,
            healthCheck: {
              path: '/health',
              healthCheckIntervalSeconds: 5,
              healthCheckTimeoutSeconds: 2,
              healthyThresholdCount: 2,
            },
          },
        }),
      ),
    ),
  );
  await lattice.send(
    new CreateListenerCommand({
      serviceIdentifier: service.id!,
      name: 'http',
      protocol: 'HTTP',
      defaultAction: {
        forward: {
          targetGroups: GROUPS.map((name, i) => ({
            targetGroupIdentifier: groups[i]!.id!,
            weight: WEIGHTS[name],
          })),
        },
      },
    }),
  );
  const api = apiClient(instance);
  let lastAddress = 0;
  const map = async (port: number): Promise<string> => {
    const number = ++lastAddress;
    const address = `10.0.${number >> 8}.${number & 255}`;
    await api.call('pergola', 'PUT', `/vpcs/${vpcId}/mappings`, {
      body: { address, host: '127.0.0.1', hostPort: port },
    });
    return address;
  };
  const fleets = GROUPS.map(
    (name, i) =>
      new TargetFleet({ cleanup, lattice, targetGroupId: groups[i]!.id!, name, map, random }),
  );
  await Promise.all(fleets.map((fleet) => fleet.grow(4)));
  const portals = await api.call<{ items: readonly { vpcId: string; port: number }[] }>(
    'pergola',
    'GET',
    '/portals',
  );
  const portal = portals.items.find((item) => item.vpcId === vpcId)!.port;
  return { host: service.dnsEntry!.domainName!, portal, fleets };
}

/** Sends `count` requests; `answered` gets the group, a status line that is not 200, or undefined for a broken connection. */
async function load(
  count: number,
  port: number,
  host: string,
  answered: (group: string | undefined) => void,
): Promise<void> {
  const text = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  let sent = 0;
  let ended = 0;
  await new Promise<void>((resolve) => {
    const clients = Array.from(
      { length: CONNECTIONS },
      () =>
        new KeepAliveClient({
          port,
          next: () => {
            if (sent >= count) return undefined;
            sent++;
            return text;
          },
          onAnswer: ({ status, head }) => {
            end(status === 200 ? (/\r\nx-group: (\w+)/.exec(head)?.[1] ?? head) : head);
          },
          onBroken: () => end(undefined),
        }),
    );
    const end = (group: string | undefined): void => {
      answered(group);
      if (++ended % 100_000 === 0) process.stdout.write(`${ended}\n`);
      if (ended < count) return;
      for (const client of clients) client.close();
      resolve();
    };
  });
}

/** A small seeded generator (mulberry32), so that a run can be repeated as far as time allows. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
