import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DataPlane, shop } from '../dataplane/data-plane.ts';
import { CutError, type RawClient, type RawResponse } from '../dataplane/raw-client.ts';
import { type HttpTarget, httpTarget, type SeenRequest } from '../dataplane/targets.ts';
import { fuzz } from './fuzz.ts';
import { cutAt, cuts, requestBytes } from './messages.ts';
import { type NodeRequest, nodeRequests } from './node-parser.ts';
import { isBeyondNode, ourRequests } from './our-parser.ts';

let plane: DataPlane;
let target: HttpTarget;
let clock: RawClient;

beforeAll(async () => {
  target = await httpTarget();
  plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
  clock = await plane.client();
});

afterAll(async () => {
  await plane.stop();
  await target.close();
});

/** A request on another connection, to the same target and back: what was sent before it has been dealt with then. */
const tick = async (): Promise<void> => {
  clock.send('GET /tick HTTP/1.1\r\nHost: shop.example\r\n\r\n');
  await clock.response();
};

/** Sends the bytes and lets go once nothing more happens. Returns all that came back. */
const exchange = async (bytes: string, offsets: readonly number[]): Promise<string> => {
  const client = await plane.client();
  await client.sendPieces(cutAt(bytes, offsets));
  let before = '';
  for (let same = 0; same < 2; ) {
    await tick();
    same = client.unread === before ? same + 1 : 0;
    before = client.unread;
  }
  const text = client.unread;
  client.destroy();
  await client.closed;
  return text;
};

/** Hop-by-hop, ours or so like ours that some servers take them for it, or what Connection may name: not for comparing. */
const compared = ({ rawHeaders }: { rawHeaders: readonly string[] }): readonly string[] => {
  const lines: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    lines.push(`${rawHeaders[i]!.toLowerCase()}: ${rawHeaders[i + 1]}`);
  }
  const nominated = lines
    .filter((line) => line.startsWith('connection: '))
    .flatMap((line) => line.slice(12).split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => !NEVER_NOMINATED.has(name));
  return lines.filter((line) => {
    const name = line.slice(0, line.indexOf(':'));
    return !LEFT_OUT.test(name) && !nominated.includes(name);
  });
};

const NEVER_NOMINATED = new Set(['host', 'content-length', 'transfer-encoding']);
const LEFT_OUT =
  /^(?:connection|keep-alive|proxy-connection|proxy-authorization|proxy-authenticate|te|trailer|upgrade|http2-settings|expect|host|x[^a-z0-9]forwarded[^a-z0-9].*|x[^a-z0-9]amzn[^a-z0-9].*)$/;

test('whatever a client sends, the target gets only requests that it did send', async () => {
  let forwarded = 0;
  let complete = 0;
  await fuzz(
    500,
    fc.asyncProperty(requestBytes, cuts, async (bytes, offsets) => {
      if (ourRequests(bytes, []).requests.some(isBeyondNode)) return;
      const from = target.requests.length;
      target.refused.length = 0;
      await exchange(bytes, offsets);
      const seen = target.requests.slice(from).filter(({ url }) => url !== '/tick');
      const { requests } = await nodeRequests(bytes);
      expect(target.refused.map(({ code }) => code).filter(isMalformed)).toEqual([]);
      // Those for other hosts are answered without a target.
      let next = 0;
      for (const theirs of seen) {
        const sent = requests.slice(next).find((one) => isSame(one, theirs));
        expect(sent, `was not sent: ${JSON.stringify(theirs)}`).toBeDefined();
        next = requests.indexOf(sent!) + 1;
        if (theirs.complete) expect(theirs.body).toBe(sent!.body);
        else expect(sent!.body.startsWith(theirs.body)).toBe(true);
        expectOurs(theirs);
        forwarded += 1;
        if (theirs.complete) complete += 1;
      }
    }),
  );
  expect(complete).toBeGreaterThan(80);
  expect(forwarded).toBeGreaterThanOrEqual(complete);
});

const isSame = (sent: NodeRequest, seen: SeenRequest): boolean =>
  seen.method === sent.method &&
  (seen.url === sent.url || !sent.url.startsWith('/')) &&
  JSON.stringify(compared(seen)) === JSON.stringify(compared(sent));

/** Not merely broken off, as a request is whose client broke its framing. */
const isMalformed = (code: string | undefined): boolean =>
  code !== 'HPE_INVALID_EOF_STATE' && code !== 'ECONNRESET';

/** What the target may rely on is there once, and from us. */
const expectOurs = ({ headers, rawHeaders }: SeenRequest): void => {
  const count = (name: string): number =>
    rawHeaders.filter((text, i) => i % 2 === 0 && text.toLowerCase() === name).length;
  for (const name of ['host', 'x-forwarded-for', 'x-forwarded-port', 'x-amzn-source-vpc']) {
    expect(count(name), name).toBe(1);
  }
  expect(headers['x-forwarded-for']).toMatch(/(?:^|, )127\.0\.0\.1$/);
  expect(headers['x-amzn-source-vpc']).toBe('vpc-1');
  expect(headers['x-amzn-lattice-identity']).toBeUndefined();
};

test('whatever a client sends, what comes back is responses', async () => {
  await fuzz(
    500,
    fc.asyncProperty(requestBytes, cuts, async (bytes, offsets) => {
      const client = await plane.client();
      await client.sendPieces(cutAt(bytes, offsets));
      // No further requests: an exchange that runs is given up, which may cut its response.
      await tick();
      await tick();
      client.end();
      const methods = ourRequests(bytes, []).requests.map(({ head }) => head.method);
      const responses: RawResponse[] = [];
      try {
        for (;;) responses.push(await client.response(methods[responses.length]));
      } catch (error) {
        if (!(error instanceof CutError)) throw error;
      }
      await client.ending;
      const last = responses.at(-1);
      if (responses.some(({ status }) => status === 400)) {
        expect(last?.status).toBe(400);
        expect(last?.header('connection')).toBe('close');
      }
      client.destroy();
    }),
  );
});

test('and afterwards nothing is left behind', async () => {
  clock.destroy();
  await clock.closed;
  await expect
    .poll(() =>
      [...plane.worker.state.targetGroups.get('tg-1')!.targets.values()].map(
        ({ inFlight }) => inFlight,
      ),
    )
    .toEqual([0]);
  plane.send({ type: 'drain' });
  await plane.ended;
  await expect.poll(() => target.open.size).toBe(0);
  const lines = await plane.stop();
  const services = lines.filter(({ serviceArn }) => serviceArn !== '-');
  expect(services).toHaveLength(plane.totals.services['svc-1']!.requests);
});
