import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { DataPlane, request, shop } from './data-plane.ts';
import { type RawClient, turn } from './raw-client.ts';
import { type RawTargetConnection, rawTarget } from './targets.ts';

const PIECE_BYTES = 64 * 1024;
const PIECES = 1600;
/** 100 MiB. */
const SIZE = PIECE_BYTES * PIECES;
/** What may be on its way between client, worker and target: mostly the system's socket buffers. */
const IN_FLIGHT_BYTES = 24 * 1024 * 1024;

/** Body that is made as it is sent. */
class Source {
  sent = 0;
  readonly hash = createHash('sha1');
  readonly done: Promise<void>;

  constructor(to: Writable, frame: (piece: Buffer) => Buffer = (piece) => piece) {
    this.done = new Promise((resolve) => {
      let number = 0;
      const more = (): void => {
        while (number < PIECES) {
          const piece = Buffer.alloc(PIECE_BYTES, `${number} `);
          number += 1;
          this.sent += piece.length;
          this.hash.update(piece);
          if (!to.write(frame(piece))) {
            to.once('drain', more);
            return;
          }
        }
        resolve();
      };
      more();
    });
  }
}

const chunk = (piece: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);

/** Waits until a number stays the same while other requests are answered: a clock that needs no time. */
const settled = async (plane: DataPlane, value: () => number): Promise<number> => {
  const client = await plane.client();
  let before = -1;
  for (let same = 0; same < 30; ) {
    client.send('GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n');
    await client.response();
    await turn();
    same = value() === before ? same + 1 : 0;
    before = value();
  }
  client.destroy();
  return before;
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of buffers that are in use. */
const usedBytes = (): number => {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
};

/** The greatest growth of the memory that buffers use while `run` runs. */
const memoryGrowth = async (run: () => Promise<unknown>): Promise<number> => {
  const begin = usedBytes();
  let most = begin;
  const timer = setInterval(() => {
    most = Math.max(most, usedBytes());
  }, 20);
  await run();
  clearInterval(timer);
  return most - begin;
};

/** Reads the rest of what comes on a raw target's connection, without keeping it. */
const hashRest = (connection: RawTargetConnection, from: number, bytes: number) => {
  const hash = createHash('sha1');
  const { socket } = connection;
  const first = connection.received.slice(from);
  connection.received = '';
  socket.removeAllListeners('data');
  let received = first.length;
  hash.update(first, 'latin1');
  return new Promise<string>((resolve) => {
    const take = (text: string): void => {
      received += text.length;
      hash.update(text, 'latin1');
      if (received >= bytes) resolve(hash.digest('hex'));
    };
    socket.on('data', take);
    if (received >= bytes) resolve(hash.digest('hex'));
  });
};

describe('100 MiB', () => {
  test.each(['length', 'chunked', 'close'] as const)(
    'to a slow reader: %s. The target is held back, memory stays flat, every byte arrives',
    async (framing) => {
      let source: Source | undefined;
      const target = await rawTarget(async (connection) => {
        await connection.until();
        const line = {
          length: `Content-Length: ${SIZE}\r\n`,
          chunked: 'Transfer-Encoding: chunked\r\n',
          close: '',
        }[framing];
        connection.send(`HTTP/1.1 200 OK\r\n${line}\r\n`);
        source = new Source(connection.socket, framing === 'chunked' ? chunk : undefined);
        await source.done;
        if (framing === 'chunked') connection.send('0\r\n\r\n');
        if (framing === 'close') connection.socket.end();
      });
      const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
      const client = await plane.client();
      client.pause();
      client.send(request('GET /'));
      await target.connection(0);
      expect(await settled(plane, () => source?.sent ?? 0)).toBeLessThan(IN_FLIGHT_BYTES);
      expect(source!.sent).toBeGreaterThan(0);

      const hash = createHash('sha1');
      let size = 0;
      const growth = await memoryGrowth(async () => {
        const body = readBody(client, (piece) => {
          size += piece.length;
          hash.update(piece);
        });
        client.resume();
        await body;
      });
      expect(size).toBe(SIZE);
      expect(hash.digest('hex')).toBe(source!.hash.digest('hex'));
      expect(growth).toBeLessThan(IN_FLIGHT_BYTES);
      const records = await plane.stop();
      expect(records.find(({ serviceArn }) => serviceArn !== '-')).toMatchObject({
        responseCode: 200,
        failureReason: '-',
      });
      await target.close();
    },
  );

  test('from a client to a slow target: the client is held back, memory stays flat', async () => {
    let goOn = (): void => {};
    const slow = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let digest: Promise<string> | undefined;
    const target = await rawTarget(async (connection) => {
      const from = await connection.until();
      connection.socket.pause();
      await slow;
      digest = hashRest(connection, from, SIZE);
      connection.socket.resume();
      await digest;
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    const client = await plane.client();
    client.send(request('POST /', [`Content-Length: ${SIZE}`]));
    const source = new Source(client.socket);
    await target.connection(0);
    expect(await settled(plane, () => source.sent)).toBeLessThan(IN_FLIGHT_BYTES);
    const growth = await memoryGrowth(async () => {
      goOn();
      expect(await client.response()).toMatchObject({ status: 200, text: 'ok' });
    });
    expect(source.sent).toBe(SIZE);
    expect(await digest).toBe(source.hash.digest('hex'));
    expect(growth).toBeLessThan(IN_FLIGHT_BYTES);
    // And the connection can be used again.
    client.send('GET / HTTP/1.1\r\nHost: nobody.example\r\n\r\n');
    expect((await client.response()).status).toBe(404);
    const records = await plane.stop();
    expect(records.find(({ requestMethod }) => requestMethod === 'POST')).toMatchObject({
      responseCode: 200,
      bytesReceived: SIZE + request('POST /', [`Content-Length: ${SIZE}`]).length,
    });
    await target.close();
  });

  test('in chunks from a client, all of which arrive', async () => {
    const hash = createHash('sha1');
    const target = await rawTarget(async (connection) => {
      const from = await connection.until();
      await readChunks(connection, from, (piece) => hash.update(piece));
      connection.send('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    const client = await plane.client();
    client.send(request('POST /', ['Transfer-Encoding: chunked']));
    const source = new Source(client.socket, chunk);
    await source.done;
    client.send('0\r\n\r\n');
    expect((await client.response()).text).toBe('ok');
    expect(hash.digest('hex')).toBe(source.hash.digest('hex'));
    await plane.stop();
    await target.close();
  });
});

test('interim responses without end are cut off, also while the client does not read', async () => {
  const piece = Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(1000));
  let sent = 0;
  const target = await rawTarget(async (connection) => {
    await connection.until();
    const more = (): void => {
      while (!connection.socket.destroyed && sent < SIZE) {
        sent += piece.length;
        if (!connection.socket.write(piece)) return;
      }
    };
    connection.socket.on('drain', more);
    more();
  });
  const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
  const client = await plane.client();
  client.pause();
  client.send(request('GET /'));
  await target.connection(0);
  expect(await settled(plane, () => sent)).toBeLessThan(IN_FLIGHT_BYTES);
  await (await target.connection(0)).ended;
  client.resume();
  expect((await client.response()).status).toBe(502);
  expect(await plane.stop()).toContainEqual(
    expect.objectContaining({ failureReason: 'TargetProtocolError' }),
  );
  await target.close();
});

describe('a response before the request is complete', () => {
  test('reaches the client at once, and the connection ends', async () => {
    const target = await rawTarget(async (connection) => {
      await connection.until();
      connection.send('HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!');
    });
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    const client = await plane.client();
    client.send(`${request('POST /', ['Content-Length: 1000000'])}begin`);
    const response = await client.response();
    expect(response).toMatchObject({ status: 413, text: 'no!' });
    expect(response.header('connection')).toBe('close');
    // What the client still sends does no harm.
    client.send('x'.repeat(500_000));
    expect(await client.ending).toBe('end');
    // And the target's connection is not used again: it has half a request.
    await (await target.connection(0)).ended;
    expect(await plane.stop()).toMatchObject([{ responseCode: 413, failureReason: '-' }]);
    await target.close();
  });

  test('both may stream at the same time', async () => {
    const target = await rawTarget(async (connection) => {
      let from = await connection.until();
      connection.send('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      for (const word of ['one', 'two', 'three']) {
        from = await connection.until(word, from);
        connection.send(`${word.length}\r\n${word}\r\n`);
      }
      await connection.until('0\r\n\r\n', from);
      connection.send('0\r\n\r\n');
    });
    const plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
    const client = await plane.client();
    client.send(request('POST /', ['Transfer-Encoding: chunked']));
    for (const word of ['one', 'two', 'three']) {
      client.send(`${word.length}\r\n${word}\r\n`);
      await expect.poll(() => client.unread).toContain(`${word.length}\r\n${word}\r\n`);
    }
    client.send('0\r\n\r\n');
    expect((await client.response()).text).toBe('onetwothree');
    await plane.stop();
    await target.close();
  });
});

/** Reads a response's head, and then hands its body's pieces out without keeping them. */
const readBody = async (client: RawClient, take: (piece: Buffer) => void): Promise<void> => {
  const { socket } = client;
  socket.removeAllListeners('data');
  let head = '';
  let decode: ((piece: Buffer) => boolean) | undefined;
  await new Promise<void>((resolve, reject) => {
    void client.closed.then(() => reject(new Error('the connection ended within the body')));
    socket.on('data', (piece: Buffer) => {
      let body = piece;
      if (decode === undefined) {
        const before = head.length;
        head += piece.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        body = piece.subarray(end + 4 - before);
        decode = /^transfer-encoding: chunked$/im.test(head.slice(0, end))
          ? chunkedDecoder(take)
          : countingDecoder(SIZE, take);
      }
      if (decode(body)) resolve();
    });
  });
};

/** Hands out so many bytes; tells when there are no more. */
const countingDecoder = (size: number, take: (piece: Buffer) => void) => {
  let left = size;
  return (piece: Buffer): boolean => {
    left -= piece.length;
    take(piece);
    return left <= 0;
  };
};

/** Decodes chunks; tells when the last one has come. */
const chunkedDecoder = (take: (piece: Buffer) => void) => {
  let left = 0;
  let line = '';
  let isLast = false;
  return (bytes: Buffer): boolean => {
    let at = 0;
    while (at < bytes.length) {
      if (left > 0) {
        const end = Math.min(at + left, bytes.length);
        take(bytes.subarray(at, end));
        left -= end - at;
        at = end;
        continue;
      }
      line += String.fromCharCode(bytes[at]!);
      at += 1;
      if (!line.endsWith('\n')) continue;
      if (line === '\r\n') {
        line = '';
        if (isLast) return true;
        continue;
      }
      if (!/^[0-9a-f]+\r\n$/.test(line)) throw new Error(`chunk size: \`${line}\``);
      left = Number.parseInt(line, 16);
      isLast = left === 0;
      line = '';
    }
    return false;
  };
};

const readChunks = (
  connection: RawTargetConnection,
  from: number,
  take: (piece: Buffer) => void,
): Promise<void> => {
  const { socket } = connection;
  const first = Buffer.from(connection.received.slice(from), 'latin1');
  connection.received = '';
  socket.removeAllListeners('data');
  const decode = chunkedDecoder(take);
  return new Promise((resolve, reject) => {
    if (decode(first)) resolve();
    socket.on('close', () => reject(new Error('the connection ended within the body')));
    socket.on('data', (text: string) => {
      if (decode(Buffer.from(text, 'latin1'))) resolve();
    });
  });
};
