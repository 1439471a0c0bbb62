import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { onTestFinished } from 'vitest';
import type { UnderlayName } from '../../src/underlay/underlay.ts';
import { PERGOLA, runProgram } from '../e2e/instance.ts';
import { Instance } from '../process/instance.ts';
import { watchPrefix } from './has-namespaces.ts';

/** A VPC with one subnet, in which addresses are given out. */
export interface LabVpc {
  readonly id: string;
  readonly subnetId: string;
  /** Its default group, which lets services reach targets on port 8080. */
  readonly securityGroupId: string;
}

export interface LabService {
  readonly host: string;
  readonly id: string;
  readonly groupId: string;
  /** With the network. */
  readonly associationId: string;
}

/** What came of asking for something: curl's exit code, and what it printed. */
export interface Asked {
  readonly code: number | null;
  readonly text: string;
}

/** Exit code of curl when nobody answered in time. */
export const TIMED_OUT = 28;
/** And when the connection was refused. */
export const REFUSED = 7;

/** Any image will do. */
export const IMAGE = 'ami-00000000000000001';

export interface LabOptions {
  /** netns unless it is said. */
  readonly underlay?: UnderlayName;
  /** On top of this process's own. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly flags?: readonly string[];
}

/** Where a client is: somewhere in a VPC, or on an instance, with its address of that family. */
export type LabPlace =
  | { readonly vpc: string }
  | { readonly instance: string; readonly family?: 4 | 6 };

/** A Pergola with VPCs, and what tests do in them; with either underlay it is the same to them. */
export class Lab {
  readonly pergola: Instance;
  /** Of the names of its namespaces; empty with loopback. */
  readonly prefix: string;
  readonly #ec2: EC2Client;
  readonly #dataDir: string;
  readonly #underlay: UnderlayName;
  /** By id: where they are, and with which addresses. */
  readonly #instances = new Map<string, { vpcId: string; addresses: readonly string[] }>();

  private constructor(pergola: Instance, dataDir: string, underlay: UnderlayName) {
    this.pergola = pergola;
    this.#dataDir = dataDir;
    this.#underlay = underlay;
    const { api, namespacePrefix = '' } = pergola.facts();
    this.prefix = namespacePrefix;
    if (underlay === 'netns') watchPrefix(namespacePrefix);
    this.#ec2 = new EC2Client({
      endpoint: api,
      region: 'us-west-2',
      credentials: credentialsIn(dataDir),
    });
    onTestFinished(() => this.#ec2.destroy());
  }

  static async start(dataDir: string, options: LabOptions = {}): Promise<Lab> {
    const { underlay = 'netns', environment = {}, flags = [] } = options;
    const place = { dataDir, environment };
    const pergola = new Instance(place, '--underlay', underlay, '--workers', '1', ...flags);
    return new Lab(await pergola.ready(), dataDir, underlay);
  }

