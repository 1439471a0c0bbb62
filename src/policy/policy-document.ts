/**
 * IAM policy documents as JSON text: whether they are well formed. Nothing is evaluated here.
 * Grammar: "Grammar of the IAM JSON policy language" in AWS's IAM user guide.
 */
import { findDuplicateMember } from './duplicate-member.ts';
import { isObject, quote, unknownMember } from './problem.ts';
import { type PolicyKind, problemOfStatement } from './problem-of-statement.ts';

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
  | {
      /** The first thing that is wrong, as a sentence without a period. */
      readonly problem: string;
      /** Where, counted from 0: `Statement[1].Condition.StringEquals.aws:SourceVpc`; empty for the whole. */
      readonly place: string;
    };

/**
 * Reads a policy of a resource, which has to say for whom it is: every statement has an effect, a
 * principal, an action and a resource, each possibly in its `Not` form.
 */
export const parseResourcePolicy = (text: string): ParsedPolicy => parsePolicy(text, 'resource');

/**
 * Reads a policy of a user, group or role, a permission boundary, a session policy or a service
 * control policy: for those who have it, so without a principal. Sids are unique.
 */
export const parseIdentityPolicy = (text: string): ParsedPolicy => parsePolicy(text, 'identity');

/** Reads the policy of a role that says who may assume it: with principals, without resources. */
export const parseTrustPolicy = (text: string): ParsedPolicy => parsePolicy(text, 'trust');

/** Statements of a document, which may have written a single one without a list. */
export const statementsOf = ({ Statement }: PolicyDocument): readonly PolicyStatement[] =>
  Array.isArray(Statement) ? Statement : [Statement as PolicyStatement];

const parsePolicy = (text: string, kind: PolicyKind): ParsedPolicy => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'The policy is not valid JSON', place: '' };
  }
  const duplicate = findDuplicateMember(text);
  if (duplicate !== undefined) {
    return { problem: `The policy has the element ${quote(duplicate)} twice`, place: duplicate };
  }
  const problem = problemOfDocument(value, kind);
  return problem === undefined ? { document: value as PolicyDocument } : problem;
};

const VERSIONS = ['2012-10-17', '2008-10-17'];

type Refusal = Exclude<ParsedPolicy, { document: unknown }>;

const problemOfDocument = (value: unknown, kind: PolicyKind): Refusal | undefined => {
  if (!isObject(value)) return { problem: 'The policy is not a JSON object', place: '' };
  const unknown = unknownMember(value, ['Version', 'Id', 'Statement']);
  if (unknown !== undefined) {
    return { problem: `The policy has an unknown element ${quote(unknown)}`, place: unknown };
  }
  const { Version, Id, Statement } = value;
  if (Version !== undefined && !VERSIONS.includes(Version as string)) {
    const problem = `The Version of the policy must be ${VERSIONS.join(' or ')}`;
    return { problem, place: 'Version' };
  }
  if (Id !== undefined && typeof Id !== 'string') {
    return { problem: 'The Id of the policy must be a string', place: 'Id' };
  }
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  if (Statement === undefined || statements.length === 0) {
    return { problem: 'The policy has no Statement', place: 'Statement' };
  }
  const version = { variables: Version === '2012-10-17' };
  const sids = new Set<string>();
  for (const [i, statement] of statements.entries()) {
    const place = Array.isArray(Statement) ? `Statement[${i}]` : 'Statement';
    const found = problemOfStatement(statement, kind, version);
    if (found !== undefined) {
      return {
        problem: `Statement ${i + 1} of the policy ${found.text}`,
        place: [place, ...found.at].join('.'),
      };
    }
    const { Sid } = statement as PolicyStatement;
    if (kind === 'identity' && Sid !== undefined && Sid !== '' && sids.has(Sid)) {
      const problem = `Statement ${i + 1} of the policy has the Sid ${quote(Sid)} of another one`;
      return { problem, place: `${place}.Sid` };
    }
    sids.add(Sid ?? '');
  }
  return undefined;
};
