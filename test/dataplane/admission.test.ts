import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DataPlaneLimits } from '../../src/dataplane/limits.ts';
import {
  aHealthCheck,
  aLoneVpc,
  aMembership,
  anAcl,
  anAclEntry,
  anInterface,
  aSecurityGroup,
  aSecurityRule,
  aService,
  aSubnet,
  aVpc,
} from '../../src/dataplane/sample-parts.ts';
import { clientHello, serverNames } from '../../src/dataplane/tls/sample-client-hello.ts';
import { serviceAddressOf } from '../../src/lattice/service-address.ts';
import type { Part } from '../../src/snapshot/parts.ts';
import { DataPlane, request, secureShop, shop, targetAt } from './data-plane.ts';
import { Http2Client } from './http2-peers.ts';
import { type HttpTarget, httpTarget } from './targets.ts';

const aTarget = async (): Promise<HttpTarget> => {
  const target = await httpTarget();
  onTestFinished(() => target.close());
  return target;
};

const started = async (parts: readonly Part[], limits: Partial<DataPlaneLimits> = {}) => {
  const plane = await DataPlane.start({ parts, limits });
  onTestFinished(async () => void (await plane.stop()));
  return plane;
};

/** The association lets in 10.0.1.0/24 and members of sg-1 on port 80. */
const guarded = (): Part[] => [
  aVpc({ securityGroupIds: ['sg-a'] }),
  anAcl(),
  aSubnet(),
  anInterface({ addresses: ['10.0.2.9', 'fd80:0:0:1::9'] }),
  aSecurityGroup(),
  aSecurityGroup({
    id: 'sg-a',
    rules: [
      aSecurityRule({ cidrs: ['10.0.1.0/24'] }),
      aSecurityRule({ referencedGroupId: 'sg-1', toPort: 443 }),
    ],
  }),
];

/** As clients that know proxies send their user. */
const declared = (user: string): string =>
  `Proxy-Authorization: Basic ${Buffer.from(`${user}:`).toString('base64')}`;

/** Resolves when the worker has counted so many connections that it did not admit. */
const denials = (plane: DataPlane, count: number) =>
  plane.message(
    (message) => message.type === 'counters' && message.totals.deniedConnections['vpc-1'] === count,
  );

describe('a client that has an address in its VPC', () => {
  test.each([
    {
      name: 'is served as the instance that it is, at the address that it went to',
      addresses: ['127.0.0.1'],
      outTo: '127.0.0.1/32',
      answer: /^HTTP\/1.1 200 /,
      denied: {},
    },
    {
      name: 'gets nothing, when it may go to other addresses only',
      addresses: ['127.0.0.1'],
      outTo: '169.254.171.0/24',
      answer: /^$/,
      denied: { 'vpc-1': 1 },
    },
    {
      name: 'gets nothing, when nobody was given the address',
      addresses: ['10.0.1.7'],
      outTo: '127.0.0.1/32',
      answer: /^$/,
      denied: { 'vpc-1': 1 },
    },
  ])('$name', async ({ addresses, outTo, answer, denied }) => {
    const target = await aTarget();
    const plane = await started(
      [
        ...shop({ targets: [target.port] }),
        anAcl(),
        anInterface({ addresses, instanceId: 'i-1' }),
        aSecurityGroup({ rules: [aSecurityRule({ isEgress: true, cidrs: [outTo] })] }),
      ],
      { deniedHoldMs: 1 },
    );
    const client = await plane.client(await plane.listen('vpc-1', 80));
    client.send(request('GET /', ['Connection: close']));
    expect(await client.rest()).toMatch(answer);
    await plane.stop();
    expect(plane.totals.deniedConnections).toEqual(denied);
  });
});

