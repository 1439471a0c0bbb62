import { expect, test } from 'vitest';
import { type LogFields, silentLogger } from '../telemetry/logger.ts';
import { LocalShortages } from './local-shortages.ts';

const setUp = () => {
  const lines: LogFields[] = [];
  const time = { now: 0 };
  const logger = {
    ...silentLogger,
    error: (_message: string, fields: LogFields = {}) => void lines.push(fields),
  };
  const { notice } = new LocalShortages(logger, () => time.now);
  return { lines, time, fail: (code: string) => notice(Object.assign(new Error(code), { code })) };
};

test.each(['EADDRNOTAVAIL', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'])(
  '%s is told of, once a minute however often it happens',
  (code) => {
    const { lines, time, fail } = setUp();
    for (let i = 0; i < 1000; i += 1) fail(code);
    expect(lines).toEqual([{ code, reason: code, failures: 1 }]);
    time.now = 60_000;
    fail(code);
    expect(lines[1]).toEqual({ code, reason: code, failures: 1000 });
  },
);

test.each(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES'])(
  '%s is the fault of the target, its network or its name',
  (code) => {
    const { lines, fail } = setUp();
    fail(code);
    expect(lines).toEqual([]);
  },
);
