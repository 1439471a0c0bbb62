import { CompiledStatement } from './compiled-statement.ts';
import { type PolicyDocument, statementsOf } from './policy-document.ts';
import type { Reason } from './reason.ts';
import type { PolicyRequest } from './request.ts';

/** How many actions a policy keeps its statements for; there are far fewer in a service. */
const MOST_ACTIONS = 256;

/** A policy that is ready to be asked: tables and tests, nothing to parse. */
export class CompiledPolicy {
  /** Says in reasons which policy it was: `service policy`, an ARN of a managed policy. */
  readonly name: string;
  /** Condition keys that the policy may ask a request for, as it asks for them; sorted. */
  readonly usedKeys: readonly string[];
  readonly #statements: readonly CompiledStatement[];
  readonly #byAction = new Map<string, StatementsOfAction>();

  constructor(document: PolicyDocument, name: string) {
    const variables = document.Version === '2012-10-17';
    this.name = name;
    this.#statements = statementsOf(document).map(
      (statement, index) => new CompiledStatement(statement, { policy: name, index, variables }),
    );
    const keys = this.#statements.flatMap((statement) => statement.usedKeys);
    this.usedKeys = [...new Set(keys)].sort();
  }

  get statementCount(): number {
    return this.#statements.length;
  }

  /**
   * What the policy says: the reason of the first Deny that applies, else of the first Allow, else
   * nothing. Allocates nothing for an action that was asked before.
   */
  evaluate(request: PolicyRequest): Reason | undefined {
    const { denies, allows } = this.#statementsOf(request.action);
    for (const statement of denies) if (statement.matches(request)) return statement.applies;
    for (const statement of allows) if (statement.matches(request)) return statement.applies;
    return undefined;
  }

  /** What every statement says, in the order of the policy, with all that keeps it from applying. */
  explain(request: PolicyRequest): readonly Reason[] {
    return [...this.reasons(request)];
  }

  /** The same one by one, each worked out when it is asked for. */
  *reasons(request: PolicyRequest): Generator<Reason, void> {
    for (const statement of this.#statements) yield statement.explain(request);
  }

  #statementsOf(action: string): StatementsOfAction {
    const known = this.#byAction.get(action);
    if (known !== undefined) return known;
    const lowerCase = action.toLowerCase();
    const about = this.#statements.filter((statement) => statement.hasAction(lowerCase));
    const made = {
      denies: about.filter(({ effect }) => effect === 'Deny'),
      allows: about.filter(({ effect }) => effect === 'Allow'),
    };
    // Callers name the actions; what they make up must not pile up.
    if (this.#byAction.size >= MOST_ACTIONS) this.#byAction.clear();
    this.#byAction.set(action, made);
    return made;
  }
}

interface StatementsOfAction {
  readonly denies: readonly CompiledStatement[];
  readonly allows: readonly CompiledStatement[];
}

/**
 * Compiles a policy once, to be asked for every request.
 *
 * @param document that one of the parsers accepted; others make it throw
 * @param name of the policy in reasons
 */
export const compilePolicy = (document: PolicyDocument, name: string): CompiledPolicy =>
  new CompiledPolicy(document, name);
