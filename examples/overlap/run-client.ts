import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { CliError } from '../../src/cli/cli-error.ts';
import { PERGOLA } from '../storefront/own-instance.ts';
import type { Machine } from './machines.ts';
import type { Outcome, Resolved } from './seen.ts';
import type { Stage } from './stage.ts';

// `.ts` in a checkout, `.js` in the built package.
const here = (name: string): string =>
  fileURLToPath(new URL(`./${name}${extname(import.meta.url)}`, import.meta.url));

export const TARGET_SERVER = here('target-server');
const CLIENT = here('client');
const PATIENCE_MS = 30_000;

type Surroundings = Pick<Stage, 'underlay' | 'dataDir'>;

/** Parameters for `process.execPath` that run a command as if on a machine; with netns it is one. */
export const onMachine = (
  { underlay, dataDir }: Surroundings,
  { vpcId, instanceId }: Machine,
  command: readonly string[],
): readonly string[] => {
  const place =
    underlay === 'netns' ? ['--instance', instanceId] : ['--vpc', vpcId, '--address', instanceId];
  return [PERGOLA, 'exec', '--data', dataDir, ...place, '--', ...command];
};

const startClient = (
  stage: Surroundings,
  machine: Machine,
  words: readonly string[],
): ChildProcessByStdio<Writable, Readable, Readable> =>
  spawn(process.execPath, onMachine(stage, machine, [process.execPath, CLIENT, ...words]), {
    stdio: 'pipe',
  });

/** Runs client.ts on a machine to its end; what it wrote. */
const askClient = async <Line>(
  stage: Surroundings,
  machine: Machine,
  ...words: readonly string[]
): Promise<readonly Line[]> => {
  const child = startClient(stage, machine, words);
  const ended = once(child, 'close');
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  if (code !== 0) throw new CliError(`the client in ${machine.plan.name} failed: ${errors}`);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
};

/** Asks services from a machine, each once. */
export const callAll = (
  stage: Surroundings,
  machine: Machine,
  hosts: readonly string[],
): Promise<readonly Outcome[]> =>
  askClient(stage, machine, 'get', ...hosts.map((host) => `http://${host}/`));

/** @param server where to ask, as `ADDRESS:PORT`; the machine's own resolver without it */
export const resolveAll = (
  stage: Surroundings,
  machine: Machine,
  hosts: readonly string[],
  server: string | undefined,
): Promise<readonly Resolved[]> =>
  askClient(stage, machine, 'resolve', ...(server === undefined ? [] : [`@${server}`]), ...hosts);

export interface Load {
  /** All that came of it so far. */
  readonly outcomes: readonly Outcome[];
  /** Resolves when so many outcomes are as wanted. @throws CliError when they are not to be */
  until(isWanted: (outcome: Outcome) => boolean, count: number): Promise<void>;
  stop(): Promise<void>;
}

/** Asks a service again and again from a machine. */
export const startLoad = (stage: Surroundings, machine: Machine, host: string): Load => {
  const child = startClient(stage, machine, ['load', `http://${host}/`]);
  const ended = once(child, 'close');
  child.stderr.pipe(process.stderr);
  const outcomes: Outcome[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => outcomes.push(JSON.parse(line) as Outcome));
  return {
    outcomes,
    until: async (isWanted, count) => {
      const start = Date.now();
      while (outcomes.filter(isWanted).length < count) {
        // A client that waits in vain says so after a second.
        const isOver = await Promise.race([
          once(lines, 'line').then(() => false),
          ended.then(() => true),
        ]);
        if (isOver) throw new CliError('the client ended too early');
        if (Date.now() - start > PATIENCE_MS)
          throw new CliError('the change had no effect in 30 s');
      }
    },
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
