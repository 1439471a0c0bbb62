import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DataPlane, request, shop } from './data-plane.ts';
import { type HttpTarget, httpTarget, type RawTarget, rawTarget } from './targets.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let plane: DataPlane;
let target: HttpTarget;

beforeAll(async () => {
  target = await httpTarget();
  plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
});

afterAll(async () => {
  await plane.stop();
  await target.close();
});

beforeEach(() => {
  target.requests.length = 0;
});

/** The header as the target got it; repeated ones as a list. */
const seenBy = async (headers: readonly string[], line = 'GET /x?y') => {
  await plane.ask(request(line, headers));
  const [seen] = target.requests;
  return (name: string): string | string[] | undefined => {
    const values: string[] = [];
    for (let i = 0; i < seen!.rawHeaders.length; i += 2) {
      if (seen!.rawHeaders[i]!.toLowerCase() === name) values.push(seen!.rawHeaders[i + 1]!);
    }
    return values.length > 1 ? values : values[0];
  };
};

describe('a forwarded request', () => {
  test('has the headers that say where it is from', async () => {
    const header = await seenBy([]);
    expect(header('x-forwarded-for')).toBe('127.0.0.1');
    expect(header('x-forwarded-port')).toBe('80');
    expect(header('x-forwarded-proto')).toBe('http');
    expect(header('x-amzn-source-vpc')).toBe('vpc-1');
    expect(header('x-amzn-lattice-network')).toBe(
      'SourceVpcArn=arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1',
    );
    expect(header('x-amzn-lattice-target')).toBe(
      'ServiceArn=arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1; ' +
        'ServiceNetworkArn=arn:aws:vpc-lattice:us-west-2:111122223333:servicenetwork/sn-1; ' +
        'TargetGroupArn=arn:aws:vpc-lattice:us-west-2:111122223333:targetgroup/tg-1',
    );
    expect(header('x-amzn-lattice-identity')).toBeUndefined();
    expect(header('x-amzn-requestid')).toMatch(UUID);
  });

  test('keeps its line, its Host and its own headers in their order, spelling and bytes', async () => {
    const lines = ['X-ONE:  a\t b ', 'x-two:', 'X-One: \xe9\xff', 'User-Agent: me', 'cookie: a=b'];
    await plane.ask(
      `OPTIONS //a/../b%2f?c=?&d HTTP/1.1\r\nHOST: Shop.Example:80\r\n${lines.join('\r\n')}\r\n\r\n`,
    );
    const [seen] = target.requests;
    expect(seen).toMatchObject({ method: 'OPTIONS', url: '//a/../b%2f?c=?&d' });
    expect(seen!.rawHeaders.slice(0, 12)).toEqual([
      ...['HOST', 'Shop.Example:80', 'X-ONE', 'a\t b', 'x-two', '', 'X-One', '\xe9\xff'],
      ...['User-Agent', 'me', 'cookie', 'a=b'],
    ]);
  });

  test('an absolute form becomes origin form with the Host that it named', async () => {
    await plane.ask(
      'GET http://Shop.example:80?a=b HTTP/1.1\r\nHost: liar.example\r\nX: 1\r\n\r\n',
    );
    const [seen] = target.requests;
    expect(seen).toMatchObject({ url: '/?a=b' });
    expect(seen!.headers['host']).toBe('Shop.example:80');
    expect(seen!.headers['x']).toBe('1');
  });

  test.each([
    {
      name: 'x-forwarded-for is appended to',
      headers: ['X-Forwarded-For: 1.2.3.4'],
      header: 'x-forwarded-for',
      value: '1.2.3.4, 127.0.0.1',
    },
    {
      name: 'several x-forwarded-for become one',
      headers: [
        'X-Forwarded-For: 1.2.3.4, 5.6.7.8',
        'A: b',
        'x-forwarded-for:',
        'x-forwarded-for: ::1',
      ],
      header: 'x-forwarded-for',
      value: '1.2.3.4, 5.6.7.8, ::1, 127.0.0.1',
    },
    {
      name: 'x-forwarded-port is overwritten',
      headers: ['X-Forwarded-Port: 1', 'X-Forwarded-Port: 2'],
      header: 'x-forwarded-port',
      value: '80',
    },
    {
      name: 'x-forwarded-proto is overwritten',
      headers: ['X-Forwarded-Proto: https'],
      header: 'x-forwarded-proto',
      value: 'http',
    },
    {
      name: 'x-amzn-source-vpc cannot be claimed',
      headers: ['X-Amzn-Source-Vpc: vpc-evil'],
      header: 'x-amzn-source-vpc',
      value: 'vpc-1',
    },
    {
      name: 'x-amzn-lattice-identity cannot be claimed',
      headers: [
        'X-Amzn-Lattice-Identity: Principal=arn:aws:iam::1:root',
        'X-AMZN-LATTICE-IDENTITY: x',
      ],
      header: 'x-amzn-lattice-identity',
      value: undefined,
    },
    {
      name: 'nor may any other x-amzn-lattice-*',
      headers: ['x-amzn-lattice-whatever: 1'],
      header: 'x-amzn-lattice-whatever',
      value: undefined,
    },
    {
      name: 'nor by `X_Amzn_Lattice_Identity`, which is the same variable to a CGI program',
      headers: ['X_Amzn_Lattice_Identity: 1'],
      header: 'x_amzn_lattice_identity',
      value: undefined,
    },
    {
      name: 'nor by `x-amzn_lattice-identity-tags`, which is the same variable to a CGI program',
      headers: ['x-amzn_lattice-identity-tags: 1'],
      header: 'x-amzn_lattice-identity-tags',
      value: undefined,
    },
    {
      name: 'nor by `x_amzn_source_vpc`, which is the same variable to a CGI program',
      headers: ['x_amzn_source_vpc: 1'],
      header: 'x_amzn_source_vpc',
      value: undefined,
    },
    {
      name: 'nor by `x_amzn_requestid`, which is the same variable to a CGI program',
      headers: ['x_amzn_requestid: 1'],
      header: 'x_amzn_requestid',
      value: undefined,
    },
    {
      name: 'nor by `X_Forwarded_For`, which is the same variable to a CGI program',
      headers: ['X_Forwarded_For: 1'],
      header: 'x_forwarded_for',
      value: undefined,
    },
    {
      name: 'nor by `x-forwarded_port`, which is the same variable to a CGI program',
      headers: ['x-forwarded_port: 1'],
      header: 'x-forwarded_port',
      value: undefined,
    },
    {
      name: 'nor by `x_forwarded_proto`, which is the same variable to a CGI program',
      headers: ['x_forwarded_proto: 1'],
      header: 'x_forwarded_proto',
      value: undefined,
    },
    {
      name: 'nor by `x.amzn.lattice.identity`, which is the same variable to a CGI program',
      headers: ['x.amzn.lattice.identity: 1'],
      header: 'x.amzn.lattice.identity',
      value: undefined,
    },
    {
      name: 'an underscore alone does no harm',
      headers: ['x_amzn_other_name: 1'],
      header: 'x_amzn_other_name',
      value: '1',
    },
    {
      name: 'x-amzn-lattice-network is ours alone',
      headers: ['x-amzn-lattice-network: SourceVpcArn=evil'],
      header: 'x-amzn-lattice-network',
      value: 'SourceVpcArn=arn:aws:ec2:us-west-2:111122223333:vpc/vpc-1',
    },
    {
      name: 'Connection: close is about the client',
      headers: ['Connection: close'],
      header: 'connection',
      value: undefined,
    },
    {
      name: 'what Connection names stays here',
      headers: ['Connection: X-Secret, close', 'X-Secret: 1'],
      header: 'x-secret',
      value: undefined,
    },
    {
      name: 'also when it alone is named',
      headers: ['Connection: x-secret', 'X-Secret: 1', 'x-SECRET: 2'],
      header: 'x-secret',
      value: undefined,
    },
    {
      name: 'Connection in two lines',
      headers: ['Connection: keep-alive', 'Connection: x-a,x-b', 'X-B: 1'],
      header: 'x-b',
      value: undefined,
    },
    {
      name: 'Connection cannot take Host away',
      headers: ['Connection: host'],
      header: 'host',
      value: 'shop.example',
    },
    {
      name: 'Connection cannot take Content-Length away',
      line: 'POST /',
      headers: ['Connection: content-length', 'Content-Length: 0'],
      header: 'content-length',
      value: '0',
    },
    {
      name: 'Connection cannot take away what we add',
      headers: ['Connection: x-forwarded-for, x-amzn-source-vpc', 'X-Forwarded-For: 9.9.9.9'],
      header: 'x-amzn-source-vpc',
      value: 'vpc-1',
    },
    ...['Keep-Alive', 'Proxy-Connection', 'TE', 'Trailer', 'Upgrade', 'Proxy-Authorization'].map(
      (name) => ({
        name: `${name} belongs to the connection`,
        headers: [`${name}: x`],
        header: name.toLowerCase(),
        value: undefined,
      }),
    ),
    {
      name: 'Authorization goes to the target',
      headers: ['Authorization: Bearer t'],
      header: 'authorization',
      value: 'Bearer t',
    },
  ])('$name', async ({ line, headers, header, value }) => {
    expect((await seenBy(headers, line))(header)).toEqual(value);
  });

  test('an Upgrade is dropped and the request goes on as an ordinary one', async () => {
    const response = await plane.ask(
      request('GET /ws', [
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ]),
    );
    expect(response).toMatchObject({ status: 200, text: 'GET /ws' });
    expect(target.requests[0]!.headers).not.toHaveProperty('upgrade');
  });
});

