import type { Explanation } from '../../snapshot/explanation.ts';
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
  /** Explanations as JSON, which pins nothing of the requests. */
  readonly #ring: RefusalRing<string>;
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

  /** @param requestId as people see it, or one character a byte */
  find(requestId: string): Explanation | undefined {
    const entry = this.#ring.find(toWireText(requestId)) ?? this.#ring.find(requestId);
    return entry === undefined ? undefined : (JSON.parse(entry) as Explanation);
  }

  #explain(requestId: string, request: RefusedRequest): string {
    const startMs = this.#clock();
    if (startMs - this.#secondBegan >= 1000) {
      this.#secondBegan = startMs;
      this.#explained = 0;
      this.#spentMs = 0;
    }
    if (this.#explained >= MOST_A_SECOND || this.#spentMs >= MOST_MS_A_SECOND) {
      return JSON.stringify({ requestId, ...nameRefusal(request, TIGHT, TOO_MANY) });
    }
    const text = bounded((limits) => ({ requestId, ...explainRefusal(request, limits) }));
    this.#explained += 1;
    this.#spentMs += this.#clock() - startMs;
    return text;
  }
}

const bounded = (explain: (limits: ExplanationLimits) => Explanation): string => {
  const text = JSON.stringify(explain(GENEROUS));
  return text.length <= MOST_ENTRY_CHARACTERS ? text : JSON.stringify(explain(TIGHT));
};
