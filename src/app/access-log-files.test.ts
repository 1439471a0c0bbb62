import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { silentLogger } from '../telemetry/logger.ts';
import { AccessLogFiles } from './access-log-files.ts';

const NOW = '2026-04-01T12:00:00.000Z';
const KEPT = 'als-00000000000000001';
const GONE = 'als-00000000000000002';
const LATER = 'als-00000000000000003';

const subscription = (id: string) => ({
  id,
  accountId: '111122223333',
  createdAt: NOW,
  lastUpdatedAt: NOW,
  arn: `arn:aws:vpc-lattice:us-west-2:111122223333:accesslogsubscription/${id}`,
  resourceId: `svc-${id.slice(4)}`,
  resourceArn: `arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-${id.slice(4)}`,
  destinationArn: 'arn:aws:s3:::logs',
});

/** A folder with `names`, a store with subscriptions, a clock that the test moves. */
const setUp = async (ids: readonly string[], names: readonly string[]) => {
  const logDir = join(mkdtempSync(join(tmpdir(), 'pergola-logs-')), 'logs');
  onTestFinished(() => rmSync(logDir, { recursive: true, force: true }));
  if (names.length > 0) mkdirSync(logDir);
  for (const name of names) {
    if (name.endsWith('.lock')) mkdirSync(join(logDir, name));
    else writeFileSync(join(logDir, name), '{}\n');
  }
  const store = await openSqliteStore({ memory: true });
  onTestFinished(() => store.close());
  await store.write(async (tx) => {
    for (const id of ids) await tx.insert('accessLogSubscription', subscription(id));
  });
  let nowMs = 0;
  const timers: { atMs: number; run: () => void }[] = [];
  const files = new AccessLogFiles({
    store,
    logDir,
    logger: silentLogger,
    clock: {
      now: () => nowMs,
      after: (ms, run) => {
        const timer = { atMs: nowMs + ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
  });
  onTestFinished(() => files.stop());
  await files.start();
  const pass = (ms: number) => {
    nowMs += ms;
    for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
  };
  const remove = (id: string) => store.write((tx) => tx.delete('accessLogSubscription', id));
  return { files, logDir, timers, pass, remove, left: () => readdirSync(logDir).sort() };
};

describe('access logs', () => {
  test('of subscriptions that are gone are removed at the start, and nothing else is', async () => {
    const { left } = await setUp(
      [KEPT],
      [
        `${KEPT}.jsonl`,
        `${KEPT}.jsonl.1`,
        `${GONE}.jsonl`,
        `${GONE}.jsonl.1`,
        `${GONE}.jsonl.12`,
        `${GONE}.jsonl.lock`,
        `${GONE}.jsonl.gz`,
        'als-mine.jsonl',
        'notes.txt',
      ],
    );
    expect(left()).toEqual([
      `${KEPT}.jsonl`,
      `${KEPT}.jsonl.1`,
      `${GONE}.jsonl.gz`,
      'als-mine.jsonl',
      'notes.txt',
    ]);
  });

  test('are removed once no worker can have them open any more', async () => {
    const names = [KEPT, GONE, LATER].map((id) => `${id}.jsonl`);
    const { remove, pass, left, timers } = await setUp([KEPT, GONE, LATER], names);
    await remove(GONE);
    pass(60_000);
    await remove(LATER);
    pass(60_000);
    expect(left()).toEqual(names);
    pass(5000);
    await expect.poll(left).toEqual([`${KEPT}.jsonl`, `${LATER}.jsonl`]);
    pass(60_000);
    await expect.poll(left).toEqual([`${KEPT}.jsonl`]);
    expect(timers).toEqual([]);
  });

  test('are removed though one of them cannot be', async () => {
    const { files, left, logDir } = await setUp([KEPT], [`${KEPT}.jsonl`]);
    mkdirSync(join(logDir, `${GONE}.jsonl`));
    writeFileSync(join(logDir, `${GONE}.jsonl`, 'kept'), '');
    writeFileSync(join(logDir, `${GONE}.jsonl.1`), '{}\n');
    await files.start();
    expect(left()).toEqual([`${KEPT}.jsonl`, `${GONE}.jsonl`].sort());
    expect(readdirSync(join(logDir, `${GONE}.jsonl`))).toEqual(['kept']);
  });

  test('without a folder there is nothing to do', async () => {
    await expect(setUp([KEPT], [])).resolves.toBeDefined();
  });

  test('are left where they are after a stop', async () => {
    const { files, remove, timers } = await setUp([GONE], [`${GONE}.jsonl`]);
    await remove(GONE);
    files.stop();
    expect(timers).toEqual([]);
  });
});
