import { readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { ATTACHED, RETIRE, RETIRED } from '../dataplane/worker-process.ts';
import type { Logger } from '../telemetry/logger.ts';

/** A worker that has not noticed yet that its control plane died is asked again for so long. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 10;

/** Paths of the sockets that workers of earlier runs left; taken before a run starts its own. */
export const findWorkerSockets = (socketDir: string): readonly string[] =>
  readdirSync(socketDir)
    .filter((name) => /^worker-\d+\.sock$/.test(name))
    .map((name) => join(socketDir, name));

/**
 * Workers that a dead control plane left behind still hold its ports. Resolves when none of them
 * listens any more; they finish the requests that they have and end by themselves.
 * @param own Workers of this run: where process ids come again soon (containers), one of them may
 *   have the id, and by now the socket, of a dead one.
 * @returns how many there were.
 */
export const retireOrphans = async (
  paths: readonly string[],
  own: readonly { readonly pid: number }[],
  logger: Logger,
): Promise<number> => {
  const mine = new Set(own.map(({ pid }) => `worker-${pid}.sock`));
  const others = paths.filter((path) => !mine.has(basename(path)));
  const retired = await Promise.all(others.map((path) => retireOrphan(path, logger)));
  return retired.filter(Boolean).length;
};

const retireOrphan = async (path: string, logger: Logger): Promise<boolean> => {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await pause()) {
    const answer = await ask(path);
    if (answer === RETIRED) {
      return true;
    }
    if (answer !== ATTACHED) {
      rmSync(path, { force: true });
      return false;
    }
  }
  logger.warn('a worker of an earlier run cannot be retired', { path });
  return false;
};

/** @returns undefined when nobody answers. */
const ask = (path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = connect(path, () => socket.write(RETIRE));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.setEncoding('latin1').on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(answer === '' ? undefined : answer));
  });

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
