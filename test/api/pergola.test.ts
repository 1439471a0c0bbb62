import {
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateServiceCommand,
  CreateServiceNetworkCommand,
  CreateServiceNetworkServiceAssociationCommand,
  CreateServiceNetworkVpcAssociationCommand,
  CreateTargetGroupCommand,
  RegisterTargetsCommand,
} from '@aws-sdk/client-vpc-lattice';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_DATA_PLANE, NO_REQUESTS } from '../../src/control/data-plane-report.ts';
import {
  type ControlPlane,
  startControlPlane,
  type TestAccount,
} from '../support/control-plane.ts';
import { signedFetch } from '../support/signed-fetch.ts';

let control: ControlPlane;
let vpcId: string;
const STARTED = new Date('2026-04-01T12:00:00.000Z');
/** With whom subnets are shared, as the settings say it. */
let shared: Record<string, string[]>;

beforeEach(async () => {
  shared = {};
  control = await startControlPlane({
    settings: { sharedSubnets: shared },
    targetHealth: { read: (_group, key) => (key === '10.0.0.7/8080' ? 'HEALTHY' : undefined) },
    dataPlane: {
      ...NO_DATA_PLANE,
      workers: () => [
        { index: 0, pid: 41, revision: 9, startedAt: STARTED },
        { index: 1, pid: 42, revision: 7, startedAt: STARTED },
      ],
      serviceCounters: () => ({ ...NO_REQUESTS, requests: 3, status2xx: 3 }),
      refusedConnections: () => 2,
    },
  });
  vpcId = await addVpc(control, 'shop');
});
afterEach(() => control.close());

const addVpc = async ({ ec2 }: TestAccount, name: string): Promise<string> => {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({
      CidrBlock: '10.0.0.0/16',
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: name }] }],
    }),
  );
  return Vpc?.VpcId ?? '';
};