describe('a client of a portal', () => {
  test.each([
    { name: 'an address that the association lets in', user: '10.0.1.7' },
    { name: 'a network interface', user: 'eni-1', address: '10.0.2.9' },
    {
      name: 'an address of such an interface, IPv6',
      user: 'fd80::1:0:0:0:9',
      address: 'fd80:0:0:1::9',
    },
    { name: 'the same in brackets', user: '[fd80:0:0:1::9]', address: 'fd80:0:0:1::9' },
  ])('may declare $name, and is known by it', async ({ user, address = user }) => {
    const target = await aTarget();
    const plane = await started([...shop({ targets: [target.port] }), ...guarded()]);
    expect((await plane.get('/', [declared(user)])).status).toBe(200);
    const { headers } = target.requests[0]!;
    expect(headers['x-forwarded-for']).toBe(address);
    expect(headers['proxy-authorization']).toBeUndefined();
    const [record] = await plane.stop();
    expect(record!.sourceIpPort).toMatch(address.includes(':') ? `[${address}]:` : `${address}:`);
  });

  test.each(['10.1.0.1', '127.0.0.1', 'eni-2', 'somebody', '10.0.1.7/32'])(
    'that declares `%s` is told what it may declare',
    async (user) => {
      const plane = await started([...shop(), ...guarded()]);
      const response = await plane.get('/', [declared(user)]);
      expect(response.status).toBe(400);
      expect(response.text).toContain(
        'the proxy user is no address of vpc-1: give one of 10.0.0.0/16',
      );
      expect(response.text).not.toContain(user);
    },
  );

  test('that is not let in gets nothing, for a while, and no record', async () => {
    const plane = await started([...shop(), ...guarded()], { deniedHoldMs: 600 });
    const client = await plane.client();
    const before = performance.now();
    client.send(request('GET /', [declared('10.0.3.7')]));
    expect(await client.rest()).toBe('');
    expect(performance.now() - before).toBeGreaterThan(300);
    await denials(plane, 1);
    expect(await plane.stop()).toEqual([]);
    expect(plane.totals.refusedConnections).toBe(0);
  });

  test('that says nothing of itself is let in only where all of the VPC is', async () => {
    const plane = await started([...shop(), ...guarded()], { deniedHoldMs: 1 });
    const client = await plane.client();
    client.send(request('GET /'));
    expect(await client.rest()).toBe('');
    const rules = [aSecurityRule({ cidrs: ['10.0.0.0/8'] })];
    await plane.apply([aSecurityGroup({ id: 'sg-a', rules })]);
    expect((await plane.get('/')).status).toBe(404);
  });

  test('is asked again for another port or address, and not for a further request', async () => {
    const plane = await started([...shop(), ...guarded()], { deniedHoldMs: 1 });
    const ask = (port: number, user: string) =>
      `GET http://shop.example:${port}/ HTTP/1.1\r\nHost: x\r\n${declared(user)}\r\n\r\n`;
    const client = await plane.client();
    client.send(ask(80, '10.0.1.7'));
    expect((await client.response()).status).toBe(404);
    await plane.apply([aSecurityGroup({ id: 'sg-a', rules: [] })]);
    client.send(ask(80, '10.0.1.7'));
    expect((await client.response()).status).toBe(404);
    client.send(ask(80, '10.0.1.8'));
    expect(await client.rest()).toBe('');
    const other = await plane.client();
    other.send(ask(80, '10.0.1.7'));
    expect(await other.rest()).toBe('');
  });

  test('may be let out to one service, and then reaches no other by the same connection', async () => {
    const others = [
      aService({ id: 'svc-2', name: 'cart' }),
      aMembership({ id: 'snsa-2', serviceId: 'svc-2', hosts: ['cart.example'] }),
    ];
    const { ipv4 } = serviceAddressOf('svc-1');
    const rules = [aSecurityRule({ isEgress: true, cidrs: [`${ipv4}/32`] })];
    const parts = [...shop(), ...others, ...guarded(), aSecurityGroup({ rules })];
    const plane = await started(parts, { deniedHoldMs: 1 });
    const ask = (host: string) =>
      `GET http://${host}/ HTTP/1.1\r\nHost: x\r\n${declared('eni-1')}\r\n\r\n`;
    const client = await plane.client();
    client.send(ask('shop.example'));
    expect((await client.response()).status).toBe(404);
    client.send(ask('cart.example'));
    expect(await client.rest()).toBe('');
    await denials(plane, 1);
  });

  test('beyond so many that are held is closed at once', async () => {
    const limits = { deniedHoldMs: 60_000, maxDeniedConnections: 1 };
    const plane = await started([...shop(), ...guarded()], limits);
    const held = await plane.client();
    held.send(request('GET /'));
    await denials(plane, 1);
    const closed = await plane.client();
    closed.send(request('GET /'));
    expect(await closed.rest()).toBe('');
    expect(held.socket.readableEnded).toBe(false);
  });

  test('whose VPC is in no network gets nothing', async () => {
    const plane = await started([...shop(), aLoneVpc()], { deniedHoldMs: 1 });
    const client = await plane.client();
    client.send(request('GET /'));
    expect(await client.rest()).toBe('');
    await denials(plane, 1);
  });

  test('over HTTP/2 gets nothing on that stream, for a while, and others are served', async () => {
    const target = await httpTarget((_seen, response) => void released.then(() => response.end()));
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    onTestFinished(() => target.close());
    const parts = [...shop({ targets: [target.port] }), ...guarded()];
    const plane = await started(parts, { deniedHoldMs: 600 });
    const client = new Http2Client(plane.port);
    onTestFinished(() => client.destroy());
    const user = (address: string) => ({
      'proxy-authorization': declared(address).slice('Proxy-Authorization: '.length),
    });
    const underWay = client.ask(user('10.0.1.7'));
    await target.seen(1);
    const before = performance.now();
    expect(await client.ask(user('10.0.3.7'))).toMatchObject({ status: 0, code: 8 });
    expect(performance.now() - before).toBeGreaterThan(300);
    await denials(plane, 1);
    release();
    expect((await underWay).status).toBe(200);
    expect((await client.ask(user('10.0.1.7'))).status).toBe(200);
    expect(await plane.stop()).toHaveLength(2);
  });

  test('over HTTP/2 without a word of who it is gets nothing for a while, either', async () => {
    const plane = await started([...shop(), ...guarded()], { deniedHoldMs: 600 });
    const client = new Http2Client(plane.port);
    onTestFinished(() => client.destroy());
    const before = performance.now();
    expect((await client.ask()).status).toBe(0);
    expect(performance.now() - before).toBeGreaterThan(300);
    await denials(plane, 1);
    expect(await plane.stop()).toEqual([]);
  });
});

