import type { Mismatch, Reason } from './reason.ts';

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

const describeActual = (actual: string | readonly string[] | undefined): string =>
  actual === undefined || (typeof actual !== 'string' && actual.length === 0)
    ? 'the request does not have it'
    : `it is ${list([actual].flat())}`;

const list = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(' or ');
