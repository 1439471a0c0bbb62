import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { aService } from '../../src/dataplane/sample-parts.ts';
import {
  aPolicyText,
  arnOf,
  aSignedRequest,
  callerParts,
  credentialsOf,
  type SampleRequest,
} from '../support/sample-callers.ts';
import { DataPlane, request, shop } from './data-plane.ts';
import { type HttpTarget, httpTarget } from './targets.ts';

const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const IDENTITY_OF_CHECKOUT =
  `Principal=${arnOf('checkout')}; PrincipalOrgID=o-shop123456; ` +
  'PrincipalOrgPaths=o-shop123456/r-ab12/ou-ab12-11111111/; SessionName=i-1; Type=AWS_IAM';
const TAGS_OF_CHECKOUT =
  `principal=${arnOf('checkout')};principalorgid=o-shop123456;` +
  'principalorgpath=o-shop123456/r-ab12/ou-ab12-11111111/;team=orders;stage=prod';

const guarded = (...statements: readonly object[]) => ({
  authType: 'AWS_IAM' as const,
  authPolicy: aPolicyText(statements),
});

/** Signed at the time of the machine, which is the worker's. */
const signed = (sample: SampleRequest): Promise<string> =>
  aSignedRequest({ signedAt: new Date(), ...sample });

let target: HttpTarget;

beforeAll(async () => {
  target = await httpTarget();
});

afterAll(() => target.close());

afterEach(() => {
  target.requests.length = 0;
});

interface ShopSettings {
  readonly network?: object;
  readonly service?: object;
  readonly forwardCredentials?: boolean;
}

const start = async ({ network, service, forwardCredentials = false }: ShopSettings) => {
  const plane = await DataPlane.start({
    parts: [
      ...callerParts(),
      ...shop({
        targets: [target.port],
        ...(network && { network }),
        ...(service && { service }),
      }),
    ],
    forwardCredentials,
  });
  onTestFinished(async () => {
    await plane.stop();
  });
  return plane;
};

const closed = { network: guarded(EVERYBODY), service: guarded(EVERYBODY) };

