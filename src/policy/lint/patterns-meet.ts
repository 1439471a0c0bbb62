import { splitAtColons } from '../arn-pattern.ts';
import { ANY_MANY, ANY_ONE, type PatternToken } from '../pattern.ts';

/** Whether there is a text that both patterns match. A variable may stand for anything. */
export const patternsMeet = (a: readonly PatternToken[], b: readonly PatternToken[]): boolean => {
  const left = toUnits(a);
  const right = toUnits(b);
  // Row by row from the ends: whether what is left of one meets what is left of the other.
  let below: boolean[] = [];
  for (let i = left.length; i >= 0; i--) {
    const row: boolean[] = [];
    for (let j = right.length; j >= 0; j--) row[j] = meetAt(left[i], right[j], row, below, j);
    below = row;
  }
  return below[0] === true;
};

/** The same for ARNs, which are matched part by part. */
export const arnPatternsMeet = (
  a: readonly PatternToken[],
  b: readonly PatternToken[],
): boolean => {
  const [left, right] = [splitAtColons(a), splitAtColons(b)];
  return left.length === right.length && left.length === ARN_PARTS
    ? left.every((part, i) => patternsMeet(part, right[i] as readonly PatternToken[]))
    : patternsMeet(a, b);
};

const ARN_PARTS = 6;

/** A character, or one of the two wildcards. */
type Unit = string | typeof ANY_ONE | typeof ANY_MANY;

const meetAt = (
  a: Unit | undefined,
  b: Unit | undefined,
  row: readonly boolean[],
  below: readonly boolean[],
  j: number,
): boolean => {
  if (a === undefined && b === undefined) return true;
  if (a === ANY_MANY || b === ANY_MANY) {
    // One side moves on: the star ends, or takes one more of the other side.
    return (a !== undefined && below[j] === true) || (b !== undefined && row[j + 1] === true);
  }
  if (a === undefined || b === undefined) return false;
  return (a === b || a === ANY_ONE || b === ANY_ONE) && below[j + 1] === true;
};

const toUnits = (tokens: readonly PatternToken[]): readonly Unit[] =>
  tokens.flatMap((token): readonly Unit[] => {
    if (typeof token === 'string') return token.split('');
    return [typeof token === 'object' ? ANY_MANY : token];
  });
