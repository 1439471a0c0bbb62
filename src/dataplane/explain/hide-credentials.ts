import {
  HIDDEN,
  isSecretName,
  type Match,
  type Mismatch,
  type Reason,
} from '../../policy/reason.ts';
import { decodeUri } from '../../sigv4/encode-uri.ts';
import { hideValues } from '../../sigv4/hide-values.ts';

/**
 * The target of a request, or another URL, with the values of query parameters hidden that carry
 * credentials, as their names say or those of parameters within them, and the user information
 * before a host (RFC 3986 §3.2.1); all else as received.
 */
export const hideCredentials = (url: string): string => {
  const target = url.replace(USER_INFORMATION, `//${HIDDEN}@`);
  const queryStart = target.search(/[?#]/) + 1;
  if (queryStart === 0) return target;
  const isHidden = (name: string, value: string): boolean =>
    isSecretName(name) || holdsCredentials(value);
  return target.slice(0, queryStart) + hideValues(target.slice(queryStart), '&', '=', isHidden);
};

const USER_INFORMATION = /\/\/[^/?#@\s]*@/g;

/** Whether a value is itself a URL, or a list of parameters, with a credential in it. */
export const holdsCredentials = (value: string): boolean =>
  decodeUri(value)
    .split(/[?&;#]/)
    .some((piece) => {
      const equals = piece.indexOf('=');
      return equals >= 0 && isSecretName(decodeUri(piece.slice(0, equals)));
    });

/** A reason without the credentials in values that are URLs or lists, such as those of Referer. */
export const hideInReason = (reason: Reason): Reason => ({
  ...reason,
  mismatches: reason.mismatches.map(hideInFacts),
  ...(reason.matches && { matches: reason.matches.map(hideInFacts) }),
});

const hideInFacts = <Facts extends Match | Mismatch>(facts: Facts): Facts => {
  if (facts.element !== 'Condition') return facts;
  const { wanted, actual } = facts;
  return {
    ...facts,
    wanted: wanted.map(hideInValue),
    actual:
      actual === undefined || typeof actual === 'string'
        ? actual && hideInValue(actual)
        : actual.map(hideInValue),
  };
};

const hideInValue = (value: string): string => {
  const [beforeQuery = ''] = value.split(/[?#]/, 1);
  return holdsCredentials(beforeQuery) ? HIDDEN : hideCredentials(value);
};
