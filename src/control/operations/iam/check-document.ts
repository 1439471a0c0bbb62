import {
  type ParsedPolicy,
  parseIdentityPolicy,
  parseTrustPolicy,
} from '../../../policy/policy-document.ts';
import { malformedPolicy } from './errors.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * @throws MalformedPolicyDocument for what cannot be the policy of a user, group, role or session:
 * it says which actions on which resources, and for nobody in particular.
 */
export const checkIdentityPolicy = (text: string): void => {
  for (const statement of statementsIn(text)) {
    if ('Principal' in statement || 'NotPrincipal' in statement) {
      throw malformedPolicy('Policy document should not specify a principal.');
    }
    if (!('Action' in statement || 'NotAction' in statement)) {
      throw malformedPolicy('Policy statement must contain actions.');
    }
    if (!('Resource' in statement || 'NotResource' in statement)) {
      throw malformedPolicy('Policy statement must contain resources.');
    }
    for (const action of textsOf(statement['Action'] ?? statement['NotAction'])) {
      if (action !== '*' && !/^[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+$/.test(action)) {
        throw malformedPolicy(
          action.includes(':')
            ? 'Actions/Condition can contain only one colon.'
            : 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
        );
      }
    }
    for (const resource of textsOf(statement['Resource'] ?? statement['NotResource'])) {
      if (resource !== '*' && !/^arn:|^\*|^\$\{/.test(resource)) {
        throw malformedPolicy(`Resource ${resource.slice(0, 200)} must be in ARN format or "*".`);
      }
    }
  }
  checkGrammar(parseIdentityPolicy(text));
};

/** @throws MalformedPolicyDocument for what cannot say who may assume a role */
export const checkTrustPolicy = (text: string): void => {
  for (const statement of statementsIn(text)) {
    for (const field of ['Resource', 'NotResource']) {
      if (field in statement) throw malformedPolicy(`Has prohibited field ${field}`);
    }
    if (!('Principal' in statement || 'NotPrincipal' in statement)) {
      throw malformedPolicy('Missing required field Principal');
    }
    const actions = textsOf(statement['Action'] ?? statement['NotAction']);
    if (!actions.every((action) => /^sts:[A-Za-z*?]+$/i.test(action))) {
      throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
    }
  }
  checkGrammar(parseTrustPolicy(text));
};

/** Principals that a document names, good or bad, by type: `AWS`, `Federated`, `Service`, `CanonicalUser`. */
export const principalsIn = (text: string): { readonly type: string; readonly value: string }[] =>
  statementsIn(text).flatMap((statement) => {
    const principal = statement['Principal'] ?? statement['NotPrincipal'];
    if (!isObject(principal)) return [];
    return Object.entries(principal).flatMap(([type, values]) =>
      textsOf(values).map((value) => ({ type, value })),
    );
  });

const statementsIn = (text: string): readonly Json[] => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformedPolicy('This policy contains invalid Json');
  }
  const { Statement } = isObject(document) ? document : {};
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  if (statements.length === 0 || !statements.every(isObject)) {
    throw malformedPolicy('Syntax errors in policy.');
  }
  return statements;
};

/** What the language demands, beyond what IAM has words of its own for. */
const checkGrammar = (parsed: ParsedPolicy): void => {
  if ('problem' in parsed) throw malformedPolicy(`Syntax errors in policy. ${parsed.problem}.`);
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');

/** IAM's limits count what is not white space. */
export const policyCharacters = (text: string): number => text.replace(/\s/g, '').length;
