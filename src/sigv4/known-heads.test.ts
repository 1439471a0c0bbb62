import { describe, expect, test } from 'vitest';
import { KnownHeads } from './known-heads.ts';
import { parseAuthorization } from './parse-signature.ts';
import { ALGORITHM, ALGORITHM_V4A } from './string-to-sign.ts';

const ALGORITHMS = [ALGORITHM, ALGORITHM_V4A] as const;

const header = (id: string, digit: string, signedHeaders = 'host;x-amz-date'): string =>
  `${ALGORITHM} Credential=${id}/20260401/us-west-2/vpc-lattice-svcs/aws4_request, ` +
  `SignedHeaders=${signedHeaders}, Signature=${digit.repeat(64)}`;

/** Their last three characters lead to the same slot. */
const NEIGHBOURS = ['AKIA0000000000000ABC', 'AKIA1111111111111ABC'] as const;

const outcome = (parse: () => unknown): unknown => {
  try {
    return parse();
  } catch (error) {
    return String(error);
  }
};

describe('a header is parsed the same whatever was parsed before', () => {
  const [first, second] = NEIGHBOURS;
  test.each<[string, ...string[]]>([
    ['the same caller, another signature', header(first, 'a'), header(first, 'b')],
    [
      'another caller in the same slot',
      header(first, 'a'),
      header(second, 'a'),
      header(first, 'c'),
    ],
    ['other signed headers', header(first, 'a'), header(first, 'a', 'host')],
    ['a signature that is none', header(first, 'a'), header(first, 'g')],
    ['a signature that is too short', header(first, 'a'), header(first, 'a').slice(0, -1)],
    ['a signature that is too long', header(first, 'a'), `${header(first, 'a')}a`],
    ['something behind the signature', header(first, 'a'), `${header(first, 'a')}, X=1`],
    ['another order', header(first, 'a'), reordered(first), reordered(first)],
    ['SigV4A', header(first, 'a'), header(first, 'a').replace(ALGORITHM, ALGORITHM_V4A)],
    ['a list of headers too long to keep', ...twice(header(first, 'a', 'h'.repeat(600)))],
    ['nothing', header(first, 'a'), ''],
  ])('%s', (_, ...headers) => {
    const heads = new KnownHeads();
    for (const text of headers) {
      expect(outcome(() => heads.parse(text, ALGORITHMS, true))).toEqual(
        outcome(() => parseAuthorization(text, ALGORITHMS, true)),
      );
    }
  });

  test('a request without a date is refused although the header is known', () => {
    const heads = new KnownHeads();
    heads.parse(header(first, 'a'), ALGORITHMS, true);
    expect(() => heads.parse(header(first, 'a'), ALGORITHMS, false)).toThrow("'X-Amz-Date'");
  });

  test('what is known is not parsed again', () => {
    const heads = new KnownHeads();
    heads.parse(header(first, 'a'), ALGORITHMS, true);
    const [one, other] = ['b', 'c'].map((digit) =>
      heads.parse(header(first, digit), ALGORITHMS, true),
    );
    expect(one?.signedHeaders).toBe(other?.signedHeaders);
  });
});

function reordered(id: string): string {
  return (
    `${ALGORITHM} Credential=${id}/20260401/us-west-2/vpc-lattice-svcs/aws4_request, ` +
    `Signature=${'a'.repeat(64)}, SignedHeaders=host;x-amz-date`
  );
}

function twice(text: string): [string, string] {
  return [text, text];
}