describe('the request id', () => {
  const idOf = async (headers: readonly string[]) => {
    const response = await plane.ask(request('GET /', headers));
    expect(response.headers.filter(([name]) => name === 'x-amzn-requestid')).toHaveLength(1);
    const id = response.header('x-amzn-requestid')!;
    expect(target.requests.at(-1)!.headers['x-amzn-requestid']).toBe(id);
    return id;
  };

  test('is new for each request', async () => {
    const ids = [await idOf([]), await idOf([])];
    expect(ids[0]).toMatch(UUID);
    expect(ids[0]).not.toBe(ids[1]);
  });

  test.each([
    { name: 'is the client’s in any format', sent: 'my id/\xe9 #1', expected: 'my id/\xe9 #1' },
    { name: 'is kept at 512 bytes', sent: 'x'.repeat(512), expected: 'x'.repeat(512) },
    { name: 'is cut after 512 bytes', sent: 'y'.repeat(513), expected: 'y'.repeat(512) },
  ])('$name', async ({ sent, expected }) => {
    expect(await idOf([`X-Amzn-RequestId: ${sent}`])).toBe(expected);
  });

  test('is new when the client sends an empty one', async () => {
    expect(await idOf(['x-amzn-requestid:'])).toMatch(UUID);
  });

  test('is in answers of ours, too', async () => {
    const response = await plane.ask(
      'GET / HTTP/1.1\r\nHost: nobody.example\r\nx-amzn-requestid: mine\r\n\r\n',
    );
    expect(response.status).toBe(404);
    expect(response.header('x-amzn-requestid')).toBe('mine');
  });
});

