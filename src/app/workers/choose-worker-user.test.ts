import { describe, expect, test } from 'vitest';
import { type LogFields, silentLogger } from '../../telemetry/logger.ts';
import { chooseWorkerUser, type OwnPrivileges, WorkerUserError } from './choose-worker-user.ts';

const choose = (
  settings: Partial<Parameters<typeof chooseWorkerUser>[0]>,
  self: Partial<OwnPrivileges>,
) => {
  const warnings: LogFields[] = [];
  const user = chooseWorkerUser(
    { workerUser: undefined, underlay: 'loopback', ...settings },
    { isRoot: true, hasPrivileges: true, obstacle: () => undefined, ...self },
    { ...silentLogger, warn: (_message, fields = {}) => void warnings.push(fields) },
  );
  return { user, warnings };
};

const NOBODY = { uid: 65_534, gid: 65_534 };
const workerUser = { uid: 990, gid: 991 };
const obstacle = () => 'there is no user 65534:65534 in this container';

describe('workers', () => {
  test.each([
    { name: "that root starts are nobody's", settings: {}, self: {}, user: NOBODY },
    { name: 'are whose the settings say', settings: { workerUser }, self: {}, user: workerUser },
    { name: 'stay as somebody else starts them', settings: {}, self: { isRoot: false } },
  ])('$name', ({ settings, self, user }) => {
    expect(choose(settings, self)).toEqual({ user, warnings: [] });
  });

  test('stay root where there is nobody else, and that is told', () => {
    expect(choose({}, { obstacle })).toEqual({
      user: undefined,
      warnings: [{ reason: obstacle() }],
    });
  });

  test.each([
    { name: 'in real networks', settings: { underlay: 'netns' as const }, self: { obstacle } },
    { name: 'when the settings name a user', settings: { workerUser }, self: { obstacle } },
    {
      name: 'when they are to change and may not',
      settings: { workerUser },
      self: { isRoot: false },
    },
  ])('are not started as root $name', ({ settings, self }) => {
    expect(() => choose(settings, self)).toThrow(WorkerUserError);
  });
});
