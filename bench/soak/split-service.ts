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
import { apiClient, sdkOptions } from '../pergola/api.ts';
import { type Instance, startInstance } from '../pergola/instance.ts';
import { seededRandom } from './seeded-random.ts';
import type { Soak } from './soak.ts';
import { TargetFleet } from './target-fleet.ts';

export const WEIGHTS = { blue: 70, green: 30 } as const;
export type Group = keyof typeof WEIGHTS;
const GROUPS: readonly Group[] = ['blue', 'green'];
const DISTURBANCE_EVERY_MS = 400;

/** A service over two weighted groups of targets that come and go. */
export interface SplitService {
  readonly host: string;
  /** Port of the VPC's portal. */
  readonly portal: number;
  /** From now on targets are disturbed, until the function that it answers has been called and is done. */
  disturb(): () => Promise<void>;
  /** What happened to the targets of each group, in a line. */
  events(): string;
}

/** Built by calls of the API, as its users do. */
export const startSplitService = async (
  { options: { seed }, cleanup, folder }: Soak,
  kind: 'http' | 'grpc',
): Promise<SplitService> => {
  const instance = await startInstance(
    { cleanup },
    { dataDir: folder.make('soak'), cores: undefined },
  );
  const { lattice, ec2 } = clientsOf(instance);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const vpcId = Vpc!.VpcId!;
  const { serviceId, host } = await addService(lattice, vpcId);
  const groups = await Promise.all(
    GROUPS.map(async (name) => ({ name, id: await addGroup(lattice, vpcId, name, kind) })),
  );
  await lattice.send(
    new CreateListenerCommand({
      serviceIdentifier: serviceId,
      name: 'http',
      protocol: 'HTTP',
      defaultAction: {
        forward: {
          targetGroups: groups.map(({ name, id }) => ({
            targetGroupIdentifier: id,
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
  const random = seededRandom(seed);
  const fleets = groups.map(
    ({ name, id }) =>
      new TargetFleet({ cleanup, lattice, targetGroupId: id, name, kind, map, random }),
  );
  await Promise.all(fleets.map((fleet) => fleet.grow(4)));
  return {
    host,
    portal: await portalOf(instance, vpcId),
    disturb: () => disturbAll(fleets),
    events: () =>
      fleets.map(({ events }, i) => `${GROUPS[i]}: ${JSON.stringify(events)}`).join('\n'),
  };
};

const clientsOf = (instance: Instance) => {
  const options = sdkOptions(instance);
  return { lattice: new VPCLatticeClient(options), ec2: new EC2Client(options) };
};

const addService = async (lattice: VPCLatticeClient, vpcId: string) => {
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
  return { serviceId: service.id!, host: service.dnsEntry!.domainName! };
};

const addGroup = async (
  lattice: VPCLatticeClient,
  vpcId: string,
  name: Group,
  kind: 'http' | 'grpc',
): Promise<string> => {
  const group = await lattice.send(
    new CreateTargetGroupCommand({
      name,
      type: 'IP',
      config: {
        port: 8080,
        protocol: 'HTTP',
        protocolVersion: kind === 'grpc' ? 'GRPC' : 'HTTP1',
        vpcIdentifier: vpcId,
        healthCheck: {
          enabled: true,
          path: '/health',
          protocolVersion: kind === 'grpc' ? 'HTTP2' : 'HTTP1',
          healthCheckIntervalSeconds: 5,
          healthCheckTimeoutSeconds: 2,
          healthyThresholdCount: 2,
        },
      },
    }),
  );
  return group.id!;
};

const portalOf = async (instance: Instance, vpcId: string): Promise<number> => {
  const { items } = await apiClient(instance).call<{
    items: readonly { vpcId: string; port: number }[];
  }>('pergola', 'GET', '/portals');
  return items.find((item) => item.vpcId === vpcId)!.port;
};

const disturbAll = (fleets: readonly TargetFleet[]): (() => Promise<void>) => {
  const running = new Set<Promise<void>>();
  const timer = setInterval(() => {
    for (const fleet of fleets) {
      const done = fleet.disturb();
      running.add(done);
      void done.finally(() => running.delete(done));
    }
  }, DISTURBANCE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
  };
};