describe('a forwarded response', () => {
  let raw: RawTarget;
  let other: DataPlane;
  let answer = '';

  beforeAll(async () => {
    raw = await rawTarget(async (connection) => {
      let from = 0;
      for (;;) {
        from = await connection.until('\r\n\r\n', from);
        connection.send(answer);
      }
    });
    other = await DataPlane.start({ parts: shop({ targets: [raw.port] }) });
  });

  afterAll(async () => {
    await other.stop();
    await raw.close();
  });

  const answered = (lines: readonly string[], body = 'ok', status = 'HTTP/1.1 200 OK') => {
    answer = [status, ...lines, `Content-Length: ${body.length}`, '', body].join('\r\n');
    return other.ask(request('GET /'));
  };

  test('keeps its line and headers, and gets the request id and nothing else', async () => {
    const response = await answered(
      ['Server: s', 'X-a:  1 ', 'x-A: \xe9', 'Set-Cookie: a', 'Set-Cookie: b'],
      'body',
      'HTTP/1.1 299 So \xe9 it',
    );
    expect(response).toMatchObject({ status: 299, reason: 'So \xe9 it', text: 'body' });
    expect(response.headers.slice(0, -1)).toEqual([
      ...[['server', 's'] as const, ['x-a', '1'] as const, ['x-a', '\xe9'] as const],
      ...[['set-cookie', 'a'] as const, ['set-cookie', 'b'] as const],
      ['content-length', '4'],
    ]);
    expect(response.headers.at(-1)).toEqual(['x-amzn-requestid', expect.stringMatching(UUID)]);
  });

  test('the target’s own request id is replaced', async () => {
    const response = await answered(['X-Amzn-RequestId: theirs']);
    expect(response.header('x-amzn-requestid')).toMatch(UUID);
  });

  test.each([
    { name: 'Keep-Alive', lines: ['Keep-Alive: timeout=5'], header: 'keep-alive' },
    { name: 'Connection', lines: ['Connection: close'], header: 'connection' },
    { name: 'Proxy-Connection', lines: ['Proxy-Connection: x'], header: 'proxy-connection' },
    { name: 'Upgrade', lines: ['Upgrade: h2c'], header: 'upgrade' },
    { name: 'Trailer', lines: ['Trailer: x'], header: 'trailer' },
    { name: 'named by Connection', lines: ['Connection: x-a', 'X-A: 1'], header: 'x-a' },
    {
      name: 'named by Connection among others',
      lines: ['Connection: close, X-A', 'x-a: 1'],
      header: 'x-a',
    },
    {
      name: 'named by a second Connection',
      lines: ['Connection: keep-alive', 'Connection: X-A', 'x-a: 1'],
      header: 'x-a',
    },
  ])('does not have what belongs to the target’s connection: $name', async ({ lines, header }) => {
    const response = await answered(lines);
    expect(response).toMatchObject({ status: 200, text: 'ok' });
    expect(response.header(header)).toBeUndefined();
  });

  test('Connection cannot take Content-Length away', async () => {
    expect(await answered(['Connection: content-length'])).toMatchObject({
      framing: 'length',
      text: 'ok',
    });
  });

  test('equal Content-Lengths are forwarded once', async () => {
    const response = await answered(['content-length: 2']);
    expect(response.header('content-length')).toBe('2');
  });
});