describe('a client of a portal over TLS', () => {
  test('is judged by what it declared to CONNECT', async () => {
    const plane = await started([...secureShop(), ...guarded()], { deniedHoldMs: 1 });
    const tunnel = async (user: string) => {
      const headers = {
        'Proxy-Authorization': declared(user).slice('Proxy-Authorization: '.length),
      };
      const options = { port: plane.port, method: 'CONNECT', path: 'shop.example:443', headers };
      const asked = httpRequest({ host: '127.0.0.1', ...options }).end();
      const [{ statusCode }, socket] = (await once(asked, 'connect')) as [
        { statusCode: number },
        import('node:net').Socket,
      ];
      expect(statusCode).toBe(200);
      const secure = connect({ socket, servername: 'shop.example', rejectUnauthorized: false });
      onTestFinished(() => void secure.destroy());
      secure.write(request('GET /', ['Connection: close']));
      return String(await once(secure, 'data'));
    };
    expect(await tunnel('10.0.2.9')).toContain('404 Not Found');
    await expect(tunnel('10.0.1.7')).rejects.toThrow('socket hang up');
    const [record] = await plane.stop();
    expect(record!.sourceIpPort).toMatch('10.0.2.9:');
  });

  test('that cannot declare anything is let in only where all of the VPC is', async () => {
    const plane = await started([...secureShop(), ...guarded()], { deniedHoldMs: 1 });
    const client = await plane.client();
    client.send(clientHello(serverNames('shop.example')));
    expect(await client.rest()).toBe('');
    await denials(plane, 1);
  });
});

test.each([
  {
    name: 'the service that its ClientHello names',
    outTo: `${serviceAddressOf('svc-1').ipv4}/32`,
    isAnswered: true,
  },
  { name: 'others only, and gets nothing', outTo: '169.254.171.1/32', isAnswered: false },
])(
  'a client over TLS that goes straight to a portal may be let out to $name',
  async ({ outTo, isAnswered }) => {
    const rules = [aSecurityRule({ isEgress: true, fromPort: 443, toPort: 443, cidrs: [outTo] })];
    const ofClients = [
      aVpc({ defaultSecurityGroupId: 'sg-1' }),
      aSecurityGroup({ rules }),
      anAcl(),
    ];
    const plane = await started([...secureShop(), ...ofClients], { deniedHoldMs: 1 });
    const { socket } = await plane.client();
    const answer = Promise.race([once(socket, 'data'), once(socket, 'end')]);
    socket.write(clientHello(serverNames('shop.example')));
    expect((await answer).length > 0).toBe(isAnswered);
  },
);

