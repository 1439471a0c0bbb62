import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';
import { cuts, requestBytes } from './messages.ts';
import { nodeRequests } from './node-parser.ts';
import { isBeyondNode, ourRequests } from './our-parser.ts';

test('what our parser accepts, node’s accepts with the same method, target, headers and body', async () => {
  let compared = 0;
  await fuzz(
    6000,
    fc.asyncProperty(requestBytes, cuts, async (bytes, offsets) => {
      const { requests, taken } = ourRequests(bytes, offsets);
      if (taken === undefined || requests.length === 0 || requests.some(isBeyondNode)) return;
      const node = await nodeRequests(taken);
      expect(node.requests.length, node.error?.message).toBe(requests.length);
      for (const [i, { head, body, complete }] of requests.entries()) {
        const theirs = node.requests[i]!;
        expect(head.method).toBe(theirs.method);
        if (!head.isAbsolute) expect(head.target).toBe(theirs.url);
        expect(`1.${head.minorVersion}`).toBe(theirs.version);
        expect(head.names).toEqual(
          theirs.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()),
        );
        expect(head.values).toEqual(theirs.rawHeaders.filter((_, at) => at % 2 === 1));
        expect(theirs, node.error?.message).toMatchObject({ complete, body });
      }
      compared += 1;
    }),
  );
  // Or it would prove nothing.
  expect(compared).toBeGreaterThan(800);
});
