import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { DataPlane, request, shop } from './data-plane.ts';
import { CutError } from './raw-client.ts';
import { closedPort, httpTarget, type RawTargetConnection, rawTarget } from './targets.ts';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A target that serves `serve` each connection, and closes with the test. */
const target = async (serve: (connection: RawTargetConnection, number: number) => unknown) => {
  const made = await rawTarget(serve);
  closers.push(() => made.close());
  return made;
};

const planeFor = async (...ports: number[]): Promise<DataPlane> => {
  const plane = await DataPlane.start({ parts: shop({ targets: ports }) });
  closers.push(() => plane.stop());
  return plane;
};

const answers = async (connection: RawTargetConnection): Promise<void> => {
  let from = 0;
  for (;;) {
    from = await connection.until('\r\n\r\n', from);
    connection.send(OK);
  }
};

/** Reads a whole request and then ends the connection without an answer. */
const reads = async (connection: RawTargetConnection, mark = '\r\n\r\n'): Promise<void> => {
  await connection.until(mark);
  connection.socket.resetAndDestroy();
};

const post = (body: string) => `${request('POST /', [`Content-Length: ${body.length}`])}${body}`;
const put = (body: string) => `${request('PUT /', [`Content-Length: ${body.length}`])}${body}`;

describe('a target that cannot be connected', () => {
  test.each([
    { name: 'GET', bytes: request('GET /'), length: 0 },
    { name: 'POST, of which nothing was sent yet', bytes: post('body'), length: 4 },
    {
      name: 'POST in chunks',
      bytes: `${request('POST /', ['Transfer-Encoding: chunked'])}4\r\nbody\r\n0\r\n\r\n`,
      length: 4,
    },
    { name: 'POST with a long body', bytes: post('x'.repeat(300_000)), length: 300_000 },
  ])('is passed over for the next: $name', async ({ bytes, length }) => {
    const good = await httpTarget((seen, response) => response.end(`${seen.body.length}`));
    closers.push(() => good.close());
    const refusing = [await closedPort(), await closedPort(), await closedPort()];
    const plane = await planeFor(...refusing, good.port);
    expect(await plane.ask(bytes)).toMatchObject({ status: 200, text: String(length) });
    expect(good.requests).toHaveLength(1);
    expect(await plane.stop()).toMatchObject([{ responseCode: 200, failureReason: '-' }]);
    expect(plane.totals.services['svc-1']).toMatchObject({ requests: 1, status2xx: 1 });
  });

  test('is avoided for a while afterwards', async () => {
    const good = await httpTarget();
    closers.push(() => good.close());
    let dialled = 0;
    const refusing = await closedPort();
    const plane = await DataPlane.start({
      parts: shop({ targets: [refusing, good.port] }),
      dial: (address) => {
        if (address.port === refusing) dialled += 1;
        return connect({ ...address, noDelay: true });
      },
    });
    closers.push(() => plane.stop());
    for (let i = 0; i < 20; i++) expect((await plane.get('/')).status).toBe(200);
    expect(dialled).toBe(1);
  });
});

describe('a kept connection that the target has closed', () => {
  /** Serves one request on its first connection and closes it when the second has come. */
  const closesFirst = (mark: string) => async (connection: RawTargetConnection, number: number) => {
    if (number > 0) return answers(connection);
    const from = await connection.until();
    connection.send(OK);
    await connection.until(mark, from);
    connection.socket.resetAndDestroy();
  };

  test.each([
    { name: 'GET', bytes: request('GET /'), mark: 'GET' },
    { name: 'HEAD', bytes: request('HEAD /'), mark: 'HEAD' },
    { name: 'DELETE', bytes: request('DELETE /'), mark: 'DELETE' },
    { name: 'PUT with a body', bytes: put('body'), mark: 'body' },
  ])('is replaced, and the request repeated: $name', async ({ name, bytes, mark }) => {
    const made = await target(closesFirst(mark));
    const plane = await planeFor(made.port);
    await plane.get('/');
    expect(await plane.ask(bytes, name)).toMatchObject({ status: 200 });
    expect(made.accepted).toBe(2);
    expect(made.connections[1]!.received).toContain(mark);
    expect(await plane.stop()).toMatchObject([{ responseCode: 200 }, { responseCode: 200 }]);
  });

  test.each([
    { name: 'POST', bytes: post('body') },
    { name: 'POST without a body', bytes: post('') },
    { name: 'PATCH', bytes: request('PATCH /') },
    { name: 'a method that nobody knows', bytes: request('BREW /') },
    { name: 'a method in other letters', bytes: request('get /') },
  ])('is not replaced, since the request may have had its effect: $name', async ({ bytes }) => {
    const made = await target(closesFirst(bytes.slice(0, bytes.indexOf(' '))));
    const plane = await planeFor(made.port);
    await plane.get('/');
    expect(await plane.ask(bytes)).toMatchObject({ status: 502, text: 'Bad Gateway' });
    expect(made.accepted).toBe(1);
  });

  test('PUT with a body that was too long to keep is not repeated', async () => {
    const made = await target(async (connection, number) => {
      if (number > 0) return answers(connection);
      const from = await connection.until();
      connection.send(OK);
      await connection.until('END', from);
      connection.socket.resetAndDestroy();
    });
    const plane = await planeFor(made.port);
    await plane.get('/');
    expect((await plane.ask(put(`${'x'.repeat(200_000)}END`))).status).toBe(502);
    expect(made.accepted).toBe(1);
  });

  test('closed in good order between two requests is no failure of the second', async () => {
    const made = await target(async (connection) => {
      await connection.until();
      connection.send(OK);
      connection.socket.end();
    });
    const plane = await planeFor(made.port);
    for (let i = 0; i < 20; i++) expect((await plane.ask(post('x'))).status).toBe(200);
  });
});

