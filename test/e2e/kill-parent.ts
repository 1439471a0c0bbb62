/**
 * Starts a process that starts a target, kills that process with SIGKILL, and waits until the
 * target has closed its port. Prints `the target ended`, or fails after 10 s.
 */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const targets = new URL('../../examples/storefront/targets.ts', import.meta.url).href;
const script = `
  const { startTarget } = await import(${JSON.stringify(targets)});
  const target = await startTarget('orphan');
  console.log(target.port);
`;

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let port = 0;
for await (const line of createInterface({ input: parent.stdout })) {
  port = Number(line);
  break;
}
if (!(await isOpen(port))) throw new Error('the target does not listen');
parent.kill('SIGKILL');
for (const start = Date.now(); await isOpen(port); ) {
  if (Date.now() - start > 10_000) throw new Error('the target outlived its parent');
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
}
console.log('the target ended');
