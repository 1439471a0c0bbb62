import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CliError } from './cli-error.ts';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * For a command that did not start; the exit code is 127 or 126, as in POSIX shells.
 *
 * @param code of the system's error; `ENOENT`: it is not there
 */
export const cannotRun = (command: string, code: string | undefined, cause?: unknown): CliError => {
  const isMissing = code === 'ENOENT';
  const reason = isMissing ? 'there is no such command' : `it cannot be run (${code})`;
  return new CliError(`cannot run \`${command}\`: ${reason}`, {
    exitCode: isMissing ? 127 : 126,
    cause,
  });
};

/**
 * Runs a command in the place of this one, with its streams and signals; answers its exit code,
 * 128 + n when signal n ended it.
 *
 * @param environment On top of this process's own; undefined takes a variable away.
 */
export const runWith = (
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      stdio: 'inherit',
      env: { ...process.env, ...environment },
    });
    const forwarders = FORWARDED.map((signal) => {
      // A terminal sends Ctrl-C to the whole group; waiting is all that is left to do then.
      const forward = () => {
        if (!(process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')))
          child.kill(signal);
      };
      process.on(signal, forward);
      return () => process.off(signal, forward);
    });
    const stop = () => {
      for (const remove of forwarders) remove();
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      stop();
      reject(cannotRun(command, error.code, error));
    });
    child.once('close', (code, signal) => {
      stop();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