describe('a signed request', () => {
  test('passes, and its target is told who sent it, without the signature', async () => {
    const plane = await start(closed);
    const headers = { 'x-own': '1', 'content-length': '4' };
    const head = await signed({ who: 'checkout', request: 'POST /orders?b=2&a=1', headers });
    const response = await plane.ask(`${head}body`, 'POST');
    expect(response.status).toBe(200);
    const [seen] = target.requests;
    expect(seen).toMatchObject({ method: 'POST', url: '/orders?b=2&a=1', body: 'body' });
    expect(seen!.headers).toMatchObject({
      'x-own': '1',
      'x-amzn-lattice-identity': IDENTITY_OF_CHECKOUT,
      'x-amzn-lattice-identity-tags': TAGS_OF_CHECKOUT,
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
    });
    expect(seen!.headers).not.toHaveProperty('authorization');
    expect(seen!.headers).not.toHaveProperty('x-amz-security-token');
  });

  test('passes with its signature in the URL, of which the target gets the rest', async () => {
    const plane = await start(closed);
    const sample = { who: 'checkout', request: 'GET /orders?b=2&a=1', isPresigned: true };
    const response = await plane.ask(await signed(sample));
    expect(response.status).toBe(200);
    const [seen] = target.requests;
    expect(seen!.url).toBe('/orders?b=2&a=1');
    expect(seen!.headers['x-amzn-lattice-identity']).toBe(IDENTITY_OF_CHECKOUT);
    expect(seen!.rawHeaders.join()).not.toContain('Signature');
  });

  test('is the same for every request of a connection, each with its own caller', async () => {
    const plane = await start(closed);
    const client = await plane.client();
    const statuses: number[] = [];
    for (const who of ['checkout', 'bob', 'anonymous', 'alice']) {
      client.send(await signed({ who, request: `GET /${who}` }));
      statuses.push((await client.response()).status);
    }
    expect(statuses).toEqual([200, 403, 200, 200]);
    const told = target.requests.map(({ headers }) => headers['x-amzn-lattice-identity']);
    expect(told).toEqual([
      IDENTITY_OF_CHECKOUT,
      undefined,
      expect.stringContaining(`Principal=${arnOf('alice')}; `),
    ]);
  });

  test('has what it may not have refused, in words', async () => {
    const plane = await start({ service: guarded(EVERYBODY) });
    const response = await plane.ask(await signed({ who: 'bob', request: 'GET /orders?x=1' }));
    expect(response).toMatchObject({
      status: 403,
      reason: 'Forbidden',
      text:
        `AccessDeniedException: User: ${arnOf('bob')} is not authorized to perform: ` +
        `vpc-lattice-svcs:Invoke on resource: ${aService().arn}/orders because no identity-based ` +
        'policy allows the vpc-lattice-svcs:Invoke action',
    });
    expect(response.header('content-type')).toBe('text/plain');
    expect(response.header('x-amzn-requestid')).toBeDefined();
    expect(target.requests).toHaveLength(0);
  });

  test('HEAD is refused without the words', async () => {
    const plane = await start({ service: guarded(EVERYBODY) });
    const response = await plane.ask(await signed({ who: 'bob', request: 'HEAD /' }), 'HEAD');
    expect(response).toMatchObject({ status: 403, text: '' });
  });

  test.each([
    {
      name: 'that was changed on its way',
      change: (head: string) => head.replace('/orders', '/orderz'),
      text: /^InvalidSignatureException: The request signature we calculated does not match/,
    },
    {
      name: 'with a hash of its body',
      change: (head: string) =>
        head.replace('UNSIGNED-PAYLOAD', 'e3b0c44298fc1c149afbf4c8996fb924'),
      text: /^InvalidSignatureException: Signed payloads are not supported$/,
    },
    {
      name: 'without the header about its body',
      change: (head: string) => head.replace('x-amz-content-sha256: UNSIGNED-PAYLOAD\r\n', ''),
      text: /^IncompleteSignatureException: Missing the 'x-amz-content-sha256' in canonical headers$/,
    },
    {
      name: 'with a token of somebody else',
      change: (head: string) =>
        head.replace(
          /(x-amz-security-token: ).*/,
          `$1${credentialsOf('reports', Date.now()).sessionToken}`,
        ),
      text: /^UnrecognizedClientException: The security token included in the request is invalid$/,
    },
  ])('$name is refused, though anybody may call', async ({ change, text }) => {
    const plane = await start(closed);
    const head = await signed({ who: 'checkout', request: 'GET /orders' });
    const response = await plane.ask(change(head));
    expect(response).toMatchObject({ status: 403, text: expect.stringMatching(text) });
    expect(target.requests).toHaveLength(0);
  });
});

describe('what a client says of itself', () => {
  test('does not reach the target as if we had said it', async () => {
    const plane = await start(closed);
    const lies = [
      `x-amzn-lattice-identity: ${IDENTITY_OF_CHECKOUT}`,
      'X-Amzn-Lattice-Identity-Tags: principal=root',
      'x-amzn-lattice-network: SourceVpcArn=arn:aws:ec2:us-west-2:111122223333:vpc/vpc-9',
      'x-amzn-lattice-target: ServiceArn=x',
      'x-amzn-lattice-anything: 1',
    ];
    expect((await plane.get('/', lies)).status).toBe(200);
    const { headers } = target.requests[0]!;
    const ours = Object.keys(headers).filter((name) => name.startsWith('x-amzn-lattice-'));
    expect(ours.sort()).toEqual(['x-amzn-lattice-network', 'x-amzn-lattice-target']);
    expect(headers['x-amzn-lattice-network']).toContain('vpc/vpc-1');
  });

  test('does not stand beside what we say of a caller', async () => {
    const plane = await start(closed);
    const headers = { 'x-amzn-lattice-identity': ['Principal=root', 'Principal=admin'] };
    await plane.ask(await signed({ who: 'checkout', request: 'GET /', headers }));
    expect(target.requests[0]!.headers['x-amzn-lattice-identity']).toBe(IDENTITY_OF_CHECKOUT);
  });
});

