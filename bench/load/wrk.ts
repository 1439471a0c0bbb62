import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchFolder } from '../bench-folder.ts';
import type { Cleanup } from '../cleanup.ts';
import { runProgram } from '../processes.ts';
import type { Load, LoadPlan, LoadRequest, LoadResult } from './load.ts';

/** https://github.com/wg/wrk, with one thread. */
export class Wrk implements Load {
  readonly name = 'wrk';
  readonly #cleanup: Cleanup;
  readonly #folder: BenchFolder;

  constructor(cleanup: Cleanup, folder: BenchFolder) {
    this.#cleanup = cleanup;
    this.#folder = folder;
  }

  async run({ port, approach, requests, connections, seconds }: LoadPlan): Promise<LoadResult> {
    const [first] = requests;
    if (first === undefined) throw new Error('a load without requests');
    const parameters = [
      ...['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency'],
      ...(requests.length === 1 ? headerFlags(first) : ['-s', this.#script(requests)]),
      `http://${approach?.address ?? '127.0.0.1'}:${port}${first.path}`,
    ];
    const namespace = approach?.from.namespace;
    return parseWrk(await runProgram(this.#cleanup, 'wrk', parameters, { namespace }));
  }

  /** Makes all requests once, and sends them in turn. */
  #script(requests: LoadPlan['requests']): string {
    const file = join(this.#folder.make('wrk'), 'requests.lua');
    const made = requests.map(
      (request) => `    wrk.format("GET", "${request.path}", { ${luaHeaders(request)} }),`,
    );
    writeFileSync(
      file,
      `local requests, count, i
function init()
  requests = {
${made.join('\n')}
  }
  count, i = #requests, 0
end
function request()
  i = i % count + 1
  return requests[i]
end
`,
    );
    return file;
  }
}

const headersOf = ({ host, headers }: LoadRequest): readonly (readonly [string, string])[] =>
  Object.entries({ Host: host, ...headers });

const headerFlags = (request: LoadRequest): readonly string[] =>
  headersOf(request).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);

const luaHeaders = (request: LoadRequest): string =>
  headersOf(request)
    .map(([name, value]) => `["${name}"] = "${value}"`)
    .join(', ');

/** What `wrk --latency` prints. */
const parseWrk = (text: string): LoadResult => {
  const find = (pattern: RegExp): RegExpExecArray => {
    const found = pattern.exec(text);
    if (found === null) throw new Error(`cannot read what wrk says: ${text}`);
    return found;
  };
  const percentile = (percent: number): number => {
    const [, value, unit] = find(new RegExp(`^\\s+${percent}%\\s+([\\d.]+)(us|ms|s)`, 'm'));
    return Number(value) * { us: 1, ms: 1e3, s: 1e6 }[unit as 'us' | 'ms' | 's'];
  };
  const wrongStatus = /Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0;
  const broken = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text);
  return {
    requests: Number(find(/(\d+) requests in/)[1]),
    requestsPerSecond: Number(find(/Requests\/sec:\s+([\d.]+)/)[1]),
    p50Us: percentile(50),
    p99Us: percentile(99),
    failed:
      Number(wrongStatus) + (broken?.slice(1).reduce((sum, count) => sum + Number(count), 0) ?? 0),
  };
};
