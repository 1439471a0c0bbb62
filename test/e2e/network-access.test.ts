import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrCreateVpc } from '../../examples/storefront/lattice.ts';
import { ApiClient } from '../../src/cli/api-client.ts';
import { loadCredentials } from '../../src/cli/credentials.ts';
import { xmlText } from '../../src/cli/xml-text.ts';
import type { PathExplanation } from '../../src/protocol/generated/pergola.ts';
import { PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const RULE = {
  'IpPermissions.1.IpProtocol': 'tcp',
  'IpPermissions.1.FromPort': '80',
  'IpPermissions.1.ToPort': '80',
  'IpPermissions.1.IpRanges.1.CidrIp': '10.8.1.0/24',
};

/** A service that answers 404, in a network to which a VPC belongs whose association has a security group. */
describe('who reaches a service of a running instance', () => {
  let instance: TestInstance;
  let vpcId: string;
  let subnetId: string;
  let groupId: string;
  let interfaceId: string;

  const clientOf = (account: string) =>
    new ApiClient({
      api: instance.api,
      region: 'us-west-2',
      credentials: loadCredentials(join(instance.dataDir, 'credentials'), account),
    });
  const ec2 = async (action: string, parameters: Record<string, string>, answer?: string) =>
    xmlText(await clientOf('default').ec2(action, parameters), answer ?? 'return') ?? '';
  const pergola = (...parameters: string[]) =>
    runProgram(PERGOLA, parameters, { env: { ...instance.env, NO_COLOR: '1' } });
  const settings = (more: object) =>
    writeFile(
      join(instance.dataDir, 'settings.json'),
      JSON.stringify({ limits: { deniedHoldMs: 1 }, ...more }),
    );
  /** Ends the instance and starts it again on the same data, with other settings. */
  const restart = async (more: object) => {
    const { dataDir } = instance;
    await settings(more);
    await instance.terminate();
    instance = await startInstance('--data', dataDir, '--workers', '2');
  };

  /** A connection of its own through the portal; the status, or `dropped` where no answer comes. */
  const ask = async (user: string): Promise<number | 'dropped'> => {
    const { port } = new URL((instance.ready['portals'] as Record<string, string>)[vpcId]!);
    const credentials = Buffer.from(`${user}:`).toString('base64');
    const asked = request({
      ...{ host: '127.0.0.1', port, path: 'http://rates.example/', agent: false },
      headers: { 'Proxy-Authorization': `Basic ${credentials}` },
    }).end();
    try {
      const [response] = (await once(asked, 'response')) as [import('node:http').IncomingMessage];
      response.resume();
      return response.statusCode!;
    } catch {
      return 'dropped';
    }
  };

  beforeAll(async () => {
    instance = await startInstance('--workers', '2');
    expect((await pergola('account', 'create', 'partner')).code).toBe(0);
    const client = clientOf('default');
    vpcId = await findOrCreateVpc(client, 'lab', '10.8.0.0/16');
    const inVpc = { VpcId: vpcId };
    subnetId = await ec2('CreateSubnet', { ...inVpc, CidrBlock: '10.8.1.0/24' }, 'subnetId');
    const named = { GroupName: 'clients', GroupDescription: 'who may come in' };
    groupId = await ec2('CreateSecurityGroup', { ...inVpc, ...named }, 'groupId');
    const inSubnet = { SubnetId: subnetId, PrivateIpAddress: '10.8.1.77' };
    interfaceId = await ec2('CreateNetworkInterface', inSubnet, 'networkInterfaceId');
    const post = (path: string, body: object) =>
      client.call<{ id: string }>('vpc-lattice', 'POST', path, { body });
    const network = await post('/servicenetworks', { name: 'open' });
    const service = await post('/services', { name: 'rates', customDomainName: 'rates.example' });
    await post('/servicenetworkvpcassociations', {
      serviceNetworkIdentifier: network.id,
      vpcIdentifier: vpcId,
      securityGroupIds: [groupId],
    });
    await post('/servicenetworkserviceassociations', {
      serviceNetworkIdentifier: network.id,
      serviceIdentifier: service.id,
    });
    const defaultAction = { fixedResponse: { statusCode: 404 } };
    const listener = { name: 'http', protocol: 'HTTP', port: 80, defaultAction };
    await post(`/services/${service.id}/listeners`, listener);
    await restart({});
  });
  afterAll(async () => {
    expect(await instance?.terminate()).toBe(0);
    await rm(instance.dataDir, { recursive: true, force: true });
  });

  test('is decided by what the API answered last, in every worker and under traffic', async () => {
    let isOver = false;
    const others: (number | 'dropped')[] = [];
    const load = (async () => {
      while (!isOver) others.push(await ask(interfaceId));
    })();
    for (let round = 0; round < 10; round += 1) {
      const isOpen = round % 2 === 0;
      const action = isOpen ? 'AuthorizeSecurityGroupIngress' : 'RevokeSecurityGroupIngress';
      await ec2(action, { GroupId: groupId, ...RULE });
      // Connections are any worker's.
      const seen = await Promise.all(Array.from({ length: 8 }, () => ask('10.8.1.9')));
      expect(new Set(seen)).toEqual(new Set([isOpen ? 404 : 'dropped']));
    }
    isOver = true;
    await load;
    // Each of them met whatever was decided at its moment.
    expect(others.length).toBeGreaterThan(0);
    expect([404, 'dropped']).toEqual(expect.arrayContaining([...new Set(others)]));
  });

  test('is explained, counted, and decided by network ACLs, too', async () => {
    const explain = async (from: string, code: number): Promise<PathExplanation> => {
      const said = await pergola('explain', '--json', '--from', from, 'http://rates.example/');
      expect(said.code).toBe(code);
      return (JSON.parse(said.stdout) as readonly PathExplanation[])[0]!;
    };
    const failed = ({ checks }: PathExplanation) => checks.filter(({ passes }) => !passes);
    const closed = await explain(interfaceId, 3);
    expect(closed.from).toMatchObject({ address: '10.8.1.77', subnetId });
    expect(failed(closed)).toMatchObject([
      {
        check: 'security groups of the association',
        advice: [`add a rule to ${groupId} that allows tcp port 80 from 10.8.1.77`],
      },
    ]);
    await ec2('AuthorizeSecurityGroupIngress', { GroupId: groupId, ...RULE });
    await explain('lab/10.8.1.77', 0);
    expect(await ask('10.8.1.77')).toBe(404);

    const aclId = closed.from.networkAclId;
    const entry = { NetworkAclId: aclId, RuleNumber: '50', Egress: 'true' };
    await ec2('CreateNetworkAclEntry', {
      ...{ ...entry, Protocol: '6', RuleAction: 'deny', CidrBlock: '169.254.171.0/24' },
      ...{ 'PortRange.From': '80', 'PortRange.To': '80' },
    });
    expect(await ask('10.8.1.77')).toBe('dropped');
    expect(failed(await explain('lab/10.8.1.77', 3))[0]!.message).toBe(
      `entry 50 of ${aclId} refuses tcp port 80 to 169.254.171.0/24`,
    );
    await ec2('DeleteNetworkAclEntry', entry);
    expect(await ask('10.8.1.77')).toBe(404);

    const dropped = async () => {
      const { portals } = JSON.parse((await pergola('status', '--json')).stdout) as {
        portals: readonly { deniedConnections: number }[];
      };
      return portals[0]!.deniedConnections;
    };
    await expect.poll(dropped).toBeGreaterThan(0);
  });

  test('may say with `pergola call` where it is, too', async () => {
    const call = (address: string) =>
      pergola(
        'call',
        '-i',
        '--anonymous',
        '--vpc',
        vpcId,
        '--address',
        address,
        'http://rates.example/',
      );
    expect((await call('10.8.1.9')).stdout).toMatch(/^HTTP\/1\.1 404/);
    expect(await call('10.8.2.9')).toMatchObject({ code: 1, stdout: '' });
    expect((await call('10.9.1.9')).stdout).toContain('the proxy user is no address of');
    expect(await call('nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('bad address `nowhere`'),
    });
  });

  test('can be a participant of the VPC, as long as its subnet is shared', async () => {
    await restart({ sharedSubnets: { [subnetId]: ['partner'] } });
    const curl = ['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', 'http://rates.example/'];
    const exec = ['exec', '--account', 'partner', '--vpc', vpcId, '--address'];
    expect(await pergola(...exec, '10.8.1.5', '--', ...curl)).toMatchObject({ stdout: '404' });
    expect((await pergola(...exec, '10.8.2.5', '--', ...curl)).stdout).toBe('000');
    expect(await clientOf('partner').ec2('DescribeSubnets')).toContain(subnetId);
    await restart({});
    expect((await pergola(...exec, '10.8.1.5', '--', ...curl)).code).toBe(1);
    expect(await clientOf('partner').ec2('DescribeSubnets')).not.toContain(subnetId);
  });
});
