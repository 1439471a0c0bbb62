import { isObject, isTexts, type Problem, problem, quote, unknownMember } from './problem.ts';
import { hasBrokenVariable, problemOfCondition } from './problem-of-condition.ts';
import { problemOfPrincipal } from './problem-of-principal.ts';

/** Where a policy is attached decides what its statements have to say. */
export type PolicyKind =
  /** To a user, group or role, as its permission boundary, to a session or an account. */
  | 'identity'
  /** To what is accessed. */
  | 'resource'
  /** To a role, and says who may assume it: the role is the resource. */
  | 'trust';

const MEMBERS = [
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

const PAIRS = ['Principal', 'Action', 'Resource'] as const;

/** Elements that a policy of a kind must not have. */
const FORBIDDEN: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity: ['Principal', 'NotPrincipal'],
  resource: [],
  trust: ['NotPrincipal', 'Resource', 'NotResource'],
};

export const problemOfStatement = (
  value: unknown,
  kind: PolicyKind,
  version: { readonly variables: boolean },
): Problem | undefined => {
  if (!isObject(value)) return problem('is not a JSON object');
  const unknown = unknownMember(value, MEMBERS);
  if (unknown !== undefined) return problem(`has an unknown element ${quote(unknown)}`, unknown);
  const { Sid, Effect, Condition } = value;
  if (Sid !== undefined && typeof Sid !== 'string') {
    return problem('has a Sid that is not a string', 'Sid');
  }
  if (kind === 'identity' && Sid !== undefined && !/^[0-9A-Za-z]*$/.test(Sid)) {
    return problem(`has the Sid ${quote(Sid)}; write letters and digits only`, 'Sid');
  }
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    return problem('needs an Effect of Allow or Deny', 'Effect');
  }
  const forbidden = FORBIDDEN[kind].find((name) => value[name] !== undefined);
  if (forbidden !== undefined) {
    return problem(`has a ${forbidden}, which ${NAMES[kind]} cannot have`, forbidden);
  }
  for (const name of PAIRS) {
    const found = problemOfPair(value, name, kind, version);
    if (found !== undefined) return found;
  }
  return Condition === undefined ? undefined : problemOfCondition(Condition, version);
};

const NAMES: Readonly<Record<PolicyKind, string>> = {
  identity: 'a policy of an identity',
  resource: 'a policy of a resource',
  trust: 'a trust policy',
};

/** An element or its `Not` form: one of them, well formed, unless the kind has neither. */
const problemOfPair = (
  statement: Record<string, unknown>,
  name: (typeof PAIRS)[number],
  kind: PolicyKind,
  version: { readonly variables: boolean },
): Problem | undefined => {
  const not = `Not${name}`;
  const present = [name, not].filter((key) => statement[key] !== undefined);
  if (present.length === 2) return problem(`has both ${withArticle(name)} and a ${not}`, not);
  const [member] = present;
  if (member === undefined) {
    return FORBIDDEN[kind].includes(name) ? undefined : problem(`needs ${withArticle(name)}`, name);
  }
  const element = statement[member];
  if (name === 'Principal') return problemOfPrincipal(member, element);
  if (!isTexts(element)) {
    return problem(`has a malformed ${member}; write a text, or a list of texts`, member);
  }
  if (name === 'Action') {
    const wrong =
      kind === 'resource' ? undefined : [element].flat().find((text) => !isAction(text));
    return wrong === undefined
      ? undefined
      : problem(`has the ${member} ${quote(wrong)}; write SERVICE:ACTION`, member);
  }
  const broken = [element].flat().find((text) => hasBrokenVariable(text, version));
  return broken === undefined
    ? undefined
    : problem(`has a malformed variable in its ${member} ${quote(broken)}`, member);
};

/** Of the elements that come as a pair only this one begins with a vowel. */
const withArticle = (name: (typeof PAIRS)[number]): string =>
  name === 'Action' ? `an ${name}` : `a ${name}`;

const isAction = (text: string): boolean => text === '*' || /^[\w*?-]+:[\w*?-]+$/.test(text);
