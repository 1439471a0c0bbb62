import type { Bench } from '../bench.ts';
import { runProgram } from '../processes.ts';

export interface Http2Load {
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly connections: number;
  /** On each connection at a time. */
  readonly streams: number;
  readonly seconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent, with POST; absent: GET. */
  readonly bodyFile?: string;
}

export interface Http2LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly failed: number;
}

/** nghttp2's h2load, with one thread and prior knowledge. */
export const runH2load = async (bench: Bench, load: Http2Load): Promise<Http2LoadResult> => {
  const text = await runProgram(bench.cleanup, 'h2load', [
    ...['-t', '1', '-c', String(load.connections), '-m', String(load.streams)],
    ...['-D', String(load.seconds), '-H', `:authority: ${load.host}`],
    ...Object.entries(load.headers ?? {}).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(load.bodyFile === undefined ? [] : ['-d', load.bodyFile]),
    `http://127.0.0.1:${load.port}${load.path}`,
  ]);
  const number = (pattern: RegExp): number => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new Error(`cannot read what h2load says: ${text}`);
    return Number(found);
  };
  const requests = number(/(\d+) done/);
  const answered = number(/status codes: (\d+) 2xx/);
  return {
    requests,
    requestsPerSecond: number(/([\d.]+) req\/s/),
    // At the end there may be an answer or two to requests that it no longer counts.
    failed: Math.max(0, requests - answered),
  };
};
