import { spawn } from 'node:child_process';

/**
 * Runs iproute2's `ip`; the lines, if any, are given to `ip -batch -`.
 * @throws IpError
 */
export type RunIp = (parameters: readonly string[], lines?: readonly string[]) => Promise<string>;

export class IpError extends Error {
  readonly code = 'IP_FAILED';

  /** @param command The one that failed, of a batch its line. */
  constructor(command: string, reason: string) {
    super(`\`${command}\` failed: ${reason}`);
    this.name = 'IpError';
  }
}

/** What a machine is to say at most; more is of no use in an error. */
const MOST_TEXT = 4096;

/** @param program `ip`, or what stands for it. */
export const ipRunner =
  (program: string): RunIp =>
  (parameters, lines) =>
    new Promise((resolve, reject) => {
      const all = lines === undefined ? parameters : [...parameters, '-batch', '-'];
      const child = spawn(program, all, { stdio: ['pipe', 'pipe', 'pipe'] });
      let stdout = '';
      let stderr = '';
      const fail = (reason: string) =>
        reject(new IpError(failedCommand(all, lines, reason), firstLine(reason)));
      child.once('error', (error: NodeJS.ErrnoException) =>
        fail(
          error.code === 'ENOENT' ? 'there is no such command: install iproute2' : error.message,
        ),
      );
      // Without descriptors or memory for a process there are no pipes either, whatever the types say.
      if (child.pid === undefined) return;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr = (stderr + text).slice(0, MOST_TEXT);
      });
      child.once('close', (code) => {
        if (code === 0) resolve(stdout);
        else fail(stderr || `exit code ${code}`);
      });
      // It ends at the first line that fails, and reads no further.
      child.stdin.on('error', () => {});
      child.stdin.end(lines?.map((line) => `${line}\n`).join(''));
    });

export const runIp = ipRunner('ip');

/** A batch names the number of the line that failed after what is wrong with it. */
const failedCommand = (
  parameters: readonly string[],
  lines: readonly string[] | undefined,
  text: string,
): string => {
  const number = Number(/Command failed -:(\d+)/.exec(text)?.[1] ?? 0);
  const line = lines?.[number - 1];
  return ['ip', ...(line === undefined ? parameters : [...parameters.slice(0, -2), line])].join(
    ' ',
  );
};

const firstLine = (text: string): string => text.trim().split('\n')[0]!.trim();
