import { compileArnTest } from './arn-pattern.ts';
import { type CompiledCondition, compileConditions } from './condition.ts';
import { Glob } from './glob.ts';
import {
  ANY_MANY,
  type GlobToken,
  type PatternToken,
  parsePattern,
  variableKeys,
} from './pattern.ts';
import type { PolicyStatement } from './policy-document.ts';
import {
  compileNotPrincipal,
  compilePrincipal,
  namesOf,
  type PrincipalTest,
} from './principal-test.ts';
import {
  actualOf,
  conditionFacts,
  elementMatch,
  type Match,
  type Mismatch,
  type Reason,
  type StatementElement,
} from './reason.ts';
import type { PolicyRequest } from './request.ts';
import type { TextTest } from './text-test.ts';

export interface StatementOptions {
  /** Name of the policy. */
  readonly policy: string;
  /** Counted from 0. */
  readonly index: number;
  /** Whether the version of the policy has variables. */
  readonly variables: boolean;
}

/** A statement as tables and tests. */
export class CompiledStatement {
  readonly effect: 'Allow' | 'Deny';
  /** The reason when the statement applies: made once. */
  readonly applies: Reason;
  /** Condition keys that the statement asks a request for. */
  readonly usedKeys: readonly string[];
  /** For explanations. */
  readonly #statement: PolicyStatement;
  readonly #isNotPrincipal: boolean;
  /** Absent in policies of identities, which say nothing about who asks. */
  readonly #principal: PrincipalTest | undefined;
  readonly #isNotAction: boolean;
  readonly #actions: readonly Glob[];
  readonly #isNotResource: boolean;
  /** Absent in trust policies, and where any resource will do. */
  readonly #resources: readonly TextTest[] | undefined;
  readonly #conditions: readonly CompiledCondition[];

  constructor(statement: PolicyStatement, { policy, index, variables }: StatementOptions) {
    this.effect = statement.Effect;
    this.#statement = statement;
    this.applies = Object.freeze({
      policy,
      statement: index,
      sid: statement.Sid,
      effect: statement.Effect,
      mismatches: [],
    });
    this.#isNotPrincipal = statement.NotPrincipal !== undefined;
    this.#principal = toPrincipalTest(statement);
    this.#isNotAction = statement.NotAction !== undefined;
    this.#actions = [statement.Action ?? statement.NotAction ?? []].flat().map(toActionGlob);
    this.#isNotResource = statement.NotResource !== undefined;
    const resources = [statement.Resource ?? statement.NotResource ?? '*']
      .flat()
      .map((text) => parsePattern(text, { variables, wildcards: true }) ?? [text]);
    const isAny = !this.#isNotResource && resources.some((tokens) => isOnlyStar(tokens));
    this.#resources = isAny ? undefined : resources.map(compileArnTest);
    this.#conditions = compileConditions(statement.Condition ?? {}, {
      effect: statement.Effect,
      variables,
    });
    this.usedKeys = [
      ...resources.flatMap(variableKeys),
      ...this.#conditions.flatMap((condition) => [condition.key, ...condition.variableKeys]),
    ];
  }

  /** Whether the statement is about an action, in small letters. */
  hasAction(action: string): boolean {
    return this.#actions.some((glob) => glob.matches(action)) !== this.#isNotAction;
  }

  /** Whether the statement applies to a request with an action that it is about. */
  matches(request: PolicyRequest): boolean {
    if (this.#principal !== undefined && !this.#principal.matches(request.principal)) return false;
    if (this.#resources !== undefined && !this.#hasResource(this.#resources, request)) return false;
    for (const condition of this.#conditions) if (!condition.holds(request)) return false;
    return true;
  }

  /** The same question with all that speaks against it, or why a Deny applies. */
  explain(request: PolicyRequest): Reason {
    const mismatches: Mismatch[] = [];
    const compare = (
      isNot: boolean,
      element: 'Principal' | 'Action' | 'Resource',
      matches: boolean,
    ): void => {
      const name = isNot ? (`Not${element}` as const) : element;
      if (!matches) mismatches.push({ element: name, actual: actualOf(name, request) });
    };
    compare(this.#isNotPrincipal, 'Principal', this.#principal?.matches(request.principal) ?? true);
    compare(this.#isNotAction, 'Action', this.hasAction(request.action.toLowerCase()));
    const hasResource = !this.#resources || this.#hasResource(this.#resources, request);
    compare(this.#isNotResource, 'Resource', hasResource);
    for (const condition of this.#conditions) {
      if (!condition.holds(request)) mismatches.push(conditionFacts(condition, request));
    }
    if (mismatches.length > 0) return { ...this.applies, mismatches };
    return this.effect === 'Allow'
      ? this.applies
      : { ...this.applies, matches: this.#matches(request) };
  }

  /** What makes the statement apply to this request and not to any, conditions first. */
  #matches(request: PolicyRequest): readonly Match[] {
    const elements = this.#elementMatches(request);
    const telling = [
      ...this.#conditions.map((condition) => conditionFacts(condition, request)),
      ...elements.filter(isTelling),
    ];
    return telling.length > 0 ? telling : elements;
  }

  #elementMatches(request: PolicyRequest): readonly Match[] {
    return ELEMENTS.filter((element) => this.#statement[element] !== undefined).map((element) =>
      elementMatch(element, this.#including(element, request), request),
    );
  }

  /** The values of an element that include what the request has. */
  #including(element: StatementElement, request: PolicyRequest): readonly string[] {
    const { Principal, Action = [], Resource = [] } = this.#statement;
    const action = request.action.toLowerCase();
    switch (element) {
      case 'Principal':
        return namesOf(Principal, request.principal);
      case 'Action':
        return [Action].flat().filter((_, i) => this.#actions[i]?.matches(action));
      case 'Resource': {
        const tests = this.#resources;
        if (tests === undefined) return ['*'];
        return [Resource].flat().filter((_, i) => tests[i]?.(request.resource, request));
      }
      default:
        return [];
    }
  }

  /** A pattern with a variable that has no value matches nothing; in a NotResource it denies at most. */
  #hasResource(resources: readonly TextTest[], request: PolicyRequest): boolean {
    let isUnknown = false;
    for (const test of resources) {
      const truth = test(request.resource, request);
      if (truth === true) return !this.#isNotResource;
      if (truth === undefined) isUnknown = true;
    }
    return this.#isNotResource && !(isUnknown && this.effect === 'Allow');
  }
}

const ELEMENTS: readonly StatementElement[] = [
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
];

/** Actions that are named are few in a service, and mostly all of them. */
const isTelling = ({ element, wanted }: Match): boolean =>
  element.startsWith('Not') || (element !== 'Action' && !wanted.includes('*'));

const toPrincipalTest = ({
  Effect,
  Principal,
  NotPrincipal,
}: PolicyStatement): PrincipalTest | undefined => {
  if (Principal !== undefined) return compilePrincipal(Principal);
  return NotPrincipal === undefined ? undefined : compileNotPrincipal(NotPrincipal, Effect);
};

/** Actions are compared without regard to letter case, and have no variables. */
const toActionGlob = (action: string): Glob =>
  new Glob(
    (parsePattern(action.toLowerCase(), { variables: false, wildcards: true }) ??
      []) as readonly GlobToken[],
  );

const isOnlyStar = (tokens: readonly PatternToken[]): boolean =>
  tokens.length === 1 && tokens[0] === ANY_MANY;
