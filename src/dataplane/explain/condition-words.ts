import { vpcLatticeSvcs } from '../../policy/lint/vpc-lattice-svcs.ts';
import type { Mismatch } from '../../policy/reason.ts';

type ConditionMismatch = Extract<Mismatch, { element: 'Condition' }>;

/** Condition keys in words, where words say more than the key. */
const SUBJECTS: Readonly<Record<string, string>> = {
  'vpc-lattice-svcs:port': "the listener's port",
  'vpc-lattice-svcs:requestmethod': 'the method',
  'vpc-lattice-svcs:requestpath': 'the path',
  'vpc-lattice-svcs:servicearn': 'the service',
  'vpc-lattice-svcs:servicenetworkarn': 'the service network',
  'vpc-lattice-svcs:sourcevpc': "the client's VPC",
  'vpc-lattice-svcs:sourcevpcowneraccount': "the account of the client's VPC",
  'aws:sourcevpc': "the client's VPC",
  'aws:sourceip': "the client's address",
  'aws:principalarn': "the caller's ARN",
  'aws:principalaccount': "the caller's account",
  'aws:principalorgid': "the caller's organisation",
  'aws:principalorgpaths': "the caller's place in the organisation",
  'aws:principaltype': "the caller's type",
  'aws:currenttime': 'the time',
};

/** The same for keys that a name follows. */
const NAMED_SUBJECTS: readonly (readonly [prefix: string, words: string])[] = [
  ['vpc-lattice-svcs:requestheader/', 'header'],
  ['vpc-lattice-svcs:requestquerystring/', 'query parameter'],
  ['aws:principaltag/', "the caller's tag"],
  ['aws:resourcetag/', "the service's tag"],
];

/** What an operator wants, between the subject and the values. */
const VERBS: Readonly<Record<string, string>> = {
  StringLike: 'were like',
  StringNotLike: 'were not like',
  ArnLike: 'were like',
  ArnNotLike: 'were not like',
  NumericLessThan: 'were less than',
  NumericLessThanEquals: 'were at most',
  NumericGreaterThan: 'were greater than',
  NumericGreaterThanEquals: 'were at least',
  DateLessThan: 'were before',
  DateLessThanEquals: 'were not after',
  DateGreaterThan: 'were after',
  DateGreaterThanEquals: 'were not before',
  IpAddress: 'were in',
  NotIpAddress: 'were not in',
};

const KEY_NAMES = new Map(vpcLatticeSvcs.keys.map(({ name }) => [name.toLowerCase(), name]));

/** A condition key as AWS's pages spell it; compiled policies have small letters up to a slash. */
export const spelledKey = (key: string): string => {
  const nameAt = key.indexOf('/') + 1;
  const known = nameAt === 0 ? key : key.slice(0, nameAt);
  return (KEY_NAMES.get(known) ?? known) + (nameAt === 0 ? '' : key.slice(nameAt));
};

/**
 * How the condition would hold, behind "if": ``header `x-tier` were `gold` (it is `silver`)``.
 *
 * @param isAnonymous whether nobody signed the request, so that nothing is known of its caller
 */
export const wishOfCondition = (
  { operator, key, wanted, actual }: ConditionMismatch,
  isAnonymous: boolean,
): string => {
  const name = operator.replace(/^For(?:Any|All)Values:/, '').replace(/IfExists$/, '');
  const subject = subjectOf(key);
  if (name === 'Null') {
    return `${subject} were ${wanted[0] === 'true' ? 'missing' : 'there'}`;
  }
  const verb = VERBS[name] ?? (name.includes('Not') ? 'were not' : 'were');
  const isUnsigned = isAnonymous && actual === undefined && key.startsWith('aws:principal');
  const why = isUnsigned ? 'the request is not signed' : describeActual(actual);
  return `${subject} ${verb} ${list(wanted)} (${why})`;
};

const subjectOf = (key: string): string => {
  const [prefix, words] = NAMED_SUBJECTS.find(([start]) => key.startsWith(start)) ?? [];
  if (prefix !== undefined) return `${words} \`${key.slice(prefix.length)}\``;
  return SUBJECTS[key] ?? `\`${spelledKey(key)}\``;
};

const describeActual = (actual: ConditionMismatch['actual']): string =>
  actual === undefined || (typeof actual !== 'string' && actual.length === 0)
    ? 'the request does not have it'
    : `it is ${list([actual].flat())}`;

const list = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join(' or ');
