import type { CompiledCondition } from './condition.ts';
import { nullOperator } from './operators/null.ts';
import { principalName } from './principal.ts';
import type { PolicyRequest } from './request.ts';

/** What one statement says to a request. */
export interface Reason {
  /** The name that the policy was compiled with. */
  readonly policy: string;
  /** Counted from 0. */
  readonly statement: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Why the statement says nothing to this request; empty when it applies. */
  readonly mismatches: readonly Mismatch[];
  /**
   * Of a Deny that applies, what makes it apply to this request and not to any; all its elements
   * where it applies to any. Worked out for explanations only, so absent in reasons of decisions.
   */
  readonly matches?: readonly Match[];
}

export type StatementElement =
  | 'Principal'
  | 'NotPrincipal'
  | 'Action'
  | 'NotAction'
  | 'Resource'
  | 'NotResource';

export type Mismatch =
  | { readonly element: StatementElement; readonly actual: string }
  | ConditionFacts;

export type Match =
  | {
      readonly element: StatementElement;
      /** The values of the element that include it; none for `Not…`, whose values do not. */
      readonly wanted: readonly string[];
      readonly actual: string;
    }
  | ConditionFacts;

/** What a condition wants, and what the request has. */
export interface ConditionFacts {
  readonly element: 'Condition';
  /** As written: `ForAnyValue:StringLike`. */
  readonly operator: string;
  /** As written: `aws:PrincipalTag/Team`. */
  readonly key: string;
  readonly wanted: readonly string[];
  /** Absent when the request does not have the key. */
  readonly actual: string | readonly string[] | undefined;
}

/** In place of what could let somebody in. */
export const HIDDEN = '(hidden)';

const LONGEST_TEXT = 256;
const MOST_VALUES = 16;

/** What a reason keeps of a text of the request; requests can be large and reasons are kept. */
export const shorten = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;

/** Why a condition holds or does not. Values of headers and queries that carry credentials are hidden. */
export const conditionFacts = (
  { operator, key, writtenKey, wanted }: CompiledCondition,
  request: PolicyRequest,
): ConditionFacts => {
  const actual = request.value(key);
  const facts = { element: 'Condition', operator, key: writtenKey } as const;
  if (!isSecret(key)) return { ...facts, wanted, actual: keepActual(actual) };
  // That a key has to be there, or must not, gives nothing away.
  const shown = operator === nullOperator.name ? wanted : [HIDDEN];
  return { ...facts, wanted: shown, actual: actual === undefined ? undefined : HIDDEN };
};

/** A statement's element that the request matches. */
export const elementMatch = (
  element: StatementElement,
  wanted: readonly string[],
  request: PolicyRequest,
): Match => ({ element, wanted: keep(wanted), actual: actualOf(element, request) });

const keepActual = (actual: ConditionFacts['actual']): ConditionFacts['actual'] =>
  actual === undefined || typeof actual === 'string' ? actual && shorten(actual) : keep(actual);

const keep = (texts: readonly string[]): readonly string[] =>
  texts.slice(0, MOST_VALUES).map(shorten);

/** `auth` within other words too, such as `oauth2` and `authz`, but not within `author`. */
const SECRET_PARTS =
  /auth(?!or)|authori[sz]ation|cookie|token|secret|password|passwd|passphrase|passcode|signature|credential|session|jwt|bearer|assertion|saml|(?:api|access)[-_]?key|forwarded[-_]access/;

/** Short ones, which would be found in `keyboard`, `design` and `compass`. */
const SECRET_WORDS =
  /(?:^|[^a-z])(?:pass|pwd|pw|pin|otp|totp|code|sig|sign|hmac|keys?|sid|csrf|xsrf|ticket)(?![a-z])/;

/** Whether the value of a header or query parameter of this name may let somebody in. */
export const isSecretName = (name: string): boolean => {
  const lower = name.toLowerCase();
  // `authCode` is two words.
  const words = name.replaceAll(/[a-z](?=[A-Z])/g, '$&-').toLowerCase();
  return SECRET_PARTS.test(lower) || SECRET_WORDS.test(words);
};

const isSecret = (key: string): boolean => {
  const slash = key.indexOf('/');
  return slash >= 0 && !key.startsWith('aws:') && isSecretName(key.slice(slash + 1));
};

/** For `principal`, `action` and `resource`, what the request has of it. */
export const actualOf = (element: StatementElement, request: PolicyRequest): string =>
  shorten(
    element.endsWith('Principal')
      ? principalName(request.principal)
      : element.endsWith('Action')
        ? request.action
        : request.resource,
  );
