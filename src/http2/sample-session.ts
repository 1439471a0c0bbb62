import { Http2Session } from './http2-session.ts';
import type { Http2Stream, StreamEnd, StreamHandler } from './http2-stream.ts';
import { DEFAULT_SESSION_LIMITS, type SessionLimits } from './session-limits.ts';
import type { SessionEnd } from './session-options.ts';
import type { Transport } from './transport.ts';

/** Takes what is written, as fast as the test wants. */
export class SampleTransport implements Transport {
  isBlocked = false;
  waitingBytes = 0;
  isPaused = false;
  isEnded = false;
  /** Number of writes. */
  writes = 0;
  #written: Buffer[] = [];

  write(pieces: readonly Buffer[]): boolean {
    this.writes++;
    this.#written.push(...pieces.map((piece) => Buffer.from(piece)));
    return true;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  end(): void {
    this.isEnded = true;
  }

  /** All that was written since the last call. */
  take(): Buffer {
    const bytes = Buffer.concat(this.#written);
    this.#written = [];
    return bytes;
  }
}

/** What a handler has heard, in order: `head 200`, `data 5`, `end`, `closed reset 8`… */
export class SampleHandler implements StreamHandler {
  readonly heard: string[] = [];
  heads: string[][] = [];
  trailers: string[] | undefined;
  body = '';
  /** Takes each piece at once; otherwise the test does. */
  consumes = true;
  stream: Http2Stream | undefined;

  head(fields: string[], isEnded: boolean): void {
    this.heads.push(fields);
    this.heard.push(`head ${fields[1]}${isEnded ? ' and end' : ''}`);
  }

  data(chunk: Buffer, start: number, end: number): void {
    this.heard.push(`data ${end - start}`);
    this.body += chunk.toString('latin1', start, end);
    if (this.consumes) this.stream?.consume(end - start);
  }

  end(trailers: string[] | undefined): void {
    this.trailers = trailers;
    this.heard.push('end');
  }

  writable(): void {
    this.heard.push('writable');
  }

  closed(end: StreamEnd, code: number): void {
    this.heard.push(`closed ${end} ${code}`);
  }

  failed(): void {
    this.heard.push('failed');
  }
}

export interface SampleRequest {
  readonly stream: Http2Stream;
  readonly fields: string[];
  readonly isEnded: boolean;
  readonly handler: SampleHandler;
}

/** A session whose clock, network and turns are the test's. */
export class SampleSession {
  readonly session: Http2Session;
  readonly transport = new SampleTransport();
  readonly requests: SampleRequest[] = [];
  readonly refused: { fields: readonly string[]; isTooLarge: boolean }[] = [];
  end: SessionEnd | undefined;
  now = 0;
  goingAways = 0;
  readonly defects: unknown[] = [];
  /** It has something to do in the next turn. */
  isFlushAsked = false;

  constructor(role: 'client' | 'server', limits: Partial<SessionLimits> = {}) {
    this.session = new Http2Session({
      transport: this.transport,
      owner: {
        settingsChanged: () => {},
        goingAway: () => {
          this.goingAways++;
        },
        ending: (end) => {
          this.end = end;
        },
        defect: (error) => this.defects.push(error),
      },
      ...(role === 'server' && {
        requests: {
          request: (stream, fields, isEnded) => {
            const handler = new SampleHandler();
            handler.stream = stream;
            stream.handler = handler;
            this.requests.push({ stream, fields, isEnded, handler });
          },
          requestRefused: (fields, isTooLarge) => this.refused.push({ fields, isTooLarge }),
        },
      }),
      limits: { ...DEFAULT_SESSION_LIMITS, ...limits },
      clock: () => this.now,
      flushSoon: () => {
        this.isFlushAsked = true;
      },
    });
  }

  /** Ends the turn of the event loop; returns what was written. */
  turn(): Buffer {
    if (this.isFlushAsked) {
      this.isFlushAsked = false;
      this.session.flush();
    }
    return this.transport.take();
  }

  request(
    fields: readonly string[] = GET,
    isEnded = true,
  ): { stream: Http2Stream; handler: SampleHandler } {
    const handler = new SampleHandler();
    const stream = this.session.request(fields, undefined, isEnded, handler);
    handler.stream = stream;
    return { stream, handler };
  }
}

export const GET = [':method', 'GET', ':path', '/', ':scheme', 'http', ':authority', 'a.example'];
export const POST = [':method', 'POST', ...GET.slice(2)];

/** A client and a server, and the bytes between them. */
export class SamplePair {
  readonly client: SampleSession;
  readonly server: SampleSession;

  constructor(limits: Partial<SessionLimits> = {}) {
    this.client = new SampleSession('client', limits);
    this.server = new SampleSession('server', limits);
    this.settle();
  }

  /** Turns until neither has anything to say or to do. @param step bytes that arrive at a time */
  settle(step: number = Number.MAX_SAFE_INTEGER): void {
    for (;;) {
      const toServer = this.client.turn();
      const toClient = this.server.turn();
      const isQuiet = toServer.length === 0 && toClient.length === 0;
      if (isQuiet && !this.client.isFlushAsked && !this.server.isFlushAsked) return;
      for (let at = 0; at < toServer.length; at += step) {
        this.server.session.receive(toServer.subarray(at, at + step));
      }
      for (let at = 0; at < toClient.length; at += step) {
        this.client.session.receive(toClient.subarray(at, at + step));
      }
    }
  }
}
