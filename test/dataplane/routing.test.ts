import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aListener,
  aMembership,
  aNetwork,
  aRule,
  aService,
  aTargetGroup,
  aVpc,
} from '../../src/dataplane/sample-parts.ts';
import type { MatchPart } from '../../src/snapshot/parts.ts';
import { DataPlane, request, shop, targetAt } from './data-plane.ts';
import { type HttpTarget, httpTarget } from './targets.ts';

/** Answers with its name, so that a response tells which target group it came from. */
const named = (name: string): Promise<HttpTarget> =>
  httpTarget((_seen, response) => response.end(name));

const rule = (priority: number, match: Partial<MatchPart>, targetGroupId: string) =>
  aRule({
    id: `rule-${priority}`,
    priority,
    match: { headers: [], ...match },
    action: { type: 'forward', targetGroups: [{ targetGroupId, weight: 100 }] },
  });

let plane: DataPlane;
let targets: readonly HttpTarget[];

beforeAll(async () => {
  targets = await Promise.all(['monolith', 'cart', 'beta', 'writes'].map(named));
  const [monolith, cart, beta, writes] = targets as [
    HttpTarget,
    HttpTarget,
    HttpTarget,
    HttpTarget,
  ];
  const group = (id: string, target: HttpTarget) =>
    aTargetGroup({ id, targets: [targetAt(target.port)] });
  const rules = [
    rule(
      10,
      {
        headers: [{ name: 'x-beta', match: { exact: 'yes' }, caseSensitive: false }],
      },
      'tg-beta',
    ),
    rule(20, { path: { type: 'prefix', value: '/cart', caseSensitive: false } }, 'tg-cart'),
    rule(30, { path: { type: 'exact', value: '/Exact', caseSensitive: true } }, 'tg-cart'),
    rule(40, { method: 'POST' }, 'tg-writes'),
    aRule({
      id: 'rule-50',
      priority: 50,
      match: { headers: [], path: { type: 'prefix', value: '/gone', caseSensitive: false } },
      action: { type: 'fixed', statusCode: 404 },
    }),
    aRule({
      id: 'rule-60',
      priority: 60,
      match: { headers: [], path: { type: 'prefix', value: '/broken', caseSensitive: false } },
      action: { type: 'fixed', statusCode: 500 },
    }),
    aRule({
      id: 'rule-70',
      priority: 70,
      match: { headers: [], path: { type: 'prefix', value: '/weighted', caseSensitive: false } },
      action: {
        type: 'forward',
        targetGroups: [
          { targetGroupId: 'tg-cart', weight: 90 },
          { targetGroupId: 'tg-beta', weight: 10 },
        ],
      },
    }),
    aRule({
      id: 'rule-80',
      priority: 80,
      match: { headers: [], path: { type: 'prefix', value: '/nobody', caseSensitive: false } },
      action: { type: 'forward', targetGroups: [{ targetGroupId: 'tg-cart', weight: 0 }] },
    }),
  ];
  const monolithAction = {
    type: 'forward',
    targetGroups: [{ targetGroupId: 'tg-monolith', weight: 1 }],
  } as const;
  plane = await DataPlane.start({
    parts: [
      ...shop(),
      aMembership({ hosts: ['shop.example', 'shop-custom.example'] }),
      aService({
        listeners: [
          aListener({ rules, defaultAction: monolithAction }),
          aListener({ id: 'listener-2', port: 8080, defaultAction: monolithAction, rules: [] }),
          aListener({ id: 'listener-3', port: 443, protocol: 'HTTPS' }),
        ],
      }),
      aService({ id: 'svc-2', listeners: [aListener({ id: 'listener-4' })] }),
      aMembership({ id: 'snsa-2', serviceId: 'svc-2', hosts: ['other.example'] }),
      // A service of another network, in which another VPC is.
      aNetwork({ id: 'sn-2' }),
      aVpc({ id: 'vpc-2', networkId: 'sn-2' }),
      aService({ id: 'svc-3', listeners: [aListener({ defaultAction: monolithAction })] }),
      aMembership({ id: 'snsa-3', networkId: 'sn-2', serviceId: 'svc-3', hosts: ['far.example'] }),
      group('tg-monolith', monolith),
      group('tg-cart', cart),
      group('tg-beta', beta),
      group('tg-writes', writes),
    ],
  });
});

