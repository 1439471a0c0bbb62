import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { Instance, isAlive, newDataDir } from './instance.ts';
import { buildTopology, get, probe, startTarget } from './topology.ts';

/** A target that answers when the test says so. */
const startSlowTarget = async () => {
  const waiting: ServerResponse[] = [];
  const arrived = Promise.withResolvers<void>();
  const port = await startTarget((_request, response) => {
    waiting.push(response);
    arrived.resolve();
  });
  return {
    port,
    arrived: arrived.promise,
    answer: () => {
      for (const response of waiting) {
        response.end('late');
      }
    },
  };
};

describe.each([
  ['one process', '0'],
  ['two worker processes', '2'],
])('stop of %s', (_name, workers) => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s lets a request in flight finish, then it exits with 0',
    async (signal) => {
      const target = await startSlowTarget();
      const pergola = await new Instance(newDataDir(), '--workers', workers).ready();
      const { vpcId, host } = await buildTopology(pergola.client(), target.port);
      const pids = await pergola.workers();
      const portal = pergola.facts().portals[vpcId] as string;

      const answer = get(portal, host);
      await target.arrived;
      pergola.process.kill(signal);
      // The portal closes before the request in flight ends.
      await expect.poll(() => probe(portal), { timeout: 10_000 }).toBe('ECONNREFUSED');
      target.answer();

      await expect(answer).resolves.toEqual({ status: 200, body: 'late' });
      await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
      expect(pids.filter(isAlive)).toEqual([]);
      expect(pergola.isListed()).toBe(false);
    },
  );

  test('a second signal cuts off what is in flight', async () => {
    const target = await startSlowTarget();
    const pergola = await new Instance(newDataDir(), '--workers', workers).ready();
    const { vpcId, host } = await buildTopology(pergola.client(), target.port);
    const portal = pergola.facts().portals[vpcId] as string;

    const answer = get(portal, host).catch((error) => error.code);
    await target.arrived;
    pergola.process.kill('SIGTERM');
    await expect.poll(() => probe(portal), { timeout: 10_000 }).toBe('ECONNREFUSED');
    pergola.process.kill('SIGTERM');

    await expect(answer).resolves.toBe('ECONNRESET');
    await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
  });
});

test('a request that outlasts `stopMs` is cut off', async () => {
  const target = await startSlowTarget();
  const pergola = await new Instance(newDataDir({ stopMs: 100 }), '--workers', '1').ready();
  const { vpcId, host } = await buildTopology(pergola.client(), target.port);

  const answer = get(pergola.facts().portals[vpcId] as string, host).catch((error) => error.code);
  await target.arrived;
  pergola.process.kill('SIGTERM');

  await expect(answer).resolves.toBe('ECONNRESET');
  await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
});

test('resources and portals are there again after a restart', async () => {
  const port = await startTarget((_request, response) => response.end('here'));
  const dataDir = newDataDir();
  const first = await new Instance(dataDir, '--workers', '1').ready();
  const { vpcId, host } = await buildTopology(first.client(), port);
  const portal = first.facts().portals[vpcId] as string;
  first.process.kill('SIGTERM');
  await first.ended;

  const second = await new Instance(dataDir, '--workers', '1').ready();

  expect(second.facts().portals).toEqual({ [vpcId]: portal });
  await expect(get(portal, host)).resolves.toEqual({ status: 200, body: 'here' });
  second.process.kill('SIGTERM');
  await once(second.process, 'exit');
});
