import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const isThere = await isOnPath('aws', '--version');
if (!isThere) console.warn('skipped: the AWS CLI is not on PATH (aws --version)');

describe.skipIf(!isThere)('an unmodified AWS CLI', () => {
  let instance: TestInstance;
  let target: Server;

  beforeAll(async () => {
    target = createServer((request, response) => {
      response.end(`target saw ${request.method} ${request.url}\n`);
    });
    await new Promise<void>((resolve) => {
      target.listen(0, '127.0.0.1', resolve);
    });
    instance = await startInstance();
  });
  afterAll(async () => {
    target?.close();
    expect(await instance?.stop()).toBe(0);
  });

  const raw = (...parameters: string[]) => runProgram('aws', parameters, { env: instance.env });

  const aws = async (...parameters: string[]) => {
    const { code, stdout, stderr } = await raw(...parameters, '--output', 'json');
    if (code !== 0) throw new Error(`aws ${parameters.join(' ')}: ${stderr}`);
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  };
  const lattice = (...parameters: string[]) => aws('vpc-lattice', ...parameters);

  test('builds a network, sends traffic through it, changes it and takes it down', async () => {
    const identity = await aws('sts', 'get-caller-identity');
    expect(identity.Account).toMatch(/^\d{12}$/);

    const { Vpc: vpc } = await aws(
      'ec2',
      'create-vpc',
      '--cidr-block',
      '10.7.0.0/16',
      '--tag-specifications',
      'ResourceType=vpc,Tags=[{Key=Name,Value=cli}]',
    );
    const found = await aws('ec2', 'describe-vpcs', '--filters', 'Name=tag:Name,Values=cli');
    expect(found.Vpcs.map((item: { VpcId: string }) => item.VpcId)).toEqual([vpc.VpcId]);
    const group = await aws(
      'ec2',
      'create-security-group',
      '--group-name',
      'clients',
      '--description',
      'clients',
      '--vpc-id',
      vpc.VpcId,
    );
    await aws(
      'ec2',
      'authorize-security-group-ingress',
      '--group-id',
      group.GroupId,
      '--protocol',
      'tcp',
      '--port',
      '80',
      '--cidr',
      '10.7.0.0/16',
    );

    const network = await lattice('create-service-network', '--name', 'cli', '--tags', 'team=cli');
    const service = await lattice('create-service', '--name', 'orders');
    expect(service.dnsEntry.domainName).toMatch(/^orders-0[0-9a-f]{16}\..*\.on\.aws$/);
    const targetGroup = await lattice(
      'create-target-group',
      '--name',
      'orders',
      '--type',
      'IP',
      '--config',
      JSON.stringify({
        port: 80,
        protocol: 'HTTP',
        vpcIdentifier: vpc.VpcId,
        healthCheck: { enabled: false },
      }),
    );
    const registered = await lattice(
      'register-targets',
      '--target-group-identifier',
      targetGroup.id,
      '--targets',
      'id=10.7.0.11,port=80',
    );
    expect(registered.unsuccessful).toEqual([]);
    const forward = (...weights: number[]) =>
      JSON.stringify({
        forward: {
          targetGroups: weights.map((weight) => ({
            targetGroupIdentifier: targetGroup.id,
            weight,
          })),
        },
      });
    const listener = await lattice(
      'create-listener',
      '--service-identifier',
      service.id,
      '--name',
      'http',
      '--protocol',
      'HTTP',
      '--default-action',
      JSON.stringify({ fixedResponse: { statusCode: 404 } }),
    );
    expect(listener.port).toBe(80);
    const rule = await lattice(
      'create-rule',
      '--service-identifier',
      service.arn,
      '--listener-identifier',
      listener.arn,
      '--name',
      'orders',
      '--priority',
      '10',
      '--match',
      JSON.stringify({ httpMatch: { pathMatch: { match: { prefix: '/orders' } } } }),
      '--action',
      forward(100),
    );
    const vpcAssociation = await lattice(
      'create-service-network-vpc-association',
      '--service-network-identifier',
      network.id,
      '--vpc-identifier',
      vpc.VpcId,
    );
    const serviceAssociation = await lattice(
      'create-service-network-service-association',
      '--service-network-identifier',
      network.arn,
      '--service-identifier',
      service.arn,
    );
    expect([vpcAssociation.status, serviceAssociation.status]).toEqual(['ACTIVE', 'ACTIVE']);

    // Real traffic, through the VPC's portal.
    const { port } = target.address() as AddressInfo;
    const pergola = (...parameters: string[]) =>
      runProgram(PERGOLA, parameters, { env: instance.env });
    const mapped = await pergola('map', '--vpc', 'cli', '10.7.0.11:80', `127.0.0.1:${port}`);
    expect(mapped).toMatchObject({ code: 0, stderr: '' });
    const fetchInside = (path: string) =>
      pergola(
        'exec',
        '--vpc',
        'cli',
        '--',
        process.execPath,
        '-e',
        `fetch('http://${service.dnsEntry.domainName}${path}').then(async (r) => console.log(r.status, await r.text()))`,
      );
    expect((await fetchInside('/orders/7')).stdout).toContain('200 target saw GET /orders/7');
    expect((await fetchInside('/elsewhere')).stdout).toMatch(/^404 /);

    const targets = await lattice('list-targets', '--target-group-identifier', targetGroup.id);
    expect(targets.items).toMatchObject([{ id: '10.7.0.11', port: 80, status: 'UNAVAILABLE' }]);

    // Reads, tags, pages.
    expect((await lattice('get-service', '--service-identifier', service.arn)).id).toBe(service.id);
    expect((await lattice('list-services')).items).toHaveLength(1);
    const rules = await lattice(
      'list-rules',
      '--service-identifier',
      service.id,
      '--listener-identifier',
      listener.id,
      '--page-size',
      '1',
    );
    expect(rules.items).toHaveLength(2);
    await lattice('tag-resource', '--resource-arn', network.arn, '--tags', 'stage=test');
    const tags = await lattice('list-tags-for-resource', '--resource-arn', network.arn);
    expect(tags.tags).toEqual({ team: 'cli', stage: 'test' });
    const tagged = await aws(
      'resourcegroupstaggingapi',
      'get-resources',
      '--tag-filters',
      'Key=team,Values=cli',
    );
    expect(
      tagged.ResourceTagMappingList.map((item: { ResourceARN: string }) => item.ResourceARN),
    ).toEqual([network.arn]);

    // A change is in force when it is answered.
    await lattice(
      'update-rule',
      '--service-identifier',
      service.id,
      '--listener-identifier',
      listener.id,
      '--rule-identifier',
      rule.id,
      '--action',
      JSON.stringify({ fixedResponse: { statusCode: 404 } }),
    );
    expect((await fetchInside('/orders/7')).stdout).toMatch(/^404 /);

    // In use: refused; in order: gone.
    const refused = await raw('vpc-lattice', 'delete-service', '--service-identifier', service.id);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('ConflictException');
    await lattice(
      'delete-service-network-service-association',
      '--service-network-service-association-identifier',
      serviceAssociation.id,
    );
    await lattice(
      'delete-service-network-vpc-association',
      '--service-network-vpc-association-identifier',
      vpcAssociation.id,
    );
    await lattice('delete-service', '--service-identifier', service.id);
    await lattice(
      'deregister-targets',
      '--target-group-identifier',
      targetGroup.id,
      '--targets',
      'id=10.7.0.11,port=80',
    );
    await lattice('delete-target-group', '--target-group-identifier', targetGroup.id);
    await lattice('delete-service-network', '--service-network-identifier', network.id);
    await aws('ec2', 'delete-security-group', '--group-id', group.GroupId);
    await aws('ec2', 'delete-vpc', '--vpc-id', vpc.VpcId);
    for (const list of ['list-services', 'list-service-networks', 'list-target-groups']) {
      expect((await lattice(list)).items).toEqual([]);
    }
  });

  const refusals = [
    {
      name: 'a resource that is not there',
      parameters: ['get-service', '--service-identifier', 'svc-00000000000000000'],
      error: 'ResourceNotFoundException',
    },
    {
      name: 'a name that breaks the rules',
      parameters: ['create-service-network', '--name', 'No_Capitals'],
      error: 'ValidationException',
    },
    {
      name: 'an operation that is not built yet',
      parameters: ['list-resource-gateways'],
      error: 'docs/coverage.md',
    },
  ];
  test.each(refusals)('shows an error for $name', async ({ parameters, error }) => {
    const { code, stderr } = await raw('vpc-lattice', ...parameters);
    expect(code).not.toBe(0);
    expect(stderr).toContain(error);
  });

  test('is told both regions when it signs for another one', async () => {
    const { code, stderr } = await raw('vpc-lattice', 'list-services', '--region', 'eu-west-1');
    expect(code).not.toBe(0);
    expect(stderr).toContain('eu-west-1');
    expect(stderr).toContain('us-west-2');
  });
});
