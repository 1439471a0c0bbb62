import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadCredentials } from '../../src/cli/credentials.ts';
import { Instance, isAlive, newDataDir, until } from './instance.ts';
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
      await expect.poll(() => probe(portal)).toBe('ECONNREFUSED');
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
    await expect.poll(() => probe(portal)).toBe('ECONNREFUSED');
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

describe('a client that does not finish its request', () => {
  const startWithHalf = async (head: (accessKeyId: string) => readonly string[]) => {
    const dataDir = newDataDir({ stopMs: 60_000 });
    const pergola = await new Instance(dataDir, '--workers', '1').ready();
    const { vpcId } = await buildTopology(pergola.client(), 1);
    const { api, portals } = pergola.facts();
    const { accessKeyId } = loadCredentials(join(dataDir, 'credentials'), 'default');
    const socket = connect(Number(new URL(api).port), '127.0.0.1').on('error', () => {});
    onTestFinished(() => void socket.destroy());
    socket.resume();
    await new Promise<void>((resolve) =>
      socket.write(head(accessKeyId).join('\r\n'), () => resolve()),
    );
    // Answered on another connection: by then the server has the bytes, too.
    await (await fetch(`${api}/-/ready`)).text();
    return { pergola, socket, portal: portals[vpcId] as string };
  };

  test('delays no stop', async () => {
    const { pergola } = await startWithHalf(() => ['POST /services HTTP/1.1', 'Host: x', '']);
    const startedAt = performance.now();
    pergola.process.kill('SIGTERM');
    await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('keeps no portal open while it is waited for', async () => {
    const at = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const { pergola, socket, portal } = await startWithHalf((accessKeyId) => [
      'POST /services HTTP/1.1',
      'Host: x',
      `X-Amz-Date: ${at}`,
      `Authorization: AWS4-HMAC-SHA256 Credential=${accessKeyId}/${at.slice(0, 8)}/us-west-2/vpc-lattice/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
      'Content-Length: 5',
      '',
      '{',
    ]);
    pergola.process.kill('SIGTERM');
    await until(async () => (await probe(portal)) === 'ECONNREFUSED');
    expect(socket.closed).toBe(false);
    await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
  });
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
