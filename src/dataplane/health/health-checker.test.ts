import { type AddressInfo, connect, createServer, Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TargetHealthReport } from '../../snapshot/feed.ts';
import type { DialAddress, TargetGroupPart } from '../../snapshot/parts.ts';
import { aDelta, aHealthCheck, aTarget, aTargetGroup } from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';
import { HealthChecker, type Schedule } from './health-checker.ts';

/** Time that passes when told to. */
class ManualTime {
  now = 0;
  #due: { at: number; callback: () => void }[] = [];

  readonly schedule: Schedule = (callback, delayMs) => {
    const entry = { at: this.now + delayMs, callback };
    this.#due.push(entry);
    return () => {
      this.#due = this.#due.filter((other) => other !== entry);
    };
  };

  get waiting(): number {
    return this.#due.length;
  }

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.now = next.at;
      next.callback();
    }
    this.now = end;
  }
}

/** A checker whose connections go to `dial`, with the reports that it made. */
function aChecker(
  dial: (address: DialAddress) => Socket,
  { random = () => 0 }: { random?: () => number } = {},
) {
  const time = new ManualTime();
  const state = new DataPlaneState({ now: () => time.now });
  const reports: TargetHealthReport[] = [];
  const dialled: {
    target: string;
    port: number;
    address: DialAddress;
    at: number;
    socket: Socket;
  }[] = [];
  const checker = new HealthChecker(state, {
    random,
    schedule: time.schedule,
    dial: (target, port, address) => {
      const socket = dial(address);
      dialled.push({ target: target.part.key, port, address, at: time.now, socket });
      return socket;
    },
    report: (changes) => reports.push(...changes),
  });
  onTestFinished(() => checker.close());
  return {
    time,
    state,
    reports,
    dialled,
    checker,
    apply: (part: Partial<TargetGroupPart>) => state.apply(aDelta([aTargetGroup(part)])),
    health: (n: number) => state.targetGroups.get('tg-1')?.targets.get(`10.0.0.${n}/8080`)?.health,
    /** Lets time pass for one more check and waits until its connection is closed. */
    check: async (intervalMs: number) => {
      time.pass(intervalMs);
      const { socket } = dialled.at(-1)!;
      if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
      time.pass(5);
    },
  };
}

