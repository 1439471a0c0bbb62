import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_QUOTAS } from '../../src/control/settings.ts';
import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import type { Bench } from '../bench.ts';
import type { Target } from '../target/target.ts';
import { BulkLoad, type Call } from './bulk-load.ts';

export interface ServicePlan {
  readonly name: string;
  /** Beside the default rule, which is a 404. The last one forwards all below /api/. */
  readonly rules: number;
  /** Whether its requests are recorded in an access log. */
  readonly isLogged?: boolean;
  /** HTTP on port 80 unless told, else on 443. What is passed through goes by a custom domain name, without rules. */
  readonly listener?: 'HTTP' | 'HTTPS' | 'TLS_PASSTHROUGH';
  /** In place of the usual one, which speaks HTTP/1.1. */
  readonly target?: PlannedTarget;
}

export interface PlannedTarget {
  readonly port: number;
  /** TCP for what is passed through. */
  readonly protocol?: 'HTTP' | 'HTTPS' | 'TCP';
  /** Absent: HTTP/1.1. */
  readonly version?: 'HTTP1' | 'HTTP2' | 'GRPC';
}

export interface LoadedService {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly listenerId: string;
  readonly targetGroupId: string;
  readonly vpcId: string;
}

/** A data folder on which no Pergola runs. */
export interface LoadedFolder {
  readonly dataDir: string;
  readonly networkId: string;
  readonly services: readonly LoadedService[];
}

/** Services in one transaction; more would make it hold too much. */
const BATCH = 250;

/** An address of the VPC that stands for this machine. */
export const TARGET_ADDRESS = '10.0.0.10';

/**
 * A data folder with one VPC in one service network, and in that the services, each with a listener
 * and a target group of its own with one target. Health checks are off: they would make
 * load of their own.
 */
export const loadFolder = async (
  bench: Pick<Bench, 'cleanup' | 'folder'>,
  target: Pick<Target, 'a'>,
  plans: readonly ServicePlan[],
  limits: Partial<DataPlaneLimits> = {},
): Promise<LoadedFolder> => {
  const dataDir = bench.folder.make('data');
  writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ quotas: RAISED_QUOTAS, limits }));
  const load = await BulkLoad.open(dataDir);
  try {
    const place = await load.transaction(addNetwork);
    const services: LoadedService[] = [];
    for (let i = 0; i < plans.length; i += BATCH) {
      bench.cleanup.assertOpen();
      const batch = plans.slice(i, i + BATCH);
      services.push(
        ...(await load.transaction(async (call) => {
          const added: LoadedService[] = [];
          for (const plan of batch) added.push(await addService(call, place, target.a, plan));
          return added;
        })),
      );
    }
    return { dataDir, networkId: place.networkId, services };
  } finally {
    await load.close();
  }
};

/** As many services as asked for, each with one rule. */
export const manyServices = (count: number): readonly ServicePlan[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `service-${String(i).padStart(5, '0')}`,
    rules: 1,
  }));

/** A folder with the same content, so that the first one stays as it is. */
export const copyFolder = (bench: Bench, { dataDir, ...rest }: LoadedFolder): LoadedFolder => {
  const copy = bench.folder.make('data');
  cpSync(dataDir, copy, { recursive: true });
  return { dataDir: copy, ...rest };
};

/** `count` of the services, evenly spread from the first to the last. */
export const spread = <T>(items: readonly T[], count: number): readonly T[] =>
  Array.from(
    { length: Math.min(count, items.length) },
    (_, i, all = Math.min(count, items.length)) =>
      items[Math.round((i * (items.length - 1)) / Math.max(1, all - 1))] as T,
  );

export const RAISED_QUOTAS = Object.fromEntries(
  Object.keys(DEFAULT_QUOTAS).map((name) => [name, 1_000_000]),
);

interface Place {
  readonly vpcId: string;
  readonly networkId: string;
}

