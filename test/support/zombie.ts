import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { onTestFinished, test } from 'vitest';

/** A test of what only Linux tells about processes. */
export const onLinux = test.runIf(existsSync('/proc/self/stat'));

/** Id of a process that has ended and that its parent does not reap. */
export const leaveZombie = async (): Promise<number> => {
  // The shell becomes `sleep`, which waits for no child; `cat` ends with our end of the pipe.
  const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 & echo $!; exec sleep 60'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(parent, 'exit');
  onTestFinished(async () => {
    parent.kill('SIGKILL');
    await ended;
  });
  const [line] = await once(createInterface({ input: parent.stdout }), 'line');
  const pid = Number(line);
  const until = async (pattern: RegExp, file: string) => {
    while (!pattern.test(readFileSync(file, 'utf8'))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await until(/^sleep$/m, `/proc/${parent.pid}/comm`);
  parent.stdin.end();
  await until(/\) Z /, `/proc/${pid}/stat`);
  return pid;
};