/** A target whose answers follow a list of statuses; the last one stays. */
async function aTargetThatAnswers(...statuses: number[]): Promise<DialAddress> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      socket.end(`HTTP/1.1 ${status} X\r\ncontent-length: 0\r\n\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

const dialTcp = ({ host, port }: DialAddress) => connect(port, host);
/** A connection that never comes about. */
const dialNobody = () => new Socket();

const INTERVAL = 30_000;
const checked = (dial: DialAddress, check = {}): Partial<TargetGroupPart> => ({
  healthCheck: aHealthCheck({ healthyThreshold: 2, ...check }),
  targets: [aTarget(1, { dial })],
});

describe('health checks', () => {
  test('find a target healthy, then unhealthy, then healthy again, and report each change once', async () => {
    const dial = await aTargetThatAnswers(200, 200, 500, 500, 200, 200);
    const { apply, check, health, reports } = aChecker(dialTcp);
    apply(checked(dial));
    const seen: unknown[] = [];
    for (let i = 0; i < 6; i += 1) {
      await check(i === 0 ? 0 : INTERVAL - 5);
      seen.push(health(1));
    }
    expect(seen).toEqual(['HEALTHY', 'HEALTHY', 'HEALTHY', 'UNHEALTHY', 'UNHEALTHY', 'HEALTHY']);
    expect(reports).toEqual(
      ['HEALTHY', 'UNHEALTHY', 'HEALTHY'].map((each) => ({
        groupId: 'tg-1',
        key: '10.0.0.1/8080',
        health: each,
      })),
    );
  });

  test('take a port of their own when they have one, and the VPC of the target group', async () => {
    const traffic = await aTargetThatAnswers(500);
    const health = await aTargetThatAnswers(200);
    const { apply, check, dialled, reports } = aChecker(dialTcp);
    apply({
      ...checked(traffic, { port: 8081 }),
      targets: [aTarget(1, { dial: traffic, healthDial: health })],
    });
    await check(0);
    expect(dialled).toMatchObject([{ target: '10.0.0.1/8080', port: 8081, address: health }]);
    expect(reports).toMatchObject([{ health: 'HEALTHY' }]);
  });

  test('go on in their interval however long one takes', () => {
    const { apply, dialled, time } = aChecker(dialNobody);
    apply(checked({ host: '127.0.0.1', port: 1 }, { intervalMs: 1_000, timeoutMs: 5_000 }));
    time.pass(3_500);
    expect(dialled.map(({ at }) => at)).toEqual([0, 1_000, 2_000, 3_000]);
  });

  test('end what spoke against a target whose connect failed', async () => {
    const dial = await aTargetThatAnswers(200);
    const { apply, check, state } = aChecker(dialTcp);
    apply(checked(dial));
    const target = state.targetGroups.get('tg-1')!.targets.get('10.0.0.1/8080')!;
    target.connectFailed(0);
    await check(0);
    expect(target.avoidUntilMs).toBe(0);
  });
});

test('an instance without a known address fails its checks without a connection', () => {
  const { apply, dialled, time, health } = aChecker(dialNobody);
  const part = checked({ host: '127.0.0.1', port: 1 });
  apply({ ...part, targets: [aTarget(1, { address: undefined, dial: undefined })] });
  expect(health(1)).toBe('INITIAL');
  time.pass(100_000);
  expect(health(1)).toBe('UNHEALTHY');
  expect(dialled).toEqual([]);
});

test('what others found out holds from the start, until own checks say otherwise', async () => {
  const dial = await aTargetThatAnswers(200);
  const { apply, check, checker, health, reports } = aChecker(dialTcp);
  apply(checked(dial, { healthyThreshold: 2 }));
  checker.learn([
    { groupId: 'tg-1', key: '10.0.0.1/8080', health: 'UNHEALTHY' },
    { groupId: 'tg-1', key: 'unknown/1', health: 'HEALTHY' },
    { groupId: 'tg-unknown', key: '10.0.0.1/8080', health: 'HEALTHY' },
  ]);
  expect(health(1)).toBe('UNHEALTHY');
  await check(0);
  expect(health(1)).toBe('UNHEALTHY');
  await check(30_000);
  expect(health(1)).toBe('HEALTHY');
  checker.learn([{ groupId: 'tg-1', key: '10.0.0.1/8080', health: 'UNHEALTHY' }]);
  expect(health(1)).toBe('HEALTHY');
  expect(reports.at(-1)).toMatchObject({ health: 'HEALTHY' });
});

describe('nothing is checked', () => {
  const dial = { host: '127.0.0.1', port: 1 };
  test.each<{ name: string; part: Partial<TargetGroupPart> }>([
    { name: 'when no service uses the target group', part: { ...checked(dial), used: false } },
    { name: 'when checks are disabled', part: { ...checked(dial), healthCheck: undefined } },
    {
      name: 'of a draining target',
      part: { ...checked(dial), targets: [aTarget(1, { draining: true })] },
    },
  ])('$name, from the start or from the update on', ({ part }) => {
    const { apply, dialled, time } = aChecker(dialNobody);
    apply(part);
    time.pass(100_000);
    expect(dialled).toEqual([]);
    apply(checked(dial));
    time.pass(0);
    const { length } = dialled;
    expect(length).toBe(1);
    apply(part);
    time.pass(100_000);
    expect(dialled).toHaveLength(length);
    expect(time.waiting).toBe(0);
  });

  test('of a target that was removed, and its running check ends', () => {
    const { apply, dialled, time } = aChecker(dialNobody);
    apply(checked(dial));
    time.pass(0);
    apply({ ...checked(dial), targets: [] });
    expect(dialled[0]?.socket.destroyed).toBe(true);
    time.pass(5);
    expect(time.waiting).toBe(0);
  });

  test('after close, and no connection is left', () => {
    const { apply, checker, dialled, time } = aChecker(dialNobody);
    apply(checked(dial));
    time.pass(0);
    checker.close();
    expect(dialled[0]?.socket.destroyed).toBe(true);
    expect(time.waiting).toBe(0);
    apply(checked({ host: '127.0.0.1', port: 2 }));
    expect(time.waiting).toBe(0);
  });
});

describe('a target group that is updated', () => {
  test('keeps what is known of its targets, and the new interval holds', async () => {
    const dial = await aTargetThatAnswers(200);
    const { apply, check, dialled, health, reports, time } = aChecker(dialTcp, {
      random: () => 0.5,
    });
    apply(checked(dial));
    await check(INTERVAL);
    expect(health(1)).toBe('HEALTHY');
    const before = dialled.length;
    const from = time.now;
    apply(checked(dial, { intervalMs: 10_000 }));
    expect(health(1)).toBe('HEALTHY');
    time.pass(26_000);
    expect(dialled.slice(before).map(({ at }) => at - from)).toEqual([5_000, 15_000, 25_000]);
    expect(reports.map((report) => report.health)).toEqual(['INITIAL', 'HEALTHY']);
  });

  test('keeps the rhythm of its checks when something else changes', () => {
    const { apply, dialled, time } = aChecker(dialNobody);
    apply(checked({ host: '127.0.0.1', port: 1 }));
    time.pass(10_000);
    apply(checked({ host: '127.0.0.1', port: 1 }, { path: '/new' }));
    time.pass(25_000);
    expect(dialled.map(({ at }) => at)).toEqual([0, INTERVAL]);
  });

  test('forgets what was found once checks are disabled, and says so', async () => {
    const dial = await aTargetThatAnswers(200);
    const { apply, check, health, reports, time } = aChecker(dialTcp);
    apply(checked(dial));
    await check(0);
    apply({ ...checked(dial), healthCheck: undefined });
    time.pass(5);
    expect(health(1)).toBe('INITIAL');
    expect(reports.map((report) => report.health)).toEqual(['HEALTHY', 'INITIAL']);
  });
});

test('a target that is registered again while it drains is new, and that is reported', async () => {
  const dial = await aTargetThatAnswers(200, 500);
  const { apply, check, health, reports, time } = aChecker(dialTcp);
  apply(checked(dial));
  await check(0);
  apply({ ...checked(dial), targets: [aTarget(1, { dial, draining: true })] });
  expect(health(1)).toBe('HEALTHY');
  apply(checked(dial));
  expect(health(1)).toBe('INITIAL');
  time.pass(5);
  expect(reports.map((report) => report.health)).toEqual(['HEALTHY', 'INITIAL']);
});

test('a thousand targets are not checked all at once', () => {
  let turn = 0;
  const random = () => (turn++ % 1_000) / 1_000;
  const { apply, dialled, time } = aChecker(dialNobody, { random });
  const targets = Array.from({ length: 1_000 }, (_, i) => aTarget(i));
  apply({ healthCheck: aHealthCheck(), targets });
  let most = 0;
  for (let i = 0; i < INTERVAL / 100; i += 1) {
    const before = dialled.length;
    time.pass(100);
    most = Math.max(most, dialled.length - before);
  }
  expect(dialled.length).toBeGreaterThanOrEqual(1_000);
  expect(most).toBeLessThanOrEqual(25);
});
