import { Agent, request } from 'node:http';
import { type ClientHttp2Session, connect } from 'node:http2';
import { quantile } from '../statistics.ts';

const REQUEST_EVERY_MS = 2;
const PATH = '/api/body?bytes=64';
const PATIENCE_MS = 10_000;

export interface SteadyResult {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers other than 200, broken connections, and none within ten seconds. */
  readonly failed: number;
}

export interface SteadyClientOptions {
  readonly port: number;
  /** A service that HTTP/1.1 is for. */
  readonly http1Host: string;
  /** One that HTTP/2 is for. */
  readonly http2Host: string;
}

/**
 * A client that behaves: some hundred requests a second, in turn over HTTP/2 on two connections and over
 * HTTP/1.1 on as many as it takes, whether the ones before were answered or not.
 */
export class SteadyClient {
  readonly #options: SteadyClientOptions;
  readonly #agent = new Agent({ keepAlive: true, scheduling: 'fifo' });
  #sessions: ClientHttp2Session[] = [];

  constructor(options: SteadyClientOptions) {
    this.#options = options;
  }

  async measure(seconds: number): Promise<SteadyResult> {
    const asked: Promise<number | undefined>[] = [];
    const end = performance.now() + seconds * 1000;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        asked.push(asked.length % 2 === 0 ? this.#askHttp1() : this.#askHttp2(asked.length));
        if (performance.now() < end) return;
        clearInterval(timer);
        resolve();
      }, REQUEST_EVERY_MS);
    });
    const answers = await Promise.all(asked);
    const latencies = answers.filter((latency) => latency !== undefined);
    return {
      requests: answers.length,
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
      failed: answers.length - latencies.length,
    };
  }

  close(): void {
    this.#agent.destroy();
    for (const session of this.#sessions) session.destroy();
  }

  /** Milliseconds until the last byte, or undefined when it failed. */
  #askHttp1(): Promise<number | undefined> {
    return new Promise((resolve) => {
      const { port, http1Host } = this.#options;
      const sentAt = performance.now();
      const options = { agent: this.#agent, port, path: PATH, headers: { host: http1Host } };
      request({ ...options, host: '127.0.0.1', timeout: PATIENCE_MS }, (response) => {
        response.on('end', () => {
          resolve(response.statusCode === 200 ? performance.now() - sentAt : undefined);
        });
        response.on('error', () => resolve(undefined));
        response.resume();
      })
        .on('timeout', () => resolve(undefined))
        .on('error', () => resolve(undefined))
        .end();
    });
  }

  #askHttp2(turn: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      const sentAt = performance.now();
      const stream = this.#session(turn).request({
        ':path': PATH,
        ':authority': this.#options.http2Host,
      });
      let status: unknown;
      stream.setTimeout(PATIENCE_MS, () => stream.close());
      stream.on('response', (headers) => {
        status = headers[':status'];
      });
      stream.on('error', () => {});
      stream.on('close', () => {
        const isWell = status === 200 && stream.rstCode === 0;
        resolve(isWell ? performance.now() - sentAt : undefined);
      });
      stream.resume();
    });
  }

  #session(turn: number): ClientHttp2Session {
    this.#sessions = this.#sessions.filter(({ closed, destroyed }) => !closed && !destroyed);
    while (this.#sessions.length < 2) {
      const session = connect(`http://127.0.0.1:${this.#options.port}`);
      session.on('error', () => {});
      this.#sessions.push(session);
    }
    return this.#sessions[(turn >> 1) % this.#sessions.length] as ClientHttp2Session;
  }
}
