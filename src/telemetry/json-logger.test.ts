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
