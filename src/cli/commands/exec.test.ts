import { describe, expect, test } from 'vitest';
import { runWith } from '../run-with.ts';
import { proxyEnvironment, runExec } from './exec.ts';

test('a command inside a VPC reaches the portal, and this machine directly', () => {
  expect(proxyEnvironment('http://127.0.0.1:7180', 'http://10.9.8.7:7171')).toEqual({
    http_proxy: 'http://127.0.0.1:7180',
    HTTP_PROXY: 'http://127.0.0.1:7180',
    https_proxy: 'http://127.0.0.1:7180',
    HTTPS_PROXY: 'http://127.0.0.1:7180',
    no_proxy: 'localhost,127.0.0.1,::1,10.9.8.7',
    NO_PROXY: 'localhost,127.0.0.1,::1,10.9.8.7',
    NODE_USE_ENV_PROXY: '1',
  });
});

test('an instance is at its own addresses', async () => {
  const place = { instance: 'i-0123456789abcdef0', address: '10.0.1.7' };
  await expect(runExec('true', [], place, { write: () => {} })).rejects.toMatchObject({
    exitCode: 2,
    message: 'an instance has its own addresses: leave out --address',
  });
});

describe('the exit code', () => {
  const cases = [
    { name: 'of a command that succeeds is 0', script: 'exit 0', expected: 0 },
    { name: 'of a command that fails is its own', script: 'exit 42', expected: 42 },
    { name: 'of a command that a signal ends is 128 + n', script: 'kill -TERM $$', expected: 143 },
    { name: 'shows that the variables arrive', script: 'test "$PROBE" = "a b"', expected: 0 },
  ];
  test.each(cases)('$name', async ({ script, expected }) => {
    expect(await runWith('sh', ['-c', script], { PROBE: 'a b' })).toBe(expected);
  });

  test('of a command that does not exist is 127', async () => {
    await expect(runWith('/nowhere/at-all', [], {})).rejects.toMatchObject({
      exitCode: 127,
      message: 'cannot run `/nowhere/at-all`: there is no such command',
    });
  });

  test('of a file that cannot be run is 126', async () => {
    await expect(runWith('/', [], {})).rejects.toMatchObject({ exitCode: 126 });
  });
});
