export interface PortRule {
  readonly fromPort: number;
  /** Included. */
  readonly toPort: number;
  readonly isAllowed: boolean;
}

/** What is said of half of the ports of the node above; of all of them at the root. */
interface Node {
  /** Of the first rule that speaks of all ports here, if it was not said of more ports at once. */
  readonly order: number;
  readonly isAllowed: boolean;
  readonly lower: Node | undefined;
  readonly upper: Node | undefined;
}

const LAST_PORT = 65_535;
const HIGHEST_BIT = 0x8000;
/** After all rules; small enough to be no floating-point number for V8. */
const NEVER = 2 ** 30;

/**
 * Ports that are allowed. Of the rules that speak of a port, the one with the lowest order counts; a
 * port that none speaks of is refused. It never changes: one with a rule more shares with it all but
 * the few nodes that the rule touches, so that thousands of sets with most rules in common are
 * cheap. A lookup follows the bits of the port, sixteen at most, however many rules there are.
 */
export class PortSet {
  static readonly none = new PortSet(undefined);

  readonly #root: Node | undefined;

  private constructor(root: Node | undefined) {
    this.#root = root;
  }

  /** The first rule that speaks of a port counts. */
  static of(rules: readonly PortRule[]): PortSet {
    return rules.reduce((set, rule, order) => set.with(rule, order), PortSet.none);
  }

  with(rule: PortRule, order: number): PortSet {
    const root = withRule(this.#root, 0, LAST_PORT, rule, order);
    return root === this.#root ? this : new PortSet(root);
  }

  has(port: number): boolean {
    let first = NEVER;
    let isAllowed = false;
    let node = this.#root;
    for (let bit = HIGHEST_BIT; node !== undefined; bit >>= 1) {
      if (node.order < first) {
        first = node.order;
        isAllowed = node.isAllowed;
      }
      node = (port & bit) === 0 ? node.lower : node.upper;
    }
    return isAllowed;
  }
}

/** A node for the ports `from` to `to`, as it was and with a rule that speaks of some of them. */
const withRule = (
  node: Node | undefined,
  from: number,
  to: number,
  rule: PortRule,
  order: number,
): Node | undefined => {
  const { fromPort, toPort, isAllowed } = rule;
  if (toPort < from || to < fromPort) return node;
  // An earlier rule has decided all of it.
  if (node !== undefined && node.order < order) return node;
  if (fromPort <= from && to <= toPort) {
    return { order, isAllowed, lower: node?.lower, upper: node?.upper };
  }
  const middle = (from + to) >>> 1;
  const lower = withRule(node?.lower, from, middle, rule, order);
  const upper = withRule(node?.upper, middle + 1, to, rule, order);
  if (lower === node?.lower && upper === node?.upper) return node;
  return { order: node?.order ?? NEVER, isAllowed: node?.isAllowed ?? false, lower, upper };
};
