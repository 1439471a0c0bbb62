import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningProcess } from './processes.ts';

const PATIENCE_MS = 15_000;

/**
 * Resolves when somebody accepts on the port.
 * @param dial Absent: to 127.0.0.1.
 * @throws when `running` ends before that
 */
export const untilAccepts = async (
  name: string,
  port: number,
  running: RunningProcess,
  dial: () => Socket = () => connect(port, '127.0.0.1'),
): Promise<void> => {
  let how: string | undefined;
  void running.ended.then((end) => {
    how = end;
  });
  for (const start = Date.now(); !(await accepts(dial)); await pause(20)) {
    if (how !== undefined) throw new Error(`${name} ended (${how}): ${running.errorText()}`);
    if (Date.now() - start > PATIENCE_MS) {
      throw new Error(`${name} does not accept on port ${port}: ${running.errorText()}`);
    }
  }
};

const accepts = (dial: () => Socket): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = dial();
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
