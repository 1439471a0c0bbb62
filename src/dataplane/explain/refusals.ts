import { accountsIn } from '../../lattice/request-parties.ts';
import { type Explanation, MOST_OF_AN_ID } from '../../snapshot/explanation.ts';
import { toWireText } from '../route/wire-text.ts';
import { explainRefusal, nameRefusal, type RefusedRequest } from './explain-refusal.ts';
import { type ExplanationLimits, GENEROUS, TIGHT } from './explanation-limits.ts';
import { RefusalRing } from './refusal-ring.ts';

/** Of one explanation as JSON. */
export const MOST_ENTRY_CHARACTERS = 32_768;

/** What explaining may take of a second: traffic comes first. */
const MOST_A_SECOND = 200;
const MOST_MS_A_SECOND = 50;

const TOO_MANY = `not explained, since more requests were refused at the time than can be (${MOST_A_SECOND} a second): send it again, or use pergola simulate`;

/**
 * The last requests that a worker refused. Each is explained at once, so that nothing of the request
 * has to be kept, least of all its credentials.
 */
export class Refusals {
  readonly #ring: RefusalRing<Entry>;
  readonly #clock: () => number;
  #secondBegan = Number.NEGATIVE_INFINITY;
  #explained = 0;
  #spentMs = 0;

  /**
   * @param kept how many; at least 1
   * @param clock monotonic, ms
   */
  constructor(kept: number, clock: () => number) {
    this.#ring = new RefusalRing(kept);
    this.#clock = clock;
  }

  /** @param requestId as the client was told, one character a byte */
  add(requestId: string, request: RefusedRequest): void {
    // A copy: what was cut out of a head would keep all of the head, credentials included.
    const id = Buffer.from(requestId, 'latin1').toString('latin1');
    this.#ring.add(id, this.#explain(id, request));
  }

  /**
   * The refusals with an id, the newest first, `MOST_OF_AN_ID` at most. Clients choose ids, so what
   * others send must not stand in the way of an account's own.
   *
   * @param requestId as people see it, or one character a byte
   * @param accountId leaves out the requests in which this account has no part
   */
  find(requestId: string, accountId?: string): readonly Explanation[] {
    return this.#ring
      .find(new Set([toWireText(requestId), requestId]))
      .filter(({ accounts }) => accountId === undefined || accounts.includes(accountId))
      .slice(0, MOST_OF_AN_ID)
      .map(({ text }) => JSON.parse(text) as Explanation);
  }

  #explain(requestId: string, request: RefusedRequest): Entry {
    const startMs = this.#clock();
    if (startMs - this.#secondBegan >= 1000) {
      this.#secondBegan = startMs;
      this.#explained = 0;
      this.#spentMs = 0;
    }
    if (this.#explained >= MOST_A_SECOND || this.#spentMs >= MOST_MS_A_SECOND) {
      return toEntry({ requestId, ...nameRefusal(request, TIGHT, TOO_MANY) });
    }
    const entry = bounded((limits) => ({ requestId, ...explainRefusal(request, limits) }));
    this.#explained += 1;
    this.#spentMs += this.#clock() - startMs;
    return entry;
  }
}

interface Entry {
  /** Those that have a part in the request. */
  readonly accounts: readonly string[];
  /** The explanation as JSON, which pins nothing of the request. */
  readonly text: string;
}

const toEntry = (explanation: Explanation): Entry => ({
  accounts: accountsIn(explanation),
  text: JSON.stringify(explanation),
});

const bounded = (explain: (limits: ExplanationLimits) => Explanation): Entry => {
  const entry = toEntry(explain(GENEROUS));
  return entry.text.length <= MOST_ENTRY_CHARACTERS ? entry : toEntry(explain(TIGHT));
};
