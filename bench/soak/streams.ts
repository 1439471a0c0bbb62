import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { megabytes, ms, thousands } from '../format.ts';
import { freePort } from '../free-port.ts';
import { GrpcMessageReader, grpcMessage } from '../grpc/grpc-messages.ts';
import { startProcess } from '../processes.ts';
import { quantile } from '../statistics.ts';
import { untilAccepts } from '../until-accepts.ts';
import { MemoryWatch } from './memory-watch.ts';
import { startOneWorker } from './one-worker.ts';
import type { Soak } from './soak.ts';

const TARGET = fileURLToPath(new URL('../grpc/echo-target.ts', import.meta.url));
const MESSAGE_BYTES = 1024;
const SAMPLE_EVERY_MS = 500;
/** Until then buffers, code and heap may still find their size. */
const WARM_UP_SHARE = 0.2;
/** How much more the second half may take than the first one after the warm-up. */
const FLAT_BYTES = 20e6;

/**
 * Two bidirectional gRPC streams that live for long: one sends a hundred messages a second, the other as
 * many as it is let, and reads a megabyte a second, so that every part of the way is held back all the
 * time. Holds when all messages come back in order, both end well, and the worker's memory is flat.
 */
export const soakStreams = async (soak: Soak): Promise<boolean> => {
  const { options, cleanup, say } = soak;
  const durationMs = options.minutes * 60_000;
  const port = await freePort();
  await untilAccepts(
    'target',
    port,
    startProcess(cleanup, process.execPath, [TARGET, String(port)]),
  );
  const worker = await startOneWorker(
    soak,
    [{ name: 'grpc', rules: 1, isLogged: true, target: { port, version: 'GRPC' } }],
    // Streams end with their connection, after ten minutes unless told otherwise.
    { limits: { connectionLifetimeMs: durationMs + 120_000 } },
  );
  say(`two streams for ${options.minutes} minutes`);
  const watch = new MemoryWatch(worker.workerPid, SAMPLE_EVERY_MS);
  const host = worker.services[0]?.host ?? '';
  const sessions = [0, 1].map(() => connect(`http://127.0.0.1:${worker.portal}`));
  const [steady, held] = await Promise.all(
    sessions.map((session, i) => {
      session.on('error', () => {});
      const echo = new EchoStream(session, host);
      return i === 0 ? sendSteadily(echo, durationMs) : sendHeldBack(echo, durationMs);
    }),
  );
  watch.stop();
  for (const session of sessions) session.destroy();
  await worker.stop();
  const early = watch.highest(WARM_UP_SHARE, (1 + WARM_UP_SHARE) / 2);
  const late = watch.highest((1 + WARM_UP_SHARE) / 2);
  for (const [name, echo] of [
    ['steady', steady],
    ['held back', held],
  ] as const) {
    say(`${name}: ${echo?.summary}`);
  }
  say(
    `RSS of the worker: ${megabytes(watch.first)} at the start, ${megabytes(early)} in the first half ` +
      `after the warm-up, ${megabytes(late)} in the second, ${megabytes(watch.highest())} at most`,
  );
  return steady?.isWell === true && held?.isWell === true && late - early <= FLAT_BYTES;
};

/** Numbered messages that a target sends back. */
class EchoStream {
  readonly stream: ClientHttp2Stream;
  readonly #sentAt = new Map<number, number>();
  readonly #roundTripsMs: number[] = [];
  readonly #closed: Promise<void>;
  #sent = 0;
  #got = 0;
  #fault: string | undefined;

  constructor(session: ClientHttp2Session, host: string) {
    this.stream = session.request({
      ':method': 'POST',
      ':path': '/api/Echo',
      ':authority': host,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const reader = new GrpcMessageReader((payload) => this.#take(payload));
    this.stream.on('data', (piece: Buffer) => reader.push(piece));
    this.stream.on('error', (error) => {
      this.#fault ??= error.message;
    });
    let status: unknown;
    this.stream.on('trailers', (trailers) => {
      status = trailers['grpc-status'];
    });
    this.#closed = new Promise((resolve) => {
      this.stream.on('close', () => {
        if (status !== '0') this.#fault ??= `code ${this.stream.rstCode}, grpc-status ${status}`;
        if (this.#got < this.#sent) this.#fault ??= `${this.#sent - this.#got} messages lost`;
        resolve();
      });
    });
  }

  /** False when more should wait for 'drain'. */
  send(): boolean {
    const payload = Buffer.alloc(MESSAGE_BYTES);
    payload.writeUInt32BE(this.#sent);
    this.#sentAt.set(this.#sent++, performance.now());
    return this.stream.write(grpcMessage(payload));
  }

  /** Sends no more, and waits for what is to come. */
  async end(): Promise<void> {
    this.stream.end();
    await this.#closed;
  }

  get isOver(): boolean {
    return this.stream.closed;
  }

  get isWell(): boolean {
    return this.#fault === undefined;
  }

  get summary(): string {
    return (
      `${thousands(this.#got)} of ${thousands(this.#sent)} messages back, round trip p99 ` +
      `${ms(quantile(this.#roundTripsMs, 0.99))}, ${this.#fault ?? 'ended well'}`
    );
  }

  #take(payload: Buffer): void {
    const number = payload.readUInt32BE();
    if (number !== this.#got || payload.length !== MESSAGE_BYTES) {
      this.#fault ??= `message ${number} of ${payload.length} bytes in place of ${this.#got}`;
    }
    this.#roundTripsMs.push(performance.now() - (this.#sentAt.get(number) ?? Number.NaN));
    this.#sentAt.delete(number);
    this.#got++;
  }
}

const sendSteadily = async (echo: EchoStream, durationMs: number): Promise<EchoStream> => {
  const end = performance.now() + durationMs;
  while (performance.now() < end && !echo.isOver) {
    echo.send();
    await pause(10);
  }
  await echo.end();
  return echo;
};

const READ_BYTES_A_SECOND = 1e6;

const sendHeldBack = async (echo: EchoStream, durationMs: number): Promise<EchoStream> => {
  const { stream } = echo;
  const end = performance.now() + durationMs;
  const sendOn = (): void => {
    while (performance.now() < end && !echo.isOver && echo.send());
  };
  stream.on('drain', sendOn);
  let debtBytes = 0;
  const count = (piece: Buffer): void => {
    debtBytes += piece.length;
    if (debtBytes > 0) stream.pause();
  };
  stream.on('data', count);
  const pay = setInterval(() => {
    debtBytes = Math.max(-READ_BYTES_A_SECOND / 10, debtBytes - READ_BYTES_A_SECOND / 50);
    if (debtBytes <= 0) stream.resume();
  }, 20);
  sendOn();
  while (performance.now() < end && !echo.isOver) await pause(100);
  clearInterval(pay);
  stream.off('data', count).resume();
  await echo.end();
  return echo;
};