const call = async (
  method: string,
  path: string,
  body?: unknown,
  { account = control, query = {} }: { account?: TestAccount; query?: Record<string, string> } = {},
) => {
  const answer = await signedFetch({
    url: control.url,
    credentials: account.credentials,
    service: 'pergola',
    method,
    path,
    query,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: answer.status,
    code: answer.headers.get('x-amzn-errortype'),
    json: answer.text === '' ? undefined : JSON.parse(answer.text),
  };
};

describe('accounts', () => {
  test('a new account can call at once and is listed', async () => {
    const { status, json } = await call('POST', '/accounts', { name: 'shop' });
    expect([status, json]).toEqual([
      201,
      {
        accountId: expect.stringMatching(/^\d{12}$/),
        name: 'shop',
        accessKeyId: expect.stringMatching(/^AKIA/),
        secretAccessKey: expect.stringMatching(/^.{40}$/),
      },
    ]);
    const own = await signedFetch({
      url: control.url,
      credentials: json,
      service: 'pergola',
      path: '/accounts',
    });
    expect(JSON.parse(own.text).items.map(({ name }: { name: string }) => name)).toEqual(['shop']);
    const all = await call('GET', '/accounts');
    expect(all.json.items.map(({ name }: { name: string }) => name)).toEqual(['default', 'shop']);
    expect(JSON.stringify(all.json)).not.toContain('secret');
  });

  test('a name that is taken is refused', async () => {
    const { status, code, json } = await call('POST', '/accounts', { name: 'default' });
    expect([status, code]).toEqual([409, 'ConflictException']);
    expect(json.message).toBe(
      'an account with the name `default` already exists; choose another name',
    );
  });

  test('a name that no profile can have is refused', async () => {
    const { status, code } = await call('POST', '/accounts', { name: 'a]' });
    expect([status, code]).toEqual([400, 'ValidationException']);
  });

  test('only the first account makes accounts', async () => {
    const other = await control.addAccount('other');
    const { status, code } = await call('POST', '/accounts', { name: 'x' }, { account: other });
    expect([status, code]).toEqual([403, 'AccessDeniedException']);
    expect((await call('GET', '/accounts')).json.items).toHaveLength(2);
  });
});

describe('address mappings', () => {
  const path = () => `/vpcs/${vpcId}/mappings`;

  test('are set, replaced, listed and taken away', async () => {
    const put = await call('PUT', path(), {
      address: '10.0.0.7',
      host: '127.0.0.1',
      hostPort: 9000,
    });
    expect([put.status, put.json]).toEqual([
      200,
      { vpcId, address: '10.0.0.7', host: '127.0.0.1', hostPort: 9000 },
    ]);
    await call('PUT', path(), { address: '10.0.0.7', host: '127.0.0.2' });
    await call('PUT', path(), { address: '10.0.0.7', port: 80, host: 'localhost', hostPort: 8080 });
    await call('PUT', path(), { address: 'i-0123456789abcdef0', host: '127.0.0.1' });
    expect((await call('GET', path())).json.items).toEqual([
      { address: '10.0.0.7', host: '127.0.0.2' },
      { address: '10.0.0.7', port: 80, host: 'localhost', hostPort: 8080 },
      { address: 'i-0123456789abcdef0', host: '127.0.0.1' },
    ]);
    const gone = await call('DELETE', `${path()}/10.0.0.7`, undefined, { query: { port: '80' } });
    expect([gone.status, gone.json]).toEqual([204, undefined]);
    const again = await call('DELETE', `${path()}/10.0.0.7`, undefined, { query: { port: '80' } });
    expect([again.status, again.code]).toEqual([404, 'ResourceNotFoundException']);
    expect((await call('GET', path())).json.items).toHaveLength(2);
  });

  const bad: readonly { name: string; body: object; text: string }[] = [
    {
      name: 'an address outside of the VPC',
      body: { address: '10.1.0.7', host: 'a' },
      text: 'outside',
    },
    { name: 'an address that is none', body: { address: '10.0.0', host: 'a' }, text: 'neither' },
    { name: 'no host', body: { address: '10.0.0.7' }, text: 'host' },
    { name: 'a host with a path', body: { address: '10.0.0.7', host: 'a/b' }, text: 'host' },
    {
      name: 'a host that is nearly an IP address',
      body: { address: '10.0.0.7', host: '256.256.256.256' },
      text: 'neither an IP address nor the name of a host',
    },
    {
      name: 'a host that resolvers take for an IP address',
      body: { address: '10.0.0.7', host: '0xa9fea9fe' },
      text: 'neither an IP address nor the name of a host',
    },
    {
      name: 'a host that is only nearly IPv6',
      body: { address: '10.0.0.7', host: 'fe80::1::1' },
      text: 'neither an IP address nor the name of a host',
    },
    { name: 'an empty label', body: { address: '10.0.0.7', host: 'a..b' }, text: 'host' },
    { name: 'a hyphen last', body: { address: '10.0.0.7', host: 'a-.b' }, text: 'host' },
    {
      name: 'a port out of range',
      body: { address: '10.0.0.7', port: 0, host: 'a' },
      text: 'port',
    },
  ];
  test.each(bad)('refuse $name', async ({ body, text }) => {
    const { status, code, json } = await call('PUT', path(), body);
    expect([status, code]).toEqual([400, 'ValidationException']);
    expect(json.message).toContain(text);
    expect((await call('GET', path())).json.items).toEqual([]);
  });

  test.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fe80::1',
    'FEBF:0::1',
    'fd00:ec2::254',
  ])('to %s are for the first account only', async (host) => {
    const other = await control.addAccount('other');
    const theirs = await addVpc(other, 'theirs');
    const body = { address: '10.0.0.7', host };
    const refused = await call('PUT', `/vpcs/${theirs}/mappings`, body, { account: other });
    expect([refused.status, refused.code]).toEqual([403, 'AccessDeniedException']);
    const left = await call('GET', `/vpcs/${theirs}/mappings`, undefined, { account: other });
    expect(left.json.items).toEqual([]);
    expect((await call('PUT', `/vpcs/${theirs}/mappings`, body)).status).toBe(200);
  });

  test('are refused where addresses are real, and can be taken away', async () => {
    const put = (body: object) => call('PUT', path(), { address: '10.0.0.7', ...body });
    const { store } = control;
    expect((await put({ host: '127.0.0.1' })).status).toBe(200);
    const networks = { hasPorts: true, isReachable: () => true, problems: () => [] };
    const real = await startControlPlane({ store, networks });
    const first = control;
    control = real;
    try {
      const refused = await put({ host: '127.0.0.2' });
      expect([refused.status, refused.code, refused.json.message]).toEqual([
        400,
        'ValidationException',
        'with the underlay `netns` addresses are real, and none is mapped: run what answers there on an instance that has the address',
      ]);
      expect((await call('GET', path())).json.items).toEqual([
        { address: '10.0.0.7', host: '127.0.0.1' },
      ]);
      expect((await call('DELETE', `${path()}/10.0.0.7`)).status).toBe(204);
    } finally {
      control = first;
      await real.close();
    }
  });

  test('to other hosts are for everyone', async () => {
    const other = await control.addAccount('other');
    const theirs = await addVpc(other, 'theirs');
    for (const host of ['127.0.0.1', '::1', 'localhost', 'build-7.example.com', '169.253.0.1']) {
      const body = { address: '10.0.0.7', host };
      const put = await call('PUT', `/vpcs/${theirs}/mappings`, body, { account: other });
      expect([put.status, put.json?.host]).toEqual([200, host]);
    }
  });

  test('of a shared subnet are for participants, too: of what is theirs or nobody’s', async () => {
    const [owner, partner] = [
      await control.addAccount('owner'),
      await control.addAccount('partner'),
    ];
    const VpcId = await addVpc(owner, 'shared');
    const subnetOf = async (CidrBlock: string) => {
      const { Subnet } = await owner.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
      return Subnet!.SubnetId!;
    };
    const SubnetId = await subnetOf('10.0.1.0/24');
    await subnetOf('10.0.2.0/24');
    shared[SubnetId] = ['partner'];
    const launch = async (account: TestAccount, more: object) => {
      const wish = { ...{ SubnetId, ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1 }, ...more };
      const { Instances } = await account.ec2.send(new RunInstancesCommand(wish));
      return Instances![0]!.InstanceId!;
    };
    const GroupName = 'partners';
    const group = new CreateSecurityGroupCommand({ VpcId, GroupName, Description: 'test' });
    const { GroupId } = await partner.ec2.send(group);
    const own = await launch(partner, { SecurityGroupIds: [GroupId] });
    const foreign = await launch(owner, { PrivateIpAddress: '10.0.1.9' });
    const card = { SubnetId, PrivateIpAddress: '10.0.1.10' };
    await owner.ec2.send(new CreateNetworkInterfaceCommand(card));
    const config = { protocol: 'HTTP', port: 80, vpcIdentifier: VpcId } as const;
    const { id: targetGroupIdentifier } = await owner.lattice.send(
      new CreateTargetGroupCommand({ name: 'theirs', type: 'IP', config }),
    );
    const targets = [{ id: '10.0.1.11' }];
    await owner.lattice.send(new RegisterTargetsCommand({ targetGroupIdentifier, targets }));

    const mappings = `/vpcs/${VpcId}/mappings`;
    const put = async (account: TestAccount, address: string, port?: number) =>
      (await call('PUT', mappings, { address, port, host: '127.0.0.1' }, { account })).status;
    const listed = async (account: TestAccount) =>
      (await call('GET', mappings, undefined, { account })).json.items
        .map(({ address }: { address: string }) => address)
        .sort();
    expect(await put(owner, '10.0.1.12', 80)).toBe(200);
    for (const address of ['10.0.1.9', '10.0.1.10', '10.0.1.11', '10.0.1.12', foreign]) {
      expect([address, await put(partner, address)]).toEqual([address, 403]);
    }
    expect(await put(partner, 'i-0123456789abcdef0')).toBe(403);
    expect(await put(partner, '10.0.2.7')).toBe(400);
    for (const address of [own, '10.0.1.77']) expect(await put(partner, address)).toBe(200);
    expect(await listed(partner)).toEqual(['10.0.1.77', own]);
    const away = (address: string, port?: string) =>
      call('DELETE', `${mappings}/${address}`, undefined, {
        account: partner,
        query: port === undefined ? {} : { port },
      });
    expect((await away('10.0.1.12', '80')).status).toBe(404);
    expect((await away('10.0.1.77')).status).toBe(204);
    // Who owns the VPC sees and may change all.
    expect(await listed(owner)).toEqual(['10.0.1.12', own]);
    expect(await put(owner, own)).toBe(200);
    expect(await listed(partner)).toEqual([]);
  });

  test('of a VPC of others are not there, but the first account sees all', async () => {
    const other = await control.addAccount('other');
    const foreign = await call('GET', path(), undefined, { account: other });
    expect([foreign.status, foreign.code]).toEqual([404, 'ResourceNotFoundException']);
    const theirs = await addVpc(other, 'theirs');
    const put = await call('PUT', `/vpcs/${theirs}/mappings`, { address: '10.0.0.1', host: 'a' });
    expect(put.status).toBe(200);
  });
});

