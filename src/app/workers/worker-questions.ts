import type { Answer, Question } from '../../snapshot/explanation.ts';
import type { FromWorker, ToWorker } from '../../snapshot/feed.ts';

/** Of those that are asked in turn: each has its share of the time, and a few milliseconds are plenty for an answer. */
const MOST_IN_TURN = 4;

/** What can be asked. */
export interface AskedWorker {
  readonly id: number;
  readonly link: { readonly channel: { send(message: ToWorker): void } };
}

type AnswerMessage = Extract<FromWorker, { type: 'answer' }>;

/** Questions that are under way to workers. Each is settled: answered, or not in time, or its worker ended. */
export class WorkerQuestions {
  readonly #pending = new Map<
    number,
    { readonly worker: number; readonly settle: (answer: Answer | undefined) => void }
  >();
  readonly #after: (ms: number, run: () => void) => () => void;
  readonly #limitMs: number;
  #lastId = 0;

  /** @param after runs something later, and returns what takes it back */
  constructor(after: (ms: number, run: () => void) => () => void, limitMs: number) {
    this.#after = after;
    this.#limitMs = limitMs;
  }

  /** Resolves to undefined when the worker ends first, or does not answer in time. */
  ask(
    { id: worker, link }: AskedWorker,
    question: Question,
    limitMs = this.#limitMs,
  ): Promise<Answer | undefined> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const settle = (answer: Answer | undefined): void => {
        this.#pending.delete(id);
        cancel();
        resolve(answer);
      };
      const cancel = this.#after(limitMs, () => settle(undefined));
      this.#pending.set(id, { worker, settle });
      link.channel.send({ type: 'ask', id, question });
    });
  }

  /**
   * What the first of them answers, or the next when it ends or hangs. For questions to which all have
   * the same answer. Takes no longer than one question may, however many hang.
   */
  async askInTurn(
    workers: readonly AskedWorker[],
    question: Question,
  ): Promise<Answer | undefined> {
    const asked = workers.slice(0, MOST_IN_TURN);
    for (const worker of asked) {
      const answer = await this.ask(worker, question, this.#limitMs / asked.length);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Answers that come too late, or from a worker that was not asked, are passed over. */
  answered(worker: number, { id, answer }: AnswerMessage): void {
    const pending = this.#pending.get(id);
    if (pending?.worker === worker) pending.settle(answer);
  }

  workerEnded(worker: number): void {
    for (const pending of this.#pending.values()) {
      if (pending.worker === worker) pending.settle(undefined);
    }
  }
}
