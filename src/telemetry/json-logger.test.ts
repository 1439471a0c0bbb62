import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { jsonLogger } from './json-logger.ts';

const lines = (level?: 'debug' | 'info' | 'warn') => {
  const written: string[] = [];
  const logger = jsonLogger({
    ...(level ? { level } : {}),
    destination: { write: (line) => void written.push(line) },
  });
  return { logger, parsed: () => written.map((line) => JSON.parse(line)) };
};

test('writes one JSON line an entry, with the fields of its parents', () => {
  const { logger, parsed } = lines();
  logger.child({ worker: 2 }).warn('worker ended', { exitCode: 9 });
  expect(parsed()).toEqual([
    { level: 'warn', time: expect.any(String), worker: 2, exitCode: 9, message: 'worker ended' },
  ]);
});

test('leaves out what is below its level', () => {
  const { logger, parsed } = lines('warn');
  logger.info('no');
  logger.error('yes');
  expect(parsed().map((entry) => entry.message)).toEqual(['yes']);
});

test('masks secrets in fields, in fields of parents and in messages', () => {
  const { logger, parsed } = lines();
  logger.child({ token: 'hush' }).info('AWS4-HMAC-SHA256 hush', { secretAccessKey: 'hush' });
  expect(JSON.stringify(parsed())).not.toContain('hush');
});

test('does not throw when a line cannot be written', () => {
  const written: string[] = [];
  const destination = {
    write: (line: string) => {
      written.push(line);
      throw new Error('no space left');
    },
  };
  const logger = jsonLogger({ destination });
  expect(() => logger.error('it broke')).not.toThrow();
  expect(() => logger.child({ worker: 2 }).error('it broke')).not.toThrow();
  expect(written).toHaveLength(2);
});

test('says in its very first line that no descriptors are left', () => {
  const { stdout, stderr, status } = spawnSync(
    'sh',
    [
      '-c',
      'ulimit -n 128 && exec "$@"',
      'sh',
      process.execPath,
      '--input-type=module',
      '-e',
      `import { openSync } from 'node:fs';
      import { jsonLogger } from ${JSON.stringify(new URL('json-logger.ts', import.meta.url))};
      const logger = jsonLogger();
      try { for (;;) openSync('/dev/null'); } catch ({ code }) { logger.error('full', { code }); }`,
    ],
    { encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(JSON.parse(stderr)).toMatchObject({ level: 'error', code: 'EMFILE', message: 'full' });
});