describe('at most one repeat', () => {
  test('of a request that targets do not answer', async () => {
    const made = await target((connection) => reads(connection));
    const other = await target((connection) => reads(connection));
    const plane = await planeFor(made.port, other.port);
    expect((await plane.get('/')).status).toBe(502);
    expect(made.accepted + other.accepted).toBe(2);
    expect(await plane.stop()).toMatchObject([{ failureReason: 'TargetConnectionClosed' }]);
  });

  test('goes to another target where there is one', async () => {
    const bad = await target((connection) => reads(connection));
    const good = await target(answers);
    const plane = await planeFor(bad.port, good.port);
    for (let i = 0; i < 4; i++) expect((await plane.get('/')).status).toBe(200);
  });

  test('never once a part of the response has gone to the client', async () => {
    const made = await target(async (connection) => {
      await connection.until();
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
      connection.socket.end();
    });
    const plane = await planeFor(made.port);
    await expect(plane.get('/')).rejects.toThrow(CutError);
    expect(made.accepted).toBe(1);
  });

  test('only of the request whose connection it was', async () => {
    // Two clients, one of whom has bad luck.
    const made = await target(async (connection) => {
      const end = await connection.until();
      if (connection.received.slice(0, end).includes('/bad')) connection.socket.resetAndDestroy();
      else connection.send(OK);
    });
    const plane = await planeFor(made.port);
    const [good, bad] = await Promise.all([plane.get('/good'), plane.get('/bad')]);
    expect(good.status).toBe(200);
    expect(bad.status).toBe(502);
    expect(made.connections.filter(({ received }) => received.includes('/good'))).toHaveLength(1);
    expect(made.connections.filter(({ received }) => received.includes('/bad'))).toHaveLength(2);
  });

  test('a body that is still coming is sent from its beginning again', async () => {
    const made = await target(async (connection, number) => {
      if (number === 0) {
        await connection.until('first');
        connection.socket.resetAndDestroy();
      } else {
        await connection.until('second');
        connection.send(OK);
      }
    });
    const plane = await planeFor(made.port);
    const client = await plane.client();
    client.send(`${request('PUT /', ['Content-Length: 11'])}first`);
    // The second try has begun.
    await made.connection(1);
    client.send('second');
    expect((await client.response()).status).toBe(200);
    expect(made.connections[1]!.received).toMatch(/\r\n\r\nfirstsecond$/);
  });
});

test('requests are spread over targets in turn, and those that fail are not lost', async () => {
  const counts = [0, 0, 0];
  const targets = await Promise.all(
    counts.map((_, i) =>
      httpTarget((_seen, response) => {
        counts[i]! += 1;
        response.end();
      }),
    ),
  );
  closers.push(...targets.map((made) => () => made.close()));
  const plane = await planeFor(...targets.map(({ port }) => port));
  for (let i = 0; i < 30; i++) expect((await plane.get('/')).status).toBe(200);
  expect(counts).toEqual([10, 10, 10]);
  await targets[1]!.close();
  for (let i = 0; i < 30; i++) expect((await plane.get('/')).status).toBe(200);
  expect(counts[0]! + counts[2]!).toBe(50);
});