const addNetwork = async (call: Call): Promise<Place> => {
  const { Vpc: vpc } = await call('CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const vpcId = required(vpc?.VpcId);
  await call('PutAddressMapping', { vpcId, address: TARGET_ADDRESS, host: '127.0.0.1' });
  const networkId = required((await call('CreateServiceNetwork', { name: 'bench' })).id);
  await call('CreateServiceNetworkVpcAssociation', {
    serviceNetworkIdentifier: networkId,
    vpcIdentifier: vpcId,
  });
  return { vpcId, networkId };
};

const addService = async (
  call: Call,
  { vpcId, networkId }: Place,
  usualPort: number,
  { name, rules, isLogged = false, listener: protocol = 'HTTP', target }: ServicePlan,
): Promise<LoadedService> => {
  const isPassedThrough = protocol === 'TLS_PASSTHROUGH';
  const customDomainName = isPassedThrough ? `${name}.bench.example` : undefined;
  const service = await call('CreateService', {
    name,
    ...(customDomainName !== undefined && { customDomainName }),
  });
  const serviceIdentifier = required(service.id);
  const port = target?.port ?? usualPort;
  const group = await call('CreateTargetGroup', {
    name,
    type: 'IP',
    config: {
      port,
      protocol: target?.protocol ?? 'HTTP',
      ...(!isPassedThrough && { protocolVersion: target?.version ?? 'HTTP1' }),
      vpcIdentifier: vpcId,
      healthCheck: { enabled: false },
    },
  });
  const targetGroupIdentifier = required(group.id);
  await call('RegisterTargets', {
    targetGroupIdentifier,
    targets: [{ id: TARGET_ADDRESS, port }],
  });
  const forward = { forward: { targetGroups: [{ targetGroupIdentifier }] } };
  const listener = await call('CreateListener', {
    serviceIdentifier,
    name: 'listener',
    protocol,
    port: protocol === 'HTTP' ? 80 : 443,
    defaultAction: isPassedThrough ? forward : { fixedResponse: { statusCode: 404 } },
  });
  const listenerIdentifier = required(listener.id);
  for (let i = 1; i < rules; i += 1) {
    await call('CreateRule', {
      serviceIdentifier,
      listenerIdentifier,
      name: `rule-${i}`,
      priority: i,
      match: { httpMatch: matchOf(i) },
      // Looking at all rules of a service for each that forwards would take long here.
      action: { fixedResponse: { statusCode: 500 } },
    });
  }
  if (!isPassedThrough) {
    await call('CreateRule', {
      serviceIdentifier,
      listenerIdentifier,
      name: 'api',
      priority: Math.max(1, rules),
      match: { httpMatch: { pathMatch: { match: { prefix: '/api/' } } } },
      action: forward,
    });
  }
  await call('CreateServiceNetworkServiceAssociation', {
    serviceNetworkIdentifier: networkId,
    serviceIdentifier,
  });
  if (isLogged) {
    await call('CreateAccessLogSubscription', {
      resourceIdentifier: serviceIdentifier,
      destinationArn: 'arn:aws:logs:us-west-2:123456789012:log-group:bench',
    });
  }
  return {
    id: serviceIdentifier,
    name,
    host: customDomainName ?? required(service.dnsEntry?.domainName),
    listenerId: listenerIdentifier,
    targetGroupId: targetGroupIdentifier,
    vpcId,
  };
};

/** Rules of several kinds before the one that is wanted, none of which matches. */
const matchOf = (i: number) => {
  const path = `/v${i % 7}/resource-${i}`;
  switch (i % 4) {
    case 0:
      return { pathMatch: { match: { exact: path } } };
    case 1:
      return { pathMatch: { match: { prefix: `${path}/` }, caseSensitive: true } };
    case 2:
      return { method: 'POST', pathMatch: { match: { prefix: `/api/resource-${i}/` } } };
    default:
      return {
        pathMatch: { match: { prefix: '/api/' } },
        headerMatches: [{ name: 'x-tenant', match: { exact: `tenant-${i}` } }],
      };
  }
};

export const required = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('an operation left out what it always answers');
  return value;
};