describe('where nobody asks for authentication', () => {
  test('a signature for VPC Lattice is kept from the target all the same', async () => {
    const plane = await start({});
    await plane.ask(await signed({ who: 'checkout', request: 'GET /' }));
    await plane.ask(await signed({ who: 'checkout', request: 'GET /', isPresigned: true }));
    expect(target.requests).toHaveLength(2);
    for (const { headers, url } of target.requests) {
      expect(url).toBe('/');
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('x-amz-security-token');
      expect(headers).not.toHaveProperty('x-amzn-lattice-identity');
    }
  });

  test.each([
    { name: 'in its header', isPresigned: false },
    { name: 'in its URL', isPresigned: true },
  ])('a signature for another service passes $name', async ({ isPresigned }) => {
    const plane = await start({});
    const head = await signed({
      who: 'checkout',
      request: 'GET /bucket/key',
      service: 's3',
      isPresigned,
    });
    await plane.ask(head);
    const [seen] = target.requests;
    const line = head.slice(0, head.indexOf(' HTTP/1.1'));
    expect(`GET ${seen!.url}`).toBe(line);
    const sent = `${seen!.url} ${seen!.rawHeaders.join(' ')}`;
    expect(sent).toMatch(isPresigned ? /X-Amz-Signature=/ : /AWS4-HMAC-SHA256 Credential=/);
    expect(sent.toLowerCase()).toContain('x-amz-security-token');
  });

  test('other credentials pass', async () => {
    const plane = await start({});
    await plane.get('/?token=1', ['Authorization: Bearer abc', 'X-Amz-Security-Token: own']);
    const [seen] = target.requests;
    expect(seen!.headers).toMatchObject({
      authorization: 'Bearer abc',
      'x-amz-security-token': 'own',
    });
    expect(seen!.url).toBe('/?token=1');
  });
});

test('signatures are forwarded when the settings say so', async () => {
  const plane = await start({ ...closed, forwardCredentials: true });
  await plane.ask(await signed({ who: 'checkout', request: 'GET /a' }));
  await plane.ask(await signed({ who: 'checkout', request: 'GET /b', isPresigned: true }));
  const [first, second] = target.requests;
  expect(first!.headers['authorization']).toContain('/vpc-lattice-svcs/aws4_request');
  expect(first!.headers).toHaveProperty('x-amz-security-token');
  expect(second!.url).toContain('X-Amz-Signature=');
});

describe('the access log', () => {
  test('says who asked, who was denied and by what, and nothing secret', async () => {
    const plane = await start({
      network: guarded(EVERYBODY, { ...EVERYBODY, Effect: 'Deny', Resource: '*/closed' }),
      service: guarded({ ...EVERYBODY, Principal: { AWS: '111122223333' } }),
    });
    const samples: readonly SampleRequest[] = [
      { who: 'checkout', request: 'GET /' },
      { who: 'checkout', request: 'GET /', isPresigned: true },
      { who: 'checkout', request: 'GET /closed' },
      { who: 'stranger', request: 'GET /' },
      { who: 'bob', request: 'GET /' },
      { who: 'anonymous', request: 'GET /' },
      { who: 'alice', request: 'GET /', signedAt: new Date(0) },
    ];
    const secrets = new Set<string>();
    for (const sample of samples) {
      const head = await signed(sample);
      for (const [, secret] of head.matchAll(
        /(?:Signature=|security-token: |Security-Token=)([^&\s]+)/gi,
      )) {
        secrets.add(secret!);
      }
      await plane.ask(head);
    }
    const lines = await plane.stop();
    expect(
      lines.map((line) => [line.resolvedUser, line.callerPrincipal, line.authDeniedReason]),
    ).toEqual([
      [arnOf('checkout'), arnOf('checkout'), '-'],
      [arnOf('checkout'), arnOf('checkout'), '-'],
      [arnOf('checkout'), arnOf('checkout'), 'Network'],
      [arnOf('stranger'), arnOf('stranger'), 'Service'],
      [arnOf('bob'), arnOf('bob'), 'Identity'],
      ['Anonymous', '-', 'Service'],
      ['Unknown', '-', '-'],
    ]);
    expect(lines[0]).toMatchObject({
      callerPrincipalOrgID: 'o-shop123456',
      callerPrincipalTags: '{"team":"orders","stage":"prod"}',
      failureReason: '-',
    });
    for (const line of lines.slice(2)) {
      expect(line).toMatchObject({
        responseCode: 403,
        failureReason: 'ClientAccessDenied',
        targetIpPort: '-',
      });
    }
    expect(secrets.size).toBeGreaterThan(8);
    const text = JSON.stringify(lines);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test('says nothing of callers where nobody asks', async () => {
    const plane = await start({});
    await plane.ask(await signed({ who: 'checkout', request: 'GET /' }));
    await plane.ask(request('GET /'));
    const lines = await plane.stop();
    expect(lines.map(({ resolvedUser }) => resolvedUser)).toEqual(['-', '-']);
  });
});
