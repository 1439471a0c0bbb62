import type { ConditionFacts, Match, Mismatch, Reason } from './reason.ts';

/** Which statement: ``statement 2 (`OnlyReaders`) of `service policy` ``. */
export const nameStatement = ({ policy, statement, sid }: Reason): string =>
  `statement ${statement + 1}${sid === undefined ? '' : ` (\`${sid}\`)`} of \`${policy}\``;

/** A reason in words, one line. */
export const describeReason = (reason: Reason): string => {
  const verb = reason.effect === 'Allow' ? 'allows' : 'denies';
  return reason.mismatches.length === 0
    ? `${nameStatement(reason)} ${verb} the request`
    : `${nameStatement(reason)} does not apply: ${reason.mismatches.map(describeMismatch).join('; ')}`;
};

export const describeMismatch = (mismatch: Mismatch): string => {
  if (mismatch.element !== 'Condition') {
    return mismatch.element.startsWith('Not')
      ? `its ${mismatch.element} leaves out \`${mismatch.actual}\``
      : `its ${mismatch.element} does not include \`${mismatch.actual}\``;
  }
  const { operator, key, wanted, actual } = mismatch;
  return `${operator} wants \`${key}\` ${list(wanted)}, and ${describeActual(actual)}`;
};

export const describeMatch = (match: Match): string => {
  if (match.element !== 'Condition') {
    return match.element.startsWith('Not')
      ? `its ${match.element} does not spare \`${match.actual}\``
      : `its ${match.element} ${list(match.wanted)} includes \`${match.actual}\``;
  }
  const { operator, key, wanted, actual } = match;
  const wants = `${operator} ${list(wanted)}`;
  return isAbsent(actual)
    ? `the request does not have \`${key}\` (${wants})`
    : `\`${key}\` is ${list([actual].flat(), 'and')} (${wants})`;
};

/** What the request has of a condition's key: ``it is `silver` ``. */
export const describeActual = (actual: ConditionFacts['actual']): string =>
  isAbsent(actual) ? 'the request does not have it' : `it is ${list([actual].flat(), 'and')}`;

export const isAbsent = (actual: ConditionFacts['actual']): actual is undefined | readonly [] =>
  actual === undefined || (typeof actual !== 'string' && actual.length === 0);

export const list = (texts: readonly string[], word: 'or' | 'and' = 'or'): string =>
  texts.map((text) => `\`${text}\``).join(` ${word} `);
