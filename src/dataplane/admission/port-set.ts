import { cutInPieces, lastAtMost } from './pieces.ts';

export interface PortRule {
  readonly fromPort: number;
  /** Included. */
  readonly toPort: number;
  readonly isAllowed: boolean;
}

/** Ports that are allowed, found by binary search. */
export class PortSet {
  /** Ascending: from these on, the next is allowed and the one after it is not, in turns. */
  readonly #turns: readonly number[];

  /** Of the rules that speak of a port, the first one counts; a port that none speaks of is refused. */
  constructor(rules: readonly PortRule[]) {
    const ranges = rules.map(({ fromPort, toPort }) => ({ from: fromPort, end: toPort + 1 }));
    const turns: number[] = [];
    for (const { from, covering } of cutInPieces(ranges)) {
      const isAllowed = covering.length > 0 && rules[covering[0]!]!.isAllowed;
      const wasAllowed = turns.length % 2 === 1;
      if (isAllowed !== wasAllowed) turns.push(from);
    }
    this.#turns = turns;
  }

  has(port: number): boolean {
    return lastAtMost(this.#turns, port) % 2 === 0;
  }

  /** The same for the same ports. */
  get key(): string {
    return this.#turns.join(' ');
  }
}