afterAll(async () => {
  await plane.stop();
  await Promise.all(targets.map((target) => target.close()));
});

describe('routing', () => {
  test.each([
    { name: 'the default action', head: request('GET /'), body: 'monolith' },
    { name: 'a path prefix', head: request('GET /cart/7?x=1'), body: 'cart' },
    { name: 'a path prefix in other letters', head: request('GET /CART'), body: 'cart' },
    { name: 'a prefix is no path segment', head: request('GET /carts'), body: 'cart' },
    { name: 'a prefix is where the path begins', head: request('GET /my/cart'), body: 'monolith' },
    { name: 'the query is not the path', head: request('GET /?/cart'), body: 'monolith' },
    { name: 'an exact path, query left out', head: request('GET /Exact?a=b'), body: 'cart' },
    { name: 'an exact path with more behind', head: request('GET /Exact/'), body: 'monolith' },
    { name: 'a case-sensitive path', head: request('GET /exact'), body: 'monolith' },
    { name: 'a path is not decoded', head: request('GET /%63art'), body: 'monolith' },
    { name: 'a path is not normalised', head: request('GET /x/../cart'), body: 'monolith' },
    {
      name: 'a header, whatever its letters',
      head: request('GET /', ['X-BETA: Yes']),
      body: 'beta',
    },
    { name: 'a header of another value', head: request('GET /', ['X-Beta: no']), body: 'monolith' },
    {
      name: 'one of several lines of a header',
      head: request('GET /', ['X-Beta: no', 'X-Beta: yes']),
      body: 'beta',
    },
    {
      name: 'the smaller priority wins',
      head: request('GET /cart', ['X-Beta: yes']),
      body: 'beta',
    },
    { name: 'a method', head: request('POST /', ['Content-Length: 0']), body: 'writes' },
    { name: 'a method in other letters', head: request('GET /', ['X: POST']), body: 'monolith' },
    { name: 'a custom domain name', host: 'shop-custom.example', body: 'monolith' },
    { name: 'a host in other letters', host: 'SHOP.Example', body: 'monolith' },
    { name: 'a host with a trailing dot', host: 'shop.example.', body: 'monolith' },
    { name: 'a host with its port', host: 'shop.example:80', body: 'monolith' },
    {
      name: 'a host with the port of the other listener',
      host: 'shop.example:8080',
      body: 'monolith',
    },
    { name: 'a trailing dot and a port', host: 'shop.example.:8080', body: 'monolith' },
    { name: 'an empty port', host: 'shop.example:', body: 'monolith' },
    {
      name: 'the absolute form',
      head: 'GET http://shop.example/cart HTTP/1.1\r\nHost: shop.example\r\n\r\n',
      body: 'cart',
    },
    {
      name: 'the absolute form with a port',
      head: 'GET http://shop.example:8080/cart HTTP/1.1\r\nHost: x\r\n\r\n',
      body: 'monolith',
    },
    {
      name: 'the absolute form outranks Host',
      head: 'GET HTTP://SHOP.example/cart HTTP/1.1\r\nHost: other.example\r\n\r\n',
      body: 'cart',
    },
    {
      name: 'the absolute form without a path',
      head: 'GET http://shop.example?q HTTP/1.1\r\nHost: shop.example\r\n\r\n',
      body: 'monolith',
    },
  ])('$name', async ({ head, host, body }) => {
    const bytes = head ?? `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    expect(await plane.ask(bytes)).toMatchObject({ status: 200, text: body });
  });

  test.each([
    { name: 'a rule with 404', path: '/gone', status: 404, text: 'Not Found' },
    { name: 'a rule with 500', path: '/broken', status: 500, text: 'Internal Server Error' },
    { name: 'only weights of 0', path: '/nobody', status: 503, text: 'Service Unavailable' },
  ])('fixed: $name', async ({ path, status, text }) => {
    const response = await plane.get(path);
    expect(response).toMatchObject({ status, text, framing: 'length' });
    expect(response.header('content-type')).toBe('text/plain');
    expect(response.header('connection')).toBeUndefined();
  });

  test.each([
    { name: 'an unknown host', host: 'nobody.example' },
    { name: 'a host of another network', host: 'far.example' },
    { name: 'an empty host', host: '' },
    { name: 'a host with something before it', host: 'x.shop.example' },
    { name: 'a port without a listener', host: 'shop.example:81' },
    { name: 'a port that only another service has', host: 'other.example:8080' },
  ])('404: $name', async ({ host }) => {
    const response = await plane.ask(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect(response).toMatchObject({ status: 404, text: 'Not Found' });
    expect(response.header('content-type')).toBe('text/plain');
    expect(response.header('content-length')).toBe('9');
  });

  test('plain HTTP to a listener for HTTPS is refused and says why', async () => {
    expect(await plane.ask('GET / HTTP/1.1\r\nHost: shop.example:443\r\n\r\n')).toMatchObject({
      status: 400,
      text: 'this port belongs to a listener for HTTPS',
    });
  });

  test('weights are kept exactly over every run of their sum', async () => {
    const client = await plane.client();
    const counts = new Map<string, number>();
    for (let i = 0; i < 200; i++) {
      client.send(request('GET /weighted'));
      const { text } = await client.response();
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({ cart: 180, beta: 20 });
  });

  test('each VPC sees the services of its own network', async () => {
    const port = await plane.listen('vpc-2');
    const client = await plane.client(port);
    client.send('GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n');
    expect(await client.response()).toMatchObject({ status: 404 });
    client.send('GET / HTTP/1.1\r\nHost: far.example\r\n\r\n');
    expect(await client.response()).toMatchObject({ status: 200, text: 'monolith' });
  });
});

describe('CONNECT at a portal', () => {
  const connectTo = (authority: string) =>
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`;

  /** Reads the answer to CONNECT, which has no body. */
  const established = async (client: Awaited<ReturnType<DataPlane['client']>>) =>
    (await client.response('HEAD')).status;

  test('opens a way to a listener, whatever port its requests name', async () => {
    const client = await plane.client();
    client.send(connectTo('shop.example:8080'));
    expect(await established(client)).toBe(200);
    client.send(request('GET /cart'));
    // The listener on 8080 has no rules.
    expect(await client.response()).toMatchObject({ status: 200, text: 'monolith' });
    client.send(request('GET /cart'));
    expect(await client.response()).toMatchObject({ status: 200, text: 'monolith' });
  });

  test('a request in the same packet goes through', async () => {
    const client = await plane.client();
    client.send(connectTo('shop.example:80') + request('GET /cart'));
    expect(await established(client)).toBe(200);
    expect(await client.response()).toMatchObject({ status: 200, text: 'cart' });
  });

  test('for nobody is recorded with the name that was asked for', async () => {
    const other = await DataPlane.start({ parts: shop() });
    const client = await other.client();
    client.send(connectTo('nobody.example:80'));
    await client.response();
    expect(await other.stop()).toMatchObject([
      { responseCode: 404, requestMethod: 'CONNECT', hostHeader: 'nobody.example:80' },
    ]);
  });

  test.each([
    { name: 'an unknown host', bytes: connectTo('nobody.example:80'), status: 404 },
    { name: 'a port without a listener', bytes: connectTo('shop.example:81'), status: 404 },
    {
      name: 'a request in the clear at a listener for HTTPS',
      bytes: connectTo('shop.example:443') + request('GET /', ['Connection: close']),
      status: 400,
      after: 200,
    },
    { name: 'no port', bytes: connectTo('shop.example'), status: 400 },
    { name: 'port 0', bytes: connectTo('shop.example:0'), status: 400 },
    {
      name: 'a path in place of an authority',
      bytes: 'CONNECT / HTTP/1.1\r\nHost: shop.example:80\r\n\r\n',
      status: 400,
    },
    {
      name: 'an absolute form',
      bytes: 'CONNECT http://shop.example:80/ HTTP/1.1\r\nHost: shop.example:80\r\n\r\n',
      status: 400,
    },
    {
      name: 'a body',
      bytes:
        'CONNECT shop.example:80 HTTP/1.1\r\nHost: shop.example:80\r\nContent-Length: 1\r\n\r\nx',
      status: 400,
    },
    {
      name: 'a second CONNECT within the way',
      bytes: connectTo('shop.example:80') + connectTo('shop.example:80'),
      status: 400,
      after: 200,
    },
  ])('is refused: $name', async ({ bytes, status, after }) => {
    const client = await plane.client();
    client.send(bytes);
    if (after !== undefined) expect(await established(client)).toBe(after);
    const response = await client.response();
    expect(response.status).toBe(status);
    expect(response.header('connection')).toBe('close');
    expect(await client.ending).toBe('end');
  });
});
