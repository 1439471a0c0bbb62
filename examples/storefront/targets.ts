import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** A target process. */
export interface RunningTarget {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Lets it end by itself. */
  stop(): Promise<void>;
}

// `.ts` in a checkout, `.js` in the built package.
const serverFile = fileURLToPath(
  new URL(`./target-server${extname(import.meta.url)}`, import.meta.url),
);

const firstLine = async (child: ChildProcessByStdio<Writable, Readable, null>): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the target ended before it listened');
};

export interface TargetOptions {
  readonly isFailing?: boolean;
  readonly isTls?: boolean;
  readonly isGrpc?: boolean;
}

export const startTarget = (name: string, options: TargetOptions = {}): Promise<RunningTarget> =>
  launchTarget(name, process.execPath, [
    serverFile,
    name,
    ...(options.isFailing === true ? ['--failing'] : []),
    ...(options.isTls === true ? ['--tls'] : []),
    ...(options.isGrpc === true ? ['--grpc'] : []),
  ]);

/** Starts a program that writes its port once it listens, and ends when its standard input does. */
export const launchTarget = async (
  name: string,
  command: string,
  parameters: readonly string[],
): Promise<RunningTarget> => {
  const child = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  // Writing to a target that is gone is of no interest.
  child.stdin.on('error', () => {});
  const port = Number(await firstLine(child));
  return {
    name,
    port,
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    stop: async () => {
      child.stdin.end();
      await closed;
    },
  };
};