  /** `10.0.0.0/16`, as every other one, and an IPv6 block of its own; its subnet has both, or IPv6 alone. */
  async vpc(family: 'dual' | 'ipv6Only' = 'dual'): Promise<LabVpc> {
    const { Vpc } = await this.#ec2.send(
      new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
    );
    const VpcId = Vpc!.VpcId!;
    const { Vpcs } = await this.#ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
    const block = Vpcs![0]!.Ipv6CidrBlockAssociationSet![0]!.Ipv6CidrBlock!;
    const { Subnet } = await this.#ec2.send(
      new CreateSubnetCommand({
        VpcId,
        ...(family === 'dual' ? { CidrBlock: '10.0.1.0/24' } : { Ipv6Native: true }),
        Ipv6CidrBlock: block.replace('/56', '/64'),
      }),
    );
    const securityGroupId = await this.#openDefaultGroup(VpcId);
    return { id: VpcId, subnetId: Subnet!.SubnetId!, securityGroupId };
  }

  /** Targets are in the default group, which by itself lets in its members only. */
  async #openDefaultGroup(vpcId: string): Promise<string> {
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    const { SecurityGroups } = await this.#ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    const GroupId = SecurityGroups![0]!.GroupId!;
    const permission = {
      ...{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080 },
      ...{ IpRanges: [{ CidrIp: '169.254.171.0/24' }] },
      ...{ Ipv6Ranges: [{ CidrIpv6: 'fd00:ec2:80::/64' }] },
    };
    await this.#ec2.send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }),
    );
    return GroupId;
  }

  /** An instance; its id and IPv6 address, unless it is to have none. `address`: absent in an IPv6-only subnet. */
  async instance(
    vpc: LabVpc,
    address?: string,
    { hasIpv6 = true } = {},
  ): Promise<{ id: string; ipv6Address: string }> {
    const { Instances } = await this.#ec2.send(
      new RunInstancesCommand({
        SubnetId: vpc.subnetId,
        ...(address !== undefined && {
          PrivateIpAddress: address,
          Ipv6AddressCount: hasIpv6 ? 1 : 0,
        }),
        ImageId: IMAGE,
        MinCount: 1,
        MaxCount: 1,
      }),
    );
    const { InstanceId: id = '', Ipv6Address: ipv6Address = '' } = Instances![0]!;
    const addresses = [address ?? '', ipv6Address].filter((one) => one !== '');
    this.#instances.set(id, { vpcId: vpc.id, addresses });
    return { id, ipv6Address };
  }

  ec2<Output>(run: (client: EC2Client) => Promise<Output>): Promise<Output> {
    return run(this.#ec2);
  }

  call<Output = { id: string; arn: string }>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Output> {
    return this.pergola.client().call<Output>('vpc-lattice', method, path, { body });
  }

  async network(): Promise<string> {
    return (await this.call('POST', '/servicenetworks', { name: 'lab' })).id;
  }

  async associate(networkId: string, vpc: LabVpc): Promise<string> {
    const { id } = await this.call('POST', '/servicenetworkvpcassociations', {
      serviceNetworkIdentifier: networkId,
      vpcIdentifier: vpc.id,
    });
    return id;
  }

  /** A service in the network that leads to one target. */
  async service(
    networkId: string,
    name: string,
    target: {
      readonly vpc: LabVpc;
      readonly type: 'IP' | 'INSTANCE';
      readonly id: string;
      readonly port?: number;
      readonly protocolVersion?: 'GRPC';
      /** Nobody but clients is to cause traffic. */
      readonly isUnchecked?: boolean;
    },
  ): Promise<LabService> {
    const config = {
      port: 8080,
      protocol: 'HTTP',
      vpcIdentifier: target.vpc.id,
      protocolVersion: target.protocolVersion,
      ...(target.id.includes(':') && { ipAddressType: 'IPV6' }),
      healthCheck:
        target.isUnchecked === true
          ? { enabled: false }
          : { enabled: true, healthCheckIntervalSeconds: 5, healthyThresholdCount: 2 },
    };
    const { type } = target;
    const group = await this.call('POST', '/targetgroups', { name, type, config });
    await this.call('POST', `/targetgroups/${group.id}/registertargets`, {
      targets: [{ id: target.id, port: 8080 }],
    });
    const service = await this.call<{ id: string; dnsEntry: { domainName: string } }>(
      'POST',
      '/services',
      { name },
    );
    await this.listener(service.id, target.port ?? 80, group.id);
    const association = await this.call('POST', '/servicenetworkserviceassociations', {
      serviceNetworkIdentifier: networkId,
      serviceIdentifier: service.id,
    });
    return {
      host: service.dnsEntry.domainName,
      id: service.id,
      groupId: group.id,
      associationId: association.id,
    };
  }

  async listener(
    serviceId: string,
    port: number,
    groupId: string,
    protocol: 'HTTP' | 'HTTPS' = 'HTTP',
  ): Promise<string> {
    const { id } = await this.call('POST', `/services/${serviceId}/listeners`, {
      name: `on-${port}`,
      protocol,
      port,
      defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: groupId }] } },
    });
    return id;
  }

  async status(groupId: string): Promise<string> {
    const { items } = await this.call<{ items: { status: string }[] }>(
      'POST',
      `/targetgroups/${groupId}/listtargets`,
    );
    return items[0]!.status;
  }

  /**
   * A target on an instance, at port 8080: it answers who it is, who asked, and in whose name. With
   * loopback it is a program of this machine, to which the addresses of the instance are mapped.
   */
  async serve(instanceId: string, name: string): Promise<ChildProcess> {
    const isReal = this.#underlay === 'netns';
    const script = `const server = require('node:http')
      .createServer((request, response) => response.end(JSON.stringify({
        name: '${name}',
        peer: request.socket.remoteAddress,
        client: request.headers['x-forwarded-for'],
      })))
      .listen(${isReal ? "8080, '::'" : "0, '127.0.0.1'"}, () => console.log(server.address().port))`;
    if (isReal) return this.runServer(instanceId, script);
    const { child, said } = await started([process.execPath, '-e', script]);
    await this.#map(instanceId, Number(said));
    return child;
  }

  /** A program for Node.js that goes on running on an instance, once it has written something. */
  async runServer(instanceId: string, script: string): Promise<ChildProcess> {
    const place = ['--data', this.#dataDir, '--instance', instanceId];
    const { child } = await started([
      PERGOLA,
      'exec',
      ...place,
      '--',
      process.execPath,
      '-e',
      script,
    ]);
    return child;
  }

  /** Port 8080 of an instance is this one of the machine. */
  async #map(instanceId: string, hostPort: number): Promise<void> {
    const { vpcId, addresses } = this.#instances.get(instanceId)!;
    for (const address of addresses) {
      await this.pergola.client().call('pergola', 'PUT', `/vpcs/${vpcId}/mappings`, {
        body: { address, port: 8080, host: '127.0.0.1', hostPort },
      });
    }
  }

  /** curl, from inside a VPC or on an instance. */
  async ask(from: LabPlace, host: string, url = 'http://169.254.171.33/'): Promise<Asked> {
    return this.run(from, 'curl', '-sS', '--max-time', '2', '-H', `host: ${host}`, url);
  }

  /** curl by name. With namespaces the name leads to an address of the family, with loopback a proxy is told it. */
  async get(from: LabPlace, host: string): Promise<Asked> {
    const family = 'instance' in from && from.family === 6 ? '-6' : '-4';
    const flags = this.#underlay === 'netns' ? [family] : [];
    return this.run(from, 'curl', '-sS', ...flags, '--max-time', '2', `http://${host}/`);
  }

  /** Any program, from inside a VPC or on an instance. */
  async run(from: LabPlace, ...command: readonly string[]): Promise<Asked> {
    const place = 'vpc' in from ? ['--vpc', from.vpc] : this.#placeOf(from);
    const parameters = ['exec', '--data', this.#dataDir, ...place, '--', ...command];
    const { code, stdout } = await runProgram(PERGOLA, parameters);
    return { code, text: stdout };
  }

  #placeOf({ instance, family = 4 }: { instance: string; family?: 4 | 6 }): readonly string[] {
    if (this.#underlay === 'netns') return ['--instance', instance];
    const { vpcId, addresses } = this.#instances.get(instance)!;
    const address = addresses.find((one) => one.includes(':') === (family === 6))!;
    return ['--vpc', vpcId, '--address', address];
  }

  async stop(): Promise<void> {
    this.pergola.process.kill('SIGTERM');
    await this.pergola.ended;
  }
}

/** A program that goes on running until the test is over, once it has said something. */
const started = async ([command, ...parameters]: readonly string[]) => {
  const child = spawn(command!, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill());
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close').then(() => {
    throw new Error(`the program ended: ${errors}`);
  });
  const saying = once(child.stdout.setEncoding('utf8'), 'data') as Promise<[string]>;
  const [said] = await Promise.race([saying, ended]);
  ended.catch(() => {});
  return { child, said };
};

/** Lines of the access logs, as objects; the last one may still be in the middle of being written. */
export const logLines = (dataDir: string): readonly Record<string, unknown>[] => {
  const folder = join(dataDir, 'logs');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};

const credentialsIn = (dataDir: string) => {
  const text = readFileSync(join(dataDir, 'credentials'), 'utf8');
  const read = (name: string) => new RegExp(`^${name}\\s*=\\s*(\\S+)$`, 'm').exec(text)![1]!;
  return { accessKeyId: read('aws_access_key_id'), secretAccessKey: read('aws_secret_access_key') };
};
