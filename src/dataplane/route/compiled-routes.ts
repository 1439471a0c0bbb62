import type { ActionPart, ListenerPart } from '../../snapshot/parts.ts';
import type { RequestHead } from '../request-head.ts';
import type { TargetGroupRuntime } from '../target/target-group.ts';
import { WeightedChoice } from '../target/weights.ts';
import { CompiledMatcher } from './compiled-matcher.ts';

type Groups = ReadonlyMap<string, TargetGroupRuntime>;

/** What a rule or the default action does. */
export type RouteAction =
  | { readonly type: 'fixed'; readonly statusCode: number }
  | {
      readonly type: 'forward';
      /** The target group whose turn it is by weight; undefined when none has a weight or it is not known here. */
      readonly choose: () => TargetGroupRuntime | undefined;
    };

export interface Route {
  /** Undefined for the default action. */
  readonly ruleId: string | undefined;
  readonly action: RouteAction;
}

/** The rules of a listener, ready to choose among. */
export class CompiledRoutes {
  /** By rule id, '' for the default action. */
  readonly choices: ReadonlyMap<string, WeightedChoice>;
  readonly #matcher: CompiledMatcher;
  readonly #routes: readonly Route[];
  readonly #defaultRoute: Route;

  constructor(
    matcher: CompiledMatcher,
    routes: readonly Route[],
    defaultRoute: Route,
    choices: ReadonlyMap<string, WeightedChoice>,
  ) {
    this.#matcher = matcher;
    this.#routes = routes;
    this.#defaultRoute = defaultRoute;
    this.choices = choices;
  }

  /** The route of the matching rule with the smallest priority, or else of the default action. */
  select(head: RequestHead): Route {
    return this.#routes[this.#matcher.match(head)] ?? this.#defaultRoute;
  }

  /** For connections whose requests cannot be seen: the target group of the default action. */
  chooseDefault(): TargetGroupRuntime | undefined {
    const { action } = this.#defaultRoute;
    return action.type === 'forward' ? action.choose() : undefined;
  }
}

/**
 * Compiles the rules of a listener. Total: whatever the rules say, a listener can be compiled.
 * `previous` is what the listener had before: weighted choices go on where they were.
 */
export function compileRoutes(
  listener: ListenerPart,
  groups: Groups,
  previous?: CompiledRoutes,
): CompiledRoutes {
  const choices = new Map<string, WeightedChoice>();
  const toRoute = (ruleId: string | undefined, action: ActionPart): Route => {
    if (action.type === 'fixed') return { ruleId, action };
    const only = action.targetGroups.length === 1 ? action.targetGroups[0] : undefined;
    if (only !== undefined) {
      const choose = only.weight > 0 ? () => groups.get(only.targetGroupId) : () => undefined;
      return { ruleId, action: { type: 'forward', choose } };
    }
    const key = ruleId ?? '';
    const choice = new WeightedChoice(action.targetGroups, previous?.choices.get(key));
    choices.set(key, choice);
    const choose = () => {
      const id = choice.next();
      return id === undefined ? undefined : groups.get(id);
    };
    return { ruleId, action: { type: 'forward', choose } };
  };
  // The matcher answers with an index into the rules in ascending order of priority.
  const rules = listener.rules.toSorted((a, b) => a.priority - b.priority);
  return new CompiledRoutes(
    new CompiledMatcher(rules.map((rule) => rule.match)),
    rules.map((rule) => toRoute(rule.id, rule.action)),
    toRoute(undefined, listener.defaultAction),
    choices,
  );
}
