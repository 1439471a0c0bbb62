import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../dataplane/limits.ts';
import { bindSocket } from '../../underlay/bind-socket.ts';
import { forkWorker } from './forked-worker.ts';
import { WorkerEndedError, WorkerProgramError } from './worker-link.ts';

const setUp = () => {
  const socketDir = mkdtempSync(join(tmpdir(), 'pergola-fork-'));
  onTestFinished(() => rmSync(socketDir, { recursive: true, force: true }));
  const options = {
    logDir: socketDir,
    limits: DEFAULT_LIMITS,
    forwardCredentials: false,
    dns: { generatedZone: 'on.aws' },
    underlay: 'loopback' as const,
    socketDir,
    orphanMs: 0,
    drainMs: 0,
  };
  return { socketDir, options };
};

test('a program that is missing is named', () => {
  const { options } = setUp();
  const start = () => forkWorker(options, () => {}, join(tmpdir(), 'nowhere', 'worker.js'));
  expect(start).toThrow(WorkerProgramError);
  expect(start).toThrow('nowhere/worker.js');
});

test('a worker that is killed leaves no socket, and what was asked of it is left open', async () => {
  const { socketDir, options } = setUp();
  const program = join(socketDir, 'idle.mjs');
  writeFileSync(program, `process.on('message', () => {});`);
  const link = forkWorker(options, () => {}, program);
  writeFileSync(join(socketDir, `worker-${link.pid}.sock`), '');
  writeFileSync(join(socketDir, 'worker-1.sock'), '');
  const listening = expect(link.listen({ vpcId: 'vpc-1', port: 80 }, undefined)).rejects.toThrow(
    WorkerEndedError,
  );
  link.kill();
  expect(await link.ended).toBe('SIGKILL');
  await listening;
  await expect(link.listen({ vpcId: 'vpc-1', port: 80 }, undefined)).rejects.toThrow(
    WorkerEndedError,
  );
  expect(readdirSync(socketDir).sort()).toEqual(['idle.mjs', 'worker-1.sock']);
});

test('sockets that were on their way to a worker that is killed are closed, and so are later ones', async () => {
  const { socketDir, options } = setUp();
  const program = join(socketDir, 'busy.mjs');
  // It takes nothing: all but the first wait here.
  writeFileSync(program, `process.on('message', () => {}); for (;;);`);
  const link = forkWorker(options, () => {}, program);
  const closed: number[] = [];
  const give = (index: number) => {
    const { handle } = bindSocket('127.0.0.1', 0)!;
    const close = handle.close.bind(handle);
    handle.close = () => {
      closed.push(index);
      close();
    };
    return link.give({ type: 'socket', batch: 1 }, handle);
  };
  for (let index = 0; index < 8; index += 1) void give(index);
  link.kill();
  await link.ended;
  await give(8);
  expect(closed.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});
