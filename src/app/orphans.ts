import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { ATTACHED, RETIRE, RETIRED } from '../dataplane/worker-process.ts';
import type { Logger } from '../telemetry/logger.ts';

/** How long workers may take to answer, and those that have not noticed yet that their control plane died are asked again. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 10;

/**
 * Paths of the sockets of workers that earlier runs left and that still live; to be looked for
 * before a run starts its own. Sockets of the dead are removed.
 */
export const findOrphans = async (socketDir: string): Promise<readonly string[]> => {
  const paths = readdirSync(socketDir)
    .filter((name) => /^worker-\d+\.sock$/.test(name))
    .map((name) => join(socketDir, name));
  const found = await Promise.all(paths.map(isThere));
  return paths.filter((path, index) => {
    if (!found[index]) {
      rmSync(path, { force: true });
    }
    return found[index];
  });
};

/**
 * Workers that a dead control plane left behind still hold its ports. Resolves when none of them
 * listens any more; they finish the requests that they have and end by themselves. One that does
 * not answer keeps its ports, and its socket for a later run; the operator is told.
 * @param own Workers of this run: where process ids come again soon (containers), one of them may
 *   have the id, and by now the socket, of a dead one.
 * @param signal ends the wait for those that do not answer
 * @returns how many retired.
 */
export const retireOrphans = async (
  paths: readonly string[],
  own: readonly { readonly pid: number }[],
  logger: Logger,
  signal: AbortSignal = AbortSignal.timeout(PATIENCE_MS),
): Promise<number> => {
  const mine = new Set(own.map(({ pid }) => `worker-${pid}.sock`));
  const others = paths.filter((path) => !mine.has(basename(path)));
  const retired = await Promise.all(others.map((path) => retireOrphan(path, logger, signal)));
  return retired.filter(Boolean).length;
};

const retireOrphan = async (
  path: string,
  logger: Logger,
  signal: AbortSignal,
): Promise<boolean> => {
  for (; !signal.aborted; await pause()) {
    const answer = await ask(path, signal);
    if (answer === 'retired') {
      // One that left root cannot do it, and its id may be a worker's of ours one day.
      rmSync(path, { force: true });
      return true;
    }
    if (answer === 'nobody') {
      rmSync(path, { force: true });
      return false;
    }
    if (answer === 'silence') {
      break;
    }
  }
  logger.warn(
    'a worker of an earlier run does not retire and may hold the ports of portals: end it with `kill -9 PID`, then start pergola again',
    { pid: Number(/\d+/.exec(basename(path))?.[0]), socket: path },
  );
  return false;
};

type Answer = 'retired' | 'attached' | 'nobody' | 'silence';

const ask = (path: string, signal: AbortSignal): Promise<Answer> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect({ path, signal }, () => socket.write(RETIRE));
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', (error) => resolve(saysNobody(error) ? 'nobody' : 'silence'));
    socket.on('close', () => resolve(ANSWERS.get(text) ?? 'silence'));
  });

const ANSWERS: ReadonlyMap<string, Answer> = new Map([
  [RETIRED, 'retired'],
  [ATTACHED, 'attached'],
  // It ended instead.
  ['', 'nobody'],
]);

const isThere = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path, () => {
      resolve(true);
      socket.destroy();
    });
    // A queue of connections that is full is someone's, too.
    socket.on('error', (error) => resolve(!saysNobody(error)));
  });

/** ECONNRESET and EPIPE: it ended while it was asked. */
const saysNobody = ({ code = '' }: NodeJS.ErrnoException): boolean =>
  ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'].includes(code);

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
