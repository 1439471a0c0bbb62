import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DataPlane, shop } from '../dataplane/data-plane.ts';
import { type RawTarget, rawTarget } from '../dataplane/targets.ts';
import { fuzz } from './fuzz.ts';
import { cutAt, cuts, responseBytes } from './messages.ts';
import { type NodeResponse, nodeResponse } from './node-parser.ts';

let plane: DataPlane;
let target: RawTarget;
let pieces: readonly string[] = [];

beforeAll(async () => {
  target = await rawTarget(async (connection) => {
    await connection.until();
    for (const piece of pieces) {
      connection.send(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    connection.socket.end();
  });
  plane = await DataPlane.start({ parts: shop({ targets: [target.port] }) });
});

afterAll(async () => {
  await plane.stop();
  await target.close();
});

const LEFT_OUT =
  /^(?:connection|keep-alive|proxy-connection|te|trailer|upgrade|content-length|transfer-encoding|x-amzn-requestid)$/;

/** Without what belongs to a connection, and what Connection may name. */
const compared = ({ rawHeaders }: NodeResponse, nominated: readonly string[]): readonly string[] =>
  rawHeaders.flatMap((name, i) => {
    if (i % 2 === 1 || LEFT_OUT.test(name.toLowerCase())) return [];
    if (nominated.includes(name.toLowerCase())) return [];
    return [`${name}: ${rawHeaders[i + 1]}`];
  });

const nominatedBy = ({ rawHeaders }: NodeResponse): readonly string[] =>
  rawHeaders.flatMap((name, i) =>
    i % 2 === 0 && name.toLowerCase() === 'connection'
      ? rawHeaders[i + 1]!.split(',').map((item) => item.trim().toLowerCase())
      : [],
  );

/**
 * What Node refuses though it is clear:
 * - Content-Length twice with one value, which we forward once (RFC 9110 §8.6);
 * - a response behind an interim one that says Connection: close, or is of HTTP/1.0;
 * - trailers that would frame a body were they header fields. They are dropped.
 */
const isBeyondNode = (bytes: string): boolean =>
  [EQUAL_LENGTHS, CLOSING_INTERIM, OLD_INTERIM, FRAMING_TRAILER].some((found) => found.test(bytes));

const EQUAL_LENGTHS =
  /^content-length:[ \t]*0*([0-9]+)[ \t]*\r\n(?:.*\r\n)*?content-length:[ \t]*0*\1[ \t]*\r$/im;
const FRAMING_TRAILER =
  /^transfer-encoding:[\s\S]*^0+(?:;.*)?\r\n(?:.+\r\n)*?(?:content-length|transfer-encoding|upgrade):/im;
const OLD_INTERIM = /^HTTP\/1\.0 1[0-9]{2}/m;
const CLOSING_INTERIM = /^HTTP\/1\.[01] 1[0-9]{2}.*\r\n(?:.+\r\n)*?(?:proxy-)?connection:.*close/im;

test('whatever a target answers, the client gets that response, or 502, or a cut', async () => {
  const outcomes = { same: 0, badGateway: 0, cut: 0 };
  await fuzz(
    600,
    fc.asyncProperty(
      responseBytes,
      cuts,
      fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST'),
      async (bytes, offsets, method) => {
        pieces = cutAt(bytes, offsets);
        const client = await plane.client();
        client.send(`${method} / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`);
        const text = await client.rest();
        const isCut = (await client.ending) === 'reset';
        client.destroy();
        const got = isCut ? undefined : await nodeResponse(text, method);
        if (isCut) {
          outcomes.cut += 1;
          return;
        }
        expect(got, `not a response: ${JSON.stringify(text)}`).toBeDefined();
        expect(got!.error, `more than a response: ${JSON.stringify(text)}`).toBeUndefined();
        const sent = await nodeResponse(bytes, method);
        if (got!.status === 502 && sent?.status !== 502) {
          expect(got!.body).toBe(method === 'HEAD' ? '' : 'Bad Gateway');
          outcomes.badGateway += 1;
          return;
        }
        if (sent === undefined && isBeyondNode(bytes)) return;
        expect(sent, `node does not take it: ${JSON.stringify(bytes)}`).toBeDefined();
        expect({ status: got!.status, reason: got!.reason, body: got!.body }).toEqual({
          status: sent!.status,
          reason: sent!.reason,
          body: sent!.body,
        });
        const nominated = nominatedBy(sent!);
        expect(compared(got!, nominated)).toEqual(compared(sent!, nominated));
        expect(got!.interims).toEqual(sent!.interims.filter((status) => status !== 100));
        outcomes.same += 1;
      },
    ),
  );
  for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(5);
  expect(outcomes.same).toBeGreaterThan(80);
});

test('and afterwards nothing is left behind', async () => {
  const [runtime] = [...plane.worker.state.targetGroups.get('tg-1')!.targets.values()];
  expect(runtime!.inFlight).toBe(0);
  plane.send({ type: 'drain' });
  await plane.ended;
  await expect.poll(() => target.open.size).toBe(0);
  const lines = await plane.stop();
  expect(lines).toHaveLength(plane.totals.services['svc-1']!.requests);
});
