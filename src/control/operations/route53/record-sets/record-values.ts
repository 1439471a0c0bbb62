import { isIPv4, isIPv6 } from 'node:net';
import type { RecordType } from '../../../../lattice/hosted-zone.ts';
import { parseTxtValue } from '../../../../lattice/txt-value.ts';

const LABELS = /^(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?$/i;
const MOST_TXT_CHARACTERS = 4000;

type Check = (value: string) => string | undefined;

/** What is wrong with a value, in AWS's words; undefined when nothing is. */
const CHECKS: Readonly<Record<RecordType, Check>> = {
  A: (value) =>
    isIPv4(value)
      ? undefined
      : problem('ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)', value),
  AAAA: (value) =>
    isIPv6(value) && !value.includes('%')
      ? undefined
      : problem('AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)', value),
  CNAME: (value) => {
    if (value.length > 254 || value.split('.').some((label) => label.length > 63)) {
      return problem('DomainLabelTooLong (Domain label is too long)', value);
    }
    return LABELS.test(value)
      ? undefined
      : problem('UnsupportedCharacter (Value contains unsupported characters)', value);
  },
  TXT: (value) => {
    if (!/^\s*"[\s\S]*"\s*$/.test(value)) {
      return problem('InvalidCharacterString (Value should be enclosed in quotation marks)', value);
    }
    if (value.length > MOST_TXT_CHARACTERS) {
      return problem('CharacterStringTooLong (Value is too long)', value);
    }
    return parseTxtValue(value) === undefined
      ? problem('CharacterStringTooLong (Value is too long)', value)
      : undefined;
  },
};

const problem = (what: string, value: string): string =>
  `Invalid Resource Record: FATAL problem: ${what} encountered with '${value.slice(0, 100)}'`;

/** What is wrong with the values of a record set. */
export const problemsOfValues = (type: RecordType, values: readonly string[]): string[] => {
  if (type === 'CNAME' && values.length > 1) {
    return ['Invalid Resource Record: a record set of type CNAME has exactly one value'];
  }
  const wrong = values.map(CHECKS[type]).filter((text) => text !== undefined);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  return twice === undefined ? wrong : [...wrong, `Duplicate Resource Record: '${twice}'`];
};
