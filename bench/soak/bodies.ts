import { once } from 'node:events';
import { connect } from 'node:http2';
import { request } from 'node:https';
import { Readable } from 'node:stream';
import { megabytes } from '../format.ts';
import type { LoadedService, ServicePlan } from '../pergola/data-folder.ts';
import { renderText } from '../render.ts';
import { BodyCheck, bodyPieces } from './body-pattern.ts';
import { type BodyTarget, startBodyTarget } from './body-target.ts';
import { MemoryWatch } from './memory-watch.ts';
import { startOneWorker } from './one-worker.ts';
import type { Soak } from './soak.ts';

const SAMPLE_EVERY_MS = 50;
/** Finds the size that buffers and heap have for any body. */
const WARM_UP_BYTES = 64e6;
/** How much more a large body may take than the one of the warm-up: V8's young generation grows in steps of that order. */
const FLAT_BYTES = 64e6;

type ClientProtocol = 'h2c' | 'h2' | 'https';

interface Way {
  readonly name: string;
  readonly client: ClientProtocol;
  readonly plan: Omit<ServicePlan, 'name' | 'rules'>;
}

const waysTo = ({ http1, http2, tls }: BodyTarget): readonly Way[] => [
  {
    name: 'HTTP/2 to HTTP/2',
    client: 'h2c',
    plan: { target: { port: http2, version: 'HTTP2' } },
  },
  {
    name: 'HTTP/2 to HTTP/1.1',
    client: 'h2c',
    plan: { target: { port: http1 } },
  },
  {
    name: 'HTTP/2 to HTTP/2, TLS on both sides',
    client: 'h2',
    plan: { listener: 'HTTPS', target: { port: tls, protocol: 'HTTPS', version: 'HTTP2' } },
  },
  {
    name: 'HTTP/1.1 to HTTP/1.1, TLS on both sides',
    client: 'https',
    plan: { listener: 'HTTPS', target: { port: tls, protocol: 'HTTPS' } },
  },
  {
    name: 'TLS passed through',
    client: 'h2',
    plan: { listener: 'TLS_PASSTHROUGH', target: { port: tls, protocol: 'TCP' } },
  },
];

const DIRECTIONS = ['to the client', 'to the target'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** One body in each direction on each way. Holds when all arrive as they were sent, and the worker's memory is flat. */
export const soakBodies = async (soak: Soak): Promise<boolean> => {
  const bytes = Math.round(soak.options.gigabytes * 1e9);
  const ways = waysTo(await startBodyTarget(soak));
  const worker = await startOneWorker(
    soak,
    ways.map(({ plan }, i) => ({ ...plan, name: `way-${i}`, rules: 1, isLogged: true })),
  );
  const rows: string[][] = [];
  let holds = true;
  for (const [i, { name, client }] of ways.entries()) {
    for (const direction of DIRECTIONS) {
      const { host } = worker.services[i] as LoadedService;
      const carry = (size: number) =>
        carryBody({ client, port: worker.portal, host, direction, bytes: size });
      await carry(WARM_UP_BYTES);
      const watch = new MemoryWatch(worker.workerPid, SAMPLE_EVERY_MS);
      const start = performance.now();
      const outcome = await carry(bytes);
      const seconds = (performance.now() - start) / 1000;
      watch.stop();
      const growth = watch.highest() - watch.first;
      holds &&= outcome === 'intact' && growth <= FLAT_BYTES;
      rows.push([
        name,
        direction,
        outcome,
        `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`,
        megabytes(watch.first),
        megabytes(watch.highest()),
        megabytes(growth),
      ]);
      soak.say(rows.at(-1)?.join(', ') ?? '');
    }
  }
  await worker.stop();
  soak.say(
    `\n${renderText({
      title: `Bodies of ${megabytes(bytes)}`,
      head: ['way', 'direction', 'body', 'throughput', 'RSS before', 'RSS at most', 'growth'],
      rows,
      notes: [`RSS of the one worker. Flat: ${megabytes(FLAT_BYTES)} of growth at most.`],
    })}`,
  );
  return holds;
};

interface Carriage {
  readonly client: ClientProtocol;
  readonly port: number;
  readonly host: string;
  readonly direction: Direction;
  readonly bytes: number;
}

/** `intact`, or what happened in place of that. */
const carryBody = async (carriage: Carriage): Promise<string> => {
  const { direction, bytes } = carriage;
  try {
    const answer = carriage.client === 'https' ? askHttp1(carriage) : askHttp2(carriage);
    const check = new BodyCheck();
    let text = '';
    for await (const piece of await answer) {
      if (direction === 'to the client') check.take(piece as Buffer);
      else text += String(piece);
    }
    const seen = direction === 'to the client' ? check : (JSON.parse(text) as BodyCheck);
    return seen.isIntact && seen.bytes === bytes ? 'intact' : `NOT INTACT after ${seen.bytes}`;
  } catch (error) {
    return `FAILED: ${(error as Error).message}`;
  }
};

const pathOf = ({ direction, bytes }: Carriage): string =>
  direction === 'to the client' ? `/api/body?bytes=${bytes}` : '/api/body';

const methodOf = ({ direction }: Carriage): string =>
  direction === 'to the client' ? 'GET' : 'POST';

const bodyOf = ({ direction, bytes }: Carriage): Readable =>
  Readable.from(direction === 'to the client' ? [] : bodyPieces(bytes), { objectMode: false });

/** The body of the answer, which ends the connection. */
const askHttp2 = async (carriage: Carriage): Promise<Readable> => {
  const { client, port, host } = carriage;
  const session = connect(`${client === 'h2c' ? 'http' : 'https'}://127.0.0.1:${port}`, {
    servername: host,
    rejectUnauthorized: false,
  });
  const stream = session.request({
    ':method': methodOf(carriage),
    ':path': pathOf(carriage),
    ':authority': host,
  });
  const failed = once(session, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  stream.on('close', () => session.destroy());
  bodyOf(carriage).pipe(stream);
  await Promise.race([once(stream, 'response'), failed]);
  return stream;
};

const askHttp1 = async (carriage: Carriage): Promise<Readable> => {
  const { port, host } = carriage;
  const outgoing = request({
    host: '127.0.0.1',
    port,
    servername: host,
    rejectUnauthorized: false,
    agent: false,
    method: methodOf(carriage),
    path: pathOf(carriage),
    headers: { host },
  });
  bodyOf(carriage).pipe(outgoing);
  const [answer] = (await once(outgoing, 'response')) as [Readable];
  return answer;
};
