import type { PathRefusal } from './verdict.ts';

const SEPARATOR = String.raw`[/\\]|%2f|%5c`;

/**
 * A segment `.` or `..`, with each of its characters escaped or not. A `;` ends it as well: some
 * targets take what follows for a parameter and not for a part of the segment.
 */
const DOT_SEGMENT = new RegExp(
  String.raw`(?:${SEPARATOR})(?:\.|%2e){1,2}(?:$|;|%3b|${SEPARATOR})`,
  'i',
);

const hasDotSegment = (path: string): boolean =>
  // Most paths have neither, which is seen sooner than that the expression does not match.
  (path.includes('.') || path.includes('%')) && DOT_SEGMENT.test(path);

const REFUSAL: PathRefusal = {
  by: 'path',
  message:
    'the path has a segment `.` or `..`, perhaps escaped, about which auth policies cannot be asked: send the path that it leads to',
};

/**
 * Policies compare the path as it came. Targets that resolve dots (RFC 3986 §5.2.4) would answer
 * `/public/../admin` as `/admin`, so where policies decide such paths are refused: our choice.
 *
 * @param path as received, undecoded
 */
export const refusePath = (path: string): PathRefusal | undefined =>
  hasDotSegment(path) ? REFUSAL : undefined;
