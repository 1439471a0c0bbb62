import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

const source = JSON.stringify(
  new URL('../../src/app/workers/start-powerless.ts', import.meta.url).href,
);

/** Each child says what capabilities it has, and whether it could gain others. */
const SCRIPT = `
  import { spawnSync } from 'node:child_process';
  import { openStartPowerless } from ${source};
  const startPowerless = openStartPowerless();
  const start = () => spawnSync('grep', ['-E', '^(CapPrm|CapEff|CapAmb|NoNewPrivs):', '/proc/self/status'], { encoding: 'utf8' });
  const say = ({ stdout }) => console.log(stdout.replaceAll('\\t', '').trim().split('\\n').join(' '));
  say(startPowerless(start));
  say(start());`;

/** As systemd starts a service with User= and AmbientCapabilities=. */
const asService = ['--reuid', '990', '--regid', '990', '--clear-groups'];
const capabilities = ['--inh-caps', '+net_admin', '--ambient-caps', '+net_admin'];
const setpriv = (...parameters: readonly string[]) =>
  spawnSync('setpriv', parameters, { encoding: 'utf8' });
const canRun =
  process.getuid?.() === 0 && setpriv(...asService, ...capabilities, 'true').status === 0;

describe.skipIf(!canRun)('capabilities that a service manager gave to a user', () => {
  test('go on to all that is started but workers', () => {
    const node = [process.execPath, '--input-type=module', '-e', SCRIPT];
    const { stdout, stderr } = setpriv(...asService, ...capabilities, ...node);
    expect(stderr).toBe('');
    const [none, netAdmin] = ['0000000000000000', '0000000000001000'];
    expect(stdout.trim().split('\n')).toEqual([
      `CapPrm:${none} CapEff:${none} CapAmb:${none} NoNewPrivs:1`,
      `CapPrm:${netAdmin} CapEff:${netAdmin} CapAmb:${netAdmin} NoNewPrivs:1`,
    ]);
  });
});
