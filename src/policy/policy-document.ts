/**
 * IAM policy documents as JSON text: whether they are well formed. Nothing is evaluated here.
 * Grammar: "Grammar of the IAM JSON policy language" in AWS's IAM user guide.
 */

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PolicyDocument {
  readonly Version?: '2012-10-17' | '2008-10-17';
  readonly Id?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export type ParsedPolicy =
  | { readonly document: PolicyDocument }
  /** The first thing that is wrong, as a sentence without a period. */
  | { readonly problem: string };

/**
 * Reads a policy of a resource, which has to say for whom it is: every statement has an effect, a
 * principal, an action and a resource, each possibly in its `Not` form.
 */
export const parseResourcePolicy = (text: string): ParsedPolicy => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'The policy is not valid JSON' };
  }
  const problem = problemOfDocument(value);
  return problem === undefined ? { document: value as PolicyDocument } : { problem };
};

/** Statements of a document, which may have written a single one without a list. */
export const statementsOf = ({ Statement }: PolicyDocument): readonly PolicyStatement[] =>
  Array.isArray(Statement) ? Statement : [Statement as PolicyStatement];

const VERSIONS = ['2012-10-17', '2008-10-17'];

const problemOfDocument = (value: unknown): string | undefined => {
  if (!isObject(value)) return 'The policy is not a JSON object';
  const unknown = unknownKey(value, ['Version', 'Id', 'Statement']);
  if (unknown !== undefined) return `The policy has an unknown element ${unknown}`;
  const { Version, Id, Statement } = value;
  if (Version !== undefined && !VERSIONS.includes(Version as string)) {
    return `The Version of the policy must be ${VERSIONS.join(' or ')}`;
  }
  if (Id !== undefined && typeof Id !== 'string') return 'The Id of the policy must be a string';
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  if (Statement === undefined || statements.length === 0) return 'The policy has no Statement';
  for (const [i, statement] of statements.entries()) {
    const problem = problemOfStatement(statement);
    if (problem !== undefined) return `Statement ${i + 1} of the policy ${problem}`;
  }
  return undefined;
};

const STATEMENT_KEYS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

const problemOfStatement = (value: unknown): string | undefined => {
  if (!isObject(value)) return 'is not a JSON object';
  const unknown = unknownKey(value, STATEMENT_KEYS);
  if (unknown !== undefined) return `has an unknown element ${unknown}`;
  const { Sid, Effect, Condition } = value;
  if (Sid !== undefined && typeof Sid !== 'string') return 'has a Sid that is not a string';
  if (Effect !== 'Allow' && Effect !== 'Deny') return 'needs an Effect of Allow or Deny';
  for (const name of ['Principal', 'Action', 'Resource']) {
    const present = [name, `Not${name}`].filter((key) => value[key] !== undefined);
    if (present.length === 0) return `needs a ${name}`;
    if (present.length === 2) return `has both a ${name} and a Not${name}`;
    const member = value[present[0] as string];
    const isGood = name === 'Principal' ? isPrincipal(member) : isTexts(member);
    if (!isGood) return `has a malformed ${present[0]}`;
  }
  return Condition === undefined ? undefined : problemOfCondition(Condition);
};

const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const isPrincipal = (value: unknown): boolean =>
  value === '*' ||
  (isObject(value) &&
    Object.keys(value).length > 0 &&
    unknownKey(value, PRINCIPAL_TYPES) === undefined &&
    Object.values(value).every(isTexts));

const OPERATORS = new Set(
  [
    ...['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map(
      (name) => `String${name}`,
    ),
    ...[
      'Equals',
      'NotEquals',
      'LessThan',
      'LessThanEquals',
      'GreaterThan',
      'GreaterThanEquals',
    ].flatMap((name) => [`Numeric${name}`, `Date${name}`]),
    'Bool',
    'BinaryEquals',
    'IpAddress',
    'NotIpAddress',
    'ArnEquals',
    'ArnNotEquals',
    'ArnLike',
    'ArnNotLike',
  ].flatMap((name) => [name, `${name}IfExists`]),
);

const isOperator = (name: string): boolean =>
  name === 'Null' || OPERATORS.has(name.replace(/^For(?:AnyValue|AllValues):/, ''));

const problemOfCondition = (value: unknown): string | undefined => {
  if (!isObject(value)) return 'has a Condition that is not a JSON object';
  for (const [operator, keys] of Object.entries(value)) {
    if (!isOperator(operator)) return `has an unknown condition operator ${operator}`;
    if (!isObject(keys)) return `has a malformed condition ${operator}`;
    for (const [key, wanted] of Object.entries(keys)) {
      const values = Array.isArray(wanted) ? wanted : [wanted];
      if (key === '' || values.length === 0 || !values.every(isScalar)) {
        return `has a malformed condition ${operator} on ${key}`;
      }
    }
  }
  return undefined;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** A text, or a list of one or more. */
const isTexts = (value: unknown): boolean => {
  const texts = Array.isArray(value) ? value : [value];
  return texts.length > 0 && texts.every((text) => typeof text === 'string' && text !== '');
};

const unknownKey = (value: object, known: readonly string[]): string | undefined =>
  Object.keys(value).find((key) => !known.includes(key));
