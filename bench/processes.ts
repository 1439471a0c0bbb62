import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Cleanup } from './cleanup.ts';
import { processTree, readProcess } from './proc.ts';

const PATIENCE_MS = 10_000;

export interface StartOptions {
  /** As `taskset -c` takes them, such as `1` or `0,1`; absent: those of this process. */
  readonly cores?: string | undefined;
  /** The network namespace to run in; absent: that of this process. */
  readonly namespace?: string | undefined;
  readonly env?: NodeJS.ProcessEnv;
  /** Its standard output goes to `stdout` of the answer, else to nowhere. */
  readonly pipe?: boolean;
  /** How long it may take to end when it is asked to. */
  readonly patienceMs?: number;
}

export interface RunningProcess {
  readonly pid: number;
  /** Present when it was asked for. */
  readonly stdout: Readable | undefined;
  /** Resolves with how it ended. */
  readonly ended: Promise<string>;
  /** The end of what it wrote to its standard error. */
  errorText(): string;
  /** It and its descendants. */
  pids(): readonly number[];
  /** Asks it to end; what is left of it and its descendants after a while is killed. */
  stop(): Promise<void>;
}

/** The full path of a program on PATH, or undefined. */
export const findOnPath = (command: string): string | undefined => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // In another folder, or nowhere.
    }
  }
  return undefined;
};

/** Starts a program that lives until it is stopped, at the latest by `cleanup`. */
export const startProcess = (
  cleanup: Cleanup,
  command: string,
  parameters: readonly string[],
  { cores, namespace, env, pipe = false, patienceMs = PATIENCE_MS }: StartOptions = {},
): RunningProcess => {
  cleanup.assertOpen();
  // taskset and ip become the program: the process id stays the same.
  const inside = namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace];
  const [program = command, ...rest] = [...pinned(cores), ...inside, command, ...parameters];
  const child = spawn(program, rest, {
    stdio: ['ignore', pipe ? 'pipe' : 'ignore', 'pipe'],
    ...(env !== undefined && { env }),
  });
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (more: string) => {
    text = (text + more).slice(-4000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const pid = child.pid ?? 0;
  const stop = cleanup.add(
    () => endTree(pid, ended, patienceMs),
    () => killAll(processTree(pid)),
  );
  return {
    pid,
    stdout: child.stdout ?? undefined,
    ended,
    errorText: () => text.trim(),
    pids: () => processTree(pid).map((facts) => facts.pid),
    stop,
  };
};

/** Runs a program to its end and answers its standard output. @throws when it fails */
export const runProgram = async (
  cleanup: Cleanup,
  command: string,
  parameters: readonly string[],
  options: Omit<StartOptions, 'pipe'> = {},
): Promise<string> => {
  const running = startProcess(cleanup, command, parameters, { ...options, pipe: true });
  let text = '';
  running.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  const read = new Promise<void>((resolve) => running.stdout?.once('close', resolve));
  const how = await running.ended;
  await running.stop();
  if (how !== 'exit code 0') {
    throw new Error(`${command} failed (${how}): ${running.errorText()}`);
  }
  await read;
  return text;
};

const pinned = (cores: string | undefined): readonly string[] =>
  cores !== undefined && findOnPath('taskset') !== undefined ? ['taskset', '-c', cores] : [];

const endTree = async (pid: number, ended: Promise<string>, patienceMs: number): Promise<void> => {
  const tree = processTree(pid);
  signal(pid, 'SIGTERM');
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([ended, patience]);
  clearTimeout(timer);
  killAll(tree);
};

/** Only those that are still the processes that they were. */
const killAll = (tree: ReturnType<typeof processTree>): void => {
  for (const { pid, startedAt } of tree) {
    if (readProcess(pid)?.startedAt === startedAt) signal(pid, 'SIGKILL');
  }
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  // 0 is this process's group: what never started is not to be signalled.
  if (pid <= 0) return;
  try {
    process.kill(pid, name);
  } catch {
    // It is gone.
  }
};
