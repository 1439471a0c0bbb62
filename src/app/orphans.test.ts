import { once } from 'node:events';
import { existsSync, linkSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ATTACHED, RETIRE, RETIRED } from '../dataplane/worker-process.ts';
import { silentLogger } from '../telemetry/logger.ts';
import { findOrphans, retireOrphans } from './orphans.ts';

const newSocketDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-orphans-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

/** A worker with this process id that does `answer` when it is told to retire. */
const startOrphan = async (dir: string, pid: number, answer: (socket: Socket) => void) => {
  const path = join(dir, `worker-${pid}.sock`);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.setEncoding('latin1').on('data', (text) => {
      if (String(text) === RETIRE) {
        answer(socket);
      }
    });
  }).listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  return { path, server };
};

/** @param patience ends when the test says so, or never */
const retire = async (
  paths: readonly string[],
  {
    own = [],
    patience = new AbortController(),
  }: { own?: readonly { pid: number }[]; patience?: AbortController } = {},
) => {
  const warnings: unknown[] = [];
  const logger = {
    ...silentLogger,
    warn: (message: string, fields?: object) => void warnings.push([message, fields]),
  };
  const count = await retireOrphans(paths, own, logger, patience.signal);
  return { count, warnings };
};

describe('workers of an earlier run', () => {
  test('are those whose sockets answer; sockets of the dead are removed', async () => {
    const dir = newSocketDir();
    const living = await startOrphan(dir, 7, () => {});
    const dead = join(dir, 'worker-8.sock');
    const { path, server } = await startOrphan(dir, 9, () => {});
    // A socket whose process was killed stays; here the file is all that is left of it.
    linkSync(path, dead);
    server.close();

    expect(await findOrphans(dir)).toEqual([living.path]);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(living.path)).toBe(true);
  });

  test('retire', async () => {
    const { path } = await startOrphan(newSocketDir(), 7, (socket) => socket.end(RETIRED));
    expect(await retire([path])).toEqual({ count: 1, warnings: [] });
  });

  test('are asked again while they have not noticed that their control plane died', async () => {
    let asked = 0;
    const { path } = await startOrphan(newSocketDir(), 7, (socket) => {
      asked += 1;
      socket.end(asked < 3 ? ATTACHED : RETIRED);
    });
    expect(await retire([path])).toEqual({ count: 1, warnings: [] });
    expect(asked).toBe(3);
  });

  test('that end while they are asked are no news', async () => {
    const { path } = await startOrphan(newSocketDir(), 7, (socket) => socket.destroy());
    expect(await retire([path])).toEqual({ count: 0, warnings: [] });
    expect(existsSync(path)).toBe(false);
  });

  test.each([
    { name: 'hang', answer: () => {} },
    { name: 'stay attached', answer: (socket: Socket) => void socket.end(ATTACHED) },
  ])('that $name keep their sockets, and the operator is told', async ({ answer }) => {
    const patience = new AbortController();
    let asked = 0;
    const { path } = await startOrphan(newSocketDir(), 4711, (socket) => {
      answer(socket);
      asked += 1;
      // One that hangs is asked once only.
      if (asked === 3 || !socket.writableEnded) patience.abort();
    });
    const { count, warnings } = await retire([path], { patience });
    expect(count).toBe(0);
    expect(existsSync(path)).toBe(true);
    expect(warnings).toEqual([
      [expect.stringContaining('kill -9 PID'), { pid: 4711, socket: path }],
    ]);
  });

  test('are not those of this run that have an id again', async () => {
    const { path } = await startOrphan(newSocketDir(), 7, () => expect.unreachable());
    expect(await retire([path], { own: [{ pid: 7 }] })).toEqual({ count: 0, warnings: [] });
  });
});
