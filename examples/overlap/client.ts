/**
 * A client like any other, which knows nothing of Pergola:
 *
 *   node client.ts get URL...           asks for each once, all at the same time
 *   node client.ts load URL             asks again and again, until its standard input ends
 *   node client.ts resolve [@SERVER:PORT] NAME...
 *
 * Every request has a connection of its own. Writes a line of JSON for each, see seen.ts; exits with 0
 * whatever comes of them.
 */
import { Resolver } from 'node:dns/promises';
import { Agent, get } from 'node:http';
import type { Outcome, Resolved, Seen } from './seen.ts';

const TIMEOUT_MS = 3000;
const LOAD_TIMEOUT_MS = 1000;
const CONCURRENCY = 4;
const NO_ANSWER = 'no answer';

// As fetch does: by the proxy that the environment names, if it names one.
const agent = new Agent({ keepAlive: false, proxyEnv: process.env });

const now = (): number => performance.timeOrigin + performance.now();

const ask = (url: string, timeoutMs: number): Promise<Outcome> =>
  new Promise((resolve) => {
    const at = now();
    const fail = (failure: string) => resolve({ at, failure });
    const request = get(url, { agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.once('error', ({ message }) => fail(message));
      response.once('end', () => {
        if (response.statusCode === 200) resolve({ at, seen: JSON.parse(text) as Seen });
        else fail(`status ${response.statusCode}`);
      });
    });
    const timer = setTimeout(() => request.destroy(new Error(NO_ANSWER)), timeoutMs);
    // The error of several addresses that were tried has no text of its own.
    request.once('error', ({ message, code = '' }: NodeJS.ErrnoException) =>
      fail(code === 'ETIMEDOUT' ? NO_ANSWER : message || code),
    );
    request.once('close', () => clearTimeout(timer));
  });

const print = (outcome: Outcome | Resolved): void => {
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
};

const load = async (url: string): Promise<void> => {
  let isOver = false;
  process.stdin.resume().on('end', () => {
    isOver = true;
  });
  const client = async () => {
    while (!isOver) print(await ask(url, LOAD_TIMEOUT_MS));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, client));
};

const resolveNames = async (words: readonly string[]): Promise<void> => {
  const resolver = new Resolver();
  const [first = ''] = words;
  if (first.startsWith('@')) resolver.setServers([first.slice(1)]);
  for (const name of words.filter((word) => !word.startsWith('@'))) {
    const [a, aaaa] = await Promise.all([resolver.resolve4(name), resolver.resolve6(name)]);
    print({ name, a, aaaa });
  }
};

const [what, ...words] = process.argv.slice(2);
if (what === 'get') {
  const outcomes = await Promise.all(words.map((url) => ask(url, TIMEOUT_MS)));
  for (const outcome of outcomes) print(outcome);
} else if (what === 'load') await load(words[0] ?? '');
else await resolveNames(words);