describe('what there is', () => {
  let service: { id: string; arn: string; domainName: string };
  let networkId: string;

  beforeEach(async () => {
    const { lattice } = control;
    const network = await lattice.send(new CreateServiceNetworkCommand({ name: 'mesh' }));
    networkId = network.id ?? '';
    const made = await lattice.send(new CreateServiceCommand({ name: 'cart' }));
    service = {
      id: made.id ?? '',
      arn: made.arn ?? '',
      domainName: made.dnsEntry?.domainName ?? '',
    };
    const ends = { serviceNetworkIdentifier: networkId };
    await lattice.send(
      new CreateServiceNetworkServiceAssociationCommand({ ...ends, serviceIdentifier: service.id }),
    );
    await lattice.send(
      new CreateServiceNetworkVpcAssociationCommand({ ...ends, vpcIdentifier: vpcId }),
    );
    const group = await lattice.send(
      new CreateTargetGroupCommand({
        name: 'cart-v1',
        type: 'IP',
        config: { protocol: 'HTTP', port: 8080, vpcIdentifier: vpcId },
      }),
    );
    await lattice.send(
      new RegisterTargetsCommand({
        targetGroupIdentifier: group.id,
        targets: [{ id: '10.0.0.7' }, { id: '10.0.0.8', port: 81 }],
      }),
    );
    await lattice.send(
      new CreateListenerCommand({
        serviceIdentifier: service.id,
        name: 'web',
        protocol: 'HTTP',
        defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: group.id }] } },
      }),
    );
    await control.store.write(async (tx) => {
      const stamp = { createdAt: STARTED.toISOString(), lastUpdatedAt: STARTED.toISOString() };
      await tx.insert('portal', { id: vpcId, accountId: control.accountId, port: 7180, ...stamp });
    });
  });

  const portal = () => ({
    vpcId,
    accountId: control.accountId,
    cidrBlock: '10.0.0.0/16',
    name: 'shop',
    networks: [{ id: networkId, name: 'mesh' }],
    port: 7180,
    url: 'http://127.0.0.1:7180',
  });

  test('status shows it all at a glance', async () => {
    const { json } = await call('GET', '/status');
    expect(json).toMatchObject({
      region: 'us-west-2',
      revision: 7,
      workers: [
        { index: 0, pid: 41, revision: 9, startedAt: STARTED.toISOString() },
        { index: 1, pid: 42, revision: 7, startedAt: STARTED.toISOString() },
      ],
      portals: [portal()],
      networks: [
        {
          id: networkId,
          name: 'mesh',
          authType: 'NONE',
          services: [{ id: service.id, name: 'cart' }],
          vpcs: [{ id: vpcId, name: 'shop' }],
        },
      ],
      services: [
        {
          id: service.id,
          name: 'cart',
          status: 'ACTIVE',
          domainName: service.domainName,
          networks: [{ id: networkId, name: 'mesh' }],
          listeners: [{ name: 'web', protocol: 'HTTP', port: 80, rules: 1 }],
          counters: { ...NO_REQUESTS, requests: 3, status2xx: 3 },
        },
      ],
      targetGroups: [
        {
          name: 'cart-v1',
          type: 'IP',
          services: [{ id: service.id, name: 'cart' }],
          targets: [
            { id: '10.0.0.7', port: 8080, status: 'HEALTHY' },
            { id: '10.0.0.8', port: 81, status: 'INITIAL', reasonCode: 'InitialHealthChecking' },
          ],
          counters: NO_REQUESTS,
        },
      ],
      refusedConnections: 2,
      droppedLogRecords: 0,
    });
  });

  test('another account sees nothing of it', async () => {
    const account = await control.addAccount('other');
    const { json } = await call('GET', '/status', undefined, { account });
    expect(json).toEqual({
      region: 'us-west-2',
      revision: 7,
      portals: [],
      networks: [],
      services: [],
      targetGroups: [],
      refusedConnections: 0,
      droppedLogRecords: 0,
    });
    for (const path of ['/portals', '/directory']) {
      expect((await call('GET', path, undefined, { account })).json).toEqual({ items: [] });
    }
  });

  test('portals are listed with the names of their VPCs', async () => {
    expect((await call('GET', '/portals')).json).toEqual({ items: [portal()] });
  });

  test('a portal into a VPC that is in no network says so', async () => {
    const lab = await addVpc(control, 'lab');
    await control.store.write(async (tx) => {
      const stamp = { createdAt: STARTED.toISOString(), lastUpdatedAt: STARTED.toISOString() };
      await tx.insert('portal', { id: lab, accountId: control.accountId, port: 7181, ...stamp });
    });
    expect((await call('GET', '/portals')).json).toMatchObject({
      items: [{ vpcId }, { vpcId: lab, networks: [] }],
    });
  });

  test('the directory lists the services of the account', async () => {
    expect((await call('GET', '/directory')).json).toEqual({
      items: [
        {
          name: 'cart',
          id: service.id,
          arn: service.arn,
          owner: control.accountId,
          ownerName: 'default',
          domainName: service.domainName,
          status: 'ACTIVE',
          networks: [{ id: networkId, name: 'mesh' }],
          listeners: [{ protocol: 'HTTP', port: 80 }],
        },
      ],
    });
  });
});