describe('a target', () => {
  const withTarget = (target: HttpTarget, ...parts: Part[]): Part[] => [
    ...shop({
      targets: [target.port],
      group: { vpcId: 'vpc-9', targets: [targetAt(target.port, { address: '10.0.1.7' })] },
    }),
    aLoneVpc({ id: 'vpc-9', defaultNetworkAclId: 'acl-9' }),
    anAcl({ id: 'acl-9' }),
    ...parts,
  ];
  const ofTarget = [
    aSubnet({ vpcId: 'vpc-9', networkAclId: 'acl-9' }),
    anInterface({ vpcId: 'vpc-9' }),
  ];

  test('whose groups do not let services in is out of reach, until they do', async () => {
    const target = await aTarget();
    const parts = withTarget(target, ...ofTarget, aSecurityGroup());
    const plane = await started(parts, { connectTimeoutMs: 1 });
    expect((await plane.get('/')).status).toBe(503);
    expect(target.accepted).toBe(0);
    const rules = [
      aSecurityRule({ fromPort: target.port, toPort: target.port, cidrs: ['169.254.171.0/24'] }),
    ];
    await plane.apply([aSecurityGroup({ rules })]);
    await expect.poll(async () => (await plane.get('/')).status).toBe(200);
    // What is there is used on; new ones are not made any more.
    await plane.apply([anAcl({ id: 'acl-9', entries: [anAclEntry({ action: 'deny' })] })]);
    expect((await plane.get('/')).status).toBe(200);
    for (const socket of target.open) socket.destroy();
    await expect.poll(async () => (await plane.get('/')).status).toBe(503);
  });

  test('fails its health checks where only its own port is open', async () => {
    const target = await aTarget();
    const rules = [
      aSecurityRule({ fromPort: target.port, toPort: target.port, cidrs: ['0.0.0.0/0'] }),
    ];
    const check = aHealthCheck({ intervalMs: 50, timeoutMs: 20, unhealthyThreshold: 1 });
    const parts = withTarget(target, ...ofTarget, aSecurityGroup({ rules }));
    const group = parts.find((part) => part.kind === 'targetGroup')!;
    const isTold = (health: string) => (message: { type: string; changes?: unknown }) =>
      message.type === 'health' && JSON.stringify(message.changes).includes(`"${health}"`);
    const plane = await started([...parts, { ...group, healthCheck: check }]);
    await plane.message(isTold('HEALTHY'));
    await plane.apply([{ ...group, healthCheck: { ...check, port: 81 } }]);
    await plane.message(isTold('UNHEALTHY'));
  });
});

test.each([
  { client: '10.0.1.7', target: 'fd80:0:0:1::7', block: 'fd00:ec2:80::/64' },
  { client: 'fd80:0:0:1::7', target: '10.0.1.7', block: '169.254.171.0/24' },
])(
  'a client at $client reaches a target at $target',
  async ({ client, target: address, block }) => {
    const target = await aTarget();
    const rules = [aSecurityRule({ fromPort: target.port, toPort: target.port, cidrs: [block] })];
    const targets = [targetAt(target.port, { address })];
    const plane = await started([
      ...shop({ targets: [target.port], group: { vpcId: 'vpc-9', targets } }),
      aLoneVpc({ id: 'vpc-9', defaultNetworkAclId: 'acl-9' }),
      anAcl({ id: 'acl-9' }),
      anInterface({ id: 'eni-9', vpcId: 'vpc-9', addresses: [address] }),
      aSecurityGroup({ rules }),
    ]);
    expect((await plane.get('/', [declared(client)])).status).toBe(200);
    expect(target.requests[0]!.headers['x-forwarded-for']).toBe(client);
  },
);

test('rules that change under traffic let in and keep out within milliseconds, and cut off nobody', async () => {
  const target = await aTarget();
  const plane = await started([...shop({ targets: [target.port] }), ...guarded()], {
    deniedHoldMs: 1,
  });
  const headers: readonly string[] = [declared('10.0.1.7')];
  const kept = await plane.client();
  let isOver = false;
  let keptCount = 0;
  const load = (async () => {
    while (!isOver) {
      kept.send(request('GET /kept', headers));
      expect((await kept.response()).status).toBe(200);
      keptCount += 1;
    }
  })();
  await expect.poll(() => keptCount, { interval: 1 }).toBeGreaterThan(0);
  const open = [aSecurityRule({ cidrs: ['10.0.1.0/24'] })];
  for (let round = 0; round < 20; round++) {
    const isOpen = round % 2 === 1;
    await plane.apply([aSecurityGroup({ id: 'sg-a', rules: isOpen ? open : [] })]);
    const client = await plane.client();
    client.send(request('GET /new', headers));
    if (isOpen) expect((await client.response()).status).toBe(200);
    else expect(await client.rest()).toBe('');
  }
  isOver = true;
  await load;
  expect(keptCount).toBeGreaterThan(20);
});
