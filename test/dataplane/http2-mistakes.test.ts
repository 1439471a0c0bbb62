import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../src/telemetry/logger.ts';
import { dialLoopback } from '../../src/underlay/loopback/loopback.ts';
import { DataPlane, shop } from './data-plane.ts';
import { Http2Client } from './http2-peers.ts';
import { httpTarget } from './targets.ts';

test('a mistake of ours in one request is 500 and in the log, and the others of its connection go on', async () => {
  const target = await httpTarget();
  onTestFinished(() => target.close());
  const errors: unknown[] = [];
  let isBroken = true;
  const plane = await DataPlane.start({
    parts: shop({ targets: [target.port] }),
    dial: (...parameters) => {
      if (isBroken) throw new Error('nobody foresaw this');
      return dialLoopback(...parameters);
    },
    logger: { ...silentLogger, error: (message, fields) => void errors.push([message, fields]) },
  });
  onTestFinished(async () => void (await plane.stop()));
  const client = new Http2Client(plane.port);
  onTestFinished(() => client.destroy());
  const open = client.begin({ ':method': 'POST' });
  const failed = await client.ask();
  expect(failed).toMatchObject({ status: 500, text: 'Internal Server Error', code: 0 });
  isBroken = false;
  expect((await client.ask({ ':path': '/next' })).text).toBe('GET /next');
  open.close();
  expect(client.goawayCode).toBeUndefined();
  const records = await plane.stop();
  expect(records).toContainEqual(
    expect.objectContaining({ responseCode: 500, failureReason: 'InternalError' }),
  );
  expect(errors).toContainEqual([
    'a mistake of this program has ended a request or a connection',
    { reason: expect.stringContaining('nobody foresaw this') },
  ]);
});
