import { describeActual, isAbsent, list } from '../../policy/describe-reason.ts';
import { conditionKey } from '../../policy/pattern.ts';
import type { ConditionFacts } from '../../policy/reason.ts';

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

/** How an operator's condition holds and how it does not, between the subject and the values. */
const VERBS: Readonly<Record<string, readonly [holds: string, fails: string]>> = {
  StringLike: ['were like', 'were not like'],
  StringNotLike: ['were not like', 'were like'],
  ArnLike: ['were like', 'were not like'],
  ArnNotLike: ['were not like', 'were like'],
  NumericLessThan: ['were less than', 'were at least'],
  NumericLessThanEquals: ['were at most', 'were greater than'],
  NumericGreaterThan: ['were greater than', 'were at most'],
  NumericGreaterThanEquals: ['were at least', 'were less than'],
  DateLessThan: ['were before', 'were not before'],
  DateLessThanEquals: ['were not after', 'were after'],
  DateGreaterThan: ['were after', 'were not after'],
  DateGreaterThanEquals: ['were not before', 'were before'],
  IpAddress: ['were in', 'were not in'],
  NotIpAddress: ['were not in', 'were in'],
};
const EQUALS = ['were', 'were not'] as const;
const NOT_EQUALS = ['were not', 'were'] as const;

/** Keys that every caller has who signs, and nobody else. */
const OF_SIGNED = new Set(['aws:principalarn', 'aws:principalaccount']);

const SIGNED = 'the request were signed (it is anonymous)';

/**
 * How the condition would hold, behind "if": ``header `x-tier` were `gold` (it is `silver`)``.
 *
 * @param isAnonymous whether nobody signed the request, so that nothing is known of its caller
 */
export const wishForCondition = (facts: ConditionFacts, isAnonymous: boolean): string =>
  wish(facts, isAnonymous, true);

/** How the condition would not hold, in the same form. */
export const wishAgainstCondition = (facts: ConditionFacts, isAnonymous: boolean): string =>
  wish(facts, isAnonymous, false);

const wish = (facts: ConditionFacts, isAnonymous: boolean, isToHold: boolean): string => {
  const { operator, wanted, actual } = facts;
  const key = conditionKey(facts.key);
  const subject = subjectOf(facts.key);
  const name = operator.replace(/^For(?:Any|All)Values:/, '').replace(/IfExists$/, '');
  if (name === 'Null') {
    const isToBeMissing = (wanted[0]?.toLowerCase() === 'true') === isToHold;
    if (!isToBeMissing && isAnonymous && OF_SIGNED.has(key)) return SIGNED;
    return `${subject} were ${isToBeMissing ? 'missing' : 'there'}`;
  }
  const verb = verbOf(name, isToHold);
  const isNot = verb.startsWith('were not');
  if (isNot && isAnonymous && key === 'aws:principaltype') return SIGNED;
  const isUnsigned = isAnonymous && actual === undefined && key.startsWith('aws:principal');
  const why = isUnsigned ? 'the request is not signed' : describeActual(actual);
  const opposite = name === 'Bool' && !isToHold ? oppositeOf(wanted) : undefined;
  if (opposite !== undefined) return `${subject} were \`${opposite}\` (${why})`;
  // A key that is missing is no other value either.
  const isToBeThere = isNot && !isToHold && isAbsent(actual);
  const whole = isToBeThere ? verb.replace('were not', 'were there and not') : verb;
  return `${subject} ${whole} ${list(wanted)} (${why})`;
};

const verbOf = (name: string, isToHold: boolean): string => {
  const [holds, fails] = VERBS[name] ?? (name.includes('Not') ? NOT_EQUALS : EQUALS);
  return isToHold ? holds : fails;
};

/** Undefined where both values are wanted, or one that is neither. */
const oppositeOf = (wanted: readonly string[]): string | undefined => {
  const values = new Set(wanted.map((value) => value.toLowerCase()));
  if (values.has('true') === values.has('false')) return undefined;
  return String(values.has('false'));
};

const subjectOf = (writtenKey: string): string => {
  const key = conditionKey(writtenKey);
  const [, words] = NAMED_SUBJECTS.find(([start]) => key.startsWith(start)) ?? [];
  if (words !== undefined) return `${words} \`${key.slice(key.indexOf('/') + 1)}\``;
  return SUBJECTS[key] ?? `\`${writtenKey}\``;
};
