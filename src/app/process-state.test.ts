import { expect, test } from 'vitest';
import { leaveZombie, onLinux } from '../../test/support/zombie.ts';
import { isProcessAlive, processStart } from './process-state.ts';

test('this process is alive, one with an id that no system gives out is not', () => {
  expect(isProcessAlive(process.pid)).toBe(true);
  expect(isProcessAlive(2 ** 30)).toBe(false);
});

test('a process of someone else is alive', () => {
  // Process 1 is there on every system, and ours only when tests run as root.
  expect(isProcessAlive(1)).toBe(true);
});

onLinux('a process has the same start whenever it is asked', () => {
  expect(processStart(process.pid)).toMatch(/^\d+$/);
  expect(processStart(process.pid)).toBe(processStart(process.pid));
});

onLinux('a process that was killed and that nobody reaps is not alive', async () => {
  const pid = await leaveZombie();
  expect(() => process.kill(pid, 0)).not.toThrow();
  expect(isProcessAlive(pid)).toBe(false);
});
