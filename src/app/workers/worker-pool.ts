import { randomBytes } from 'node:crypto';
import {
  type Answer,
  type Explanation,
  MOST_OF_AN_ID,
  type Question,
} from '../../snapshot/explanation.ts';
import {
  type CounterTotals,
  entranceKey,
  type FromWorker,
  type ResolverPlace,
  type TargetHealthReport,
  type ToWorker,
} from '../../snapshot/feed.ts';
import type { SnapshotDelta } from '../../snapshot/parts.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { Seldom } from '../../telemetry/seldom.ts';
import { type OpenSockets, SocketHandover } from './socket-handover.ts';
import {
  type ListenPlace,
  type StartWorkerLink,
  WorkerEndedError,
  type WorkerLink,
  WorkerProgramError,
} from './worker-link.ts';
import { WorkerQuestions } from './worker-questions.ts';

/** Where workers get their snapshots: a full delta first, then what changes. */
export interface SnapshotSource {
  addFeed(send: (delta: SnapshotDelta) => void): SnapshotFeed;
}

export interface SnapshotFeed {
  applied(revision: number): void;
  remove(): void;
}

export interface WorkerPoolOptions {
  readonly count: number;
  readonly startLink: StartWorkerLink;
  readonly snapshots: SnapshotSource;
  readonly events: WorkerEvents;
  /** What is known of targets, for a worker that has not checked them yet. */
  readonly knownHealth: () => readonly TargetHealthReport[];
  readonly openSockets?: OpenSockets;
  readonly clock: PoolClock;
  readonly logger: Logger;
}

/** `worker` is a number that no other worker of this pool ever has. */
export interface WorkerEvents {
  health(worker: number, changes: readonly TargetHealthReport[]): void;
  drained(worker: number, targets: readonly { groupId: string; key: string }[]): void;
  counters(worker: number, totals: CounterTotals): void;
  ended(worker: number): void;
}

export interface PoolClock {
  now(): number;
  /** Returns what takes it back. */
  after(ms: number, run: () => void): () => void;
}

export interface WorkerFacts {
  readonly index: number;
  readonly pid: number;
  readonly revision: number;
  readonly startedAt: Date;
}

/** A worker that lives shorter than this is replaced later and later. */
const SHORT_LIFE_MS = 1000;
const LONGEST_PAUSE_MS = 5000;

/** A worker that cannot accept where others do is asked again, later and later. */
const FIRST_LISTEN_PAUSE_MS = 1000;
const LONGEST_LISTEN_PAUSE_MS = 60_000;

/** Of one question to one worker. */
const ANSWER_LIMIT_MS = 2000;

interface Slot {
  readonly index: number;
  worker: PooledWorker | undefined;
  shortLives: number;
  /** Its first worker is ready, or ended before it was: a start waits no longer for it. */
  isSettled: boolean;
  cancelRestart: (() => void) | undefined;
}

interface PooledWorker {
  readonly id: number;
  readonly link: WorkerLink;
  readonly startedAtMs: number;
  readonly feed: SnapshotFeed;
  readonly handover: SocketHandover;
  revision: number;
}

/** Where workers are to accept: those that there are and each that comes, until it is taken back. */
interface WantedEntrance {
  readonly place: ListenPlace;
  readonly handle: unknown;
  /** Of the `listen` that wants it. */
  readonly accepted: PromiseWithResolvers<void>;
  isAccepted: boolean;
  /** Workers that have not said yet whether they accept there. */
  asked: number;
}

/** Keeps `count` workers running: each has every entrance and the snapshot; one that dies is replaced. */
export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #slots: readonly Slot[];
  /** By `entranceKey`. */
  readonly #entrances = new Map<string, WantedEntrance>();
  /** Sockets on which every worker answers questions for names, by VPC. */
  readonly #resolvers = new Map<string, { place: ResolverPlace; handle: unknown }[]>();
  /** In memory only, so that what was recorded of TLS cannot be read later by whoever finds a disk. */
  readonly #ticketSecret = randomBytes(32).toString('base64');
  /** Each takes back one later attempt to listen. */
  readonly #laterListens = new Set<() => void>();
  readonly #questions: WorkerQuestions;
  /** Of making sockets, by VPC. */
  readonly #failures: Seldom;
  #lastId = 0;
  #isStopping = false;
  #turn = 0;
  #starting: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#questions = new WorkerQuestions(options.clock.after, ANSWER_LIMIT_MS);
    this.#failures = new Seldom({ now: options.clock.now });
    this.#slots = Array.from({ length: options.count }, (_, index) => ({
      index,
      worker: undefined,
      shortLives: 0,
      isSettled: false,
      cancelRestart: undefined,
    }));
  }

  /**
   * Resolves when every worker is ready, or ended while it was starting: then it is replaced like
   * any other that dies, since what killed it may be a change that the API can take back.
   * @throws WorkerProgramError when no worker can ever be started.
   */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
      for (const slot of this.#slots) {
        // Rejected by the one before: the others would fail for the same reason.
        if (this.#starting === undefined) {
          return;
        }
        this.#startWorker(slot);
      }
      this.#checkStarted();
    });
  }

  /**
   * Resolves when a worker accepts there, or when it is taken back with `unlisten`. Rejects, and
   * forgets it, when every worker says that it cannot. While no worker lives it waits for the next,
   * but not for longer than there is one to come.
   */
  async listen(place: ListenPlace, handle: unknown): Promise<void> {
    if (this.#isStopping) return;
    const accepted = Promise.withResolvers<void>();
    const entrance: WantedEntrance = { place, handle, accepted, isAccepted: false, asked: 0 };
    this.#entrances.set(keyOf(place), entrance);
    for (const worker of this.#live()) {
      void this.#ask(worker, entrance);
    }
    await accepted.promise;
  }

  /** @param listenerPort As with `listen`. */
  unlisten(vpcId: string, listenerPort?: number): void {
    const key = entranceKey(vpcId, listenerPort);
    const entrance = this.#entrances.get(key);
    if (entrance !== undefined) {
      this.#entrances.delete(key);
      this.#tellUnlisten(entrance.place);
      entrance.accepted.resolve();
    }
  }

  /** Every worker answers on the bound sockets, those that come later too. */
  resolve(
    vpcId: string,
    address: string,
    handles: Readonly<Record<ResolverPlace['transport'], unknown>>,
  ): void {
    const resolvers = (['udp', 'tcp'] as const).map((transport) => ({
      place: { vpcId, address, transport },
      handle: handles[transport],
    }));
    this.#resolvers.set(vpcId, [...(this.#resolvers.get(vpcId) ?? []), ...resolvers]);
    for (const { link } of this.#live()) {
      for (const { place, handle } of resolvers) {
        link.channel.send({ type: 'resolve', place }, handle);
      }
    }
  }

  /** Takes back both transports of an address. */
  unresolve(vpcId: string, address: string): void {
    const ofVpc = this.#resolvers.get(vpcId) ?? [];
    const left = ofVpc.filter(({ place }) => place.address !== address);
    if (left.length === ofVpc.length) return;
    if (left.length === 0) this.#resolvers.delete(vpcId);
    else this.#resolvers.set(vpcId, left);
    this.#tellAll({ type: 'unresolve', vpcId, address });
  }

  /** The network of the VPC goes: nobody is to keep sockets of it. */
  forgetSockets(vpcId: string): void {
    this.#tellAll({ type: 'forgetSockets', vpcId });
  }

  live(): ReadonlySet<number> {
    return new Set(this.#live().map(({ id }) => id));
  }

  facts(): readonly WorkerFacts[] {
    return this.#slots.flatMap(({ index, worker }) =>
      worker === undefined
        ? []
        : [
            {
              index,
              pid: worker.link.pid,
              revision: worker.revision,
              startedAt: new Date(worker.startedAtMs),
            },
          ],
    );
  }

  /**
   * What the workers answer: about a refusal all of them together, each knowing its own; about a
   * simulation or a path any of them, for all have the same snapshot. Undefined when nobody answers in time,
   * or one of those who might know.
   */
  async ask(question: Question): Promise<Answer | undefined> {
    const workers = this.#live();
    if (question.about !== 'refusal') {
      // Not always from the first on: that might hang, and each attempt would wait for it.
      const first = this.#turn++ % workers.length;
      const inTurn = [...workers.slice(first), ...workers.slice(0, first)];
      return this.#questions.askInTurn(inTurn, question);
    }
    const answers = await Promise.all(workers.map((one) => this.#questions.ask(one, question)));
    const explanations = newestOf(answers);
    const isUnknown = workers.length === 0 || answers.includes(undefined);
    return explanations.length === 0 && isUnknown ? undefined : { explanations };
  }

  /** Lets requests in flight finish; what is not done after `limitMs` is cut off. */
  async stop(limitMs: number): Promise<void> {
    this.#isStopping = true;
    for (const slot of this.#slots) {
      slot.cancelRestart?.();
    }
    for (const cancel of this.#laterListens) {
      cancel();
    }
    this.#laterListens.clear();
    const workers = this.#live();
    for (const { link } of workers) {
      link.channel.send({ type: 'drain' });
    }
    const cancel = this.#options.clock.after(limitMs, () => this.kill());
    await Promise.all(workers.map(({ link }) => link.ended));
    cancel();
    this.#takeBackAll();
  }

  kill(): void {
    this.#isStopping = true;
    this.#takeBackAll();
    for (const { link } of this.#live()) {
      link.kill();
    }
  }

  /** Nobody is to wait for workers that will never be. */
  #takeBackAll(): void {
    for (const { accepted } of this.#entrances.values()) accepted.resolve();
  }

  #startWorker(slot: Slot): void {
    const { clock, events, knownHealth, snapshots, startLink } = this.#options;
    slot.cancelRestart = undefined;
    let link: WorkerLink;
    try {
      link = startLink(slot.index);
    } catch (error) {
      if (error instanceof WorkerProgramError && this.#starting !== undefined) {
        this.#starting.reject(error);
        this.#starting = undefined;
        return;
      }
      this.#replace(slot, { pid: undefined, lifeMs: 0 }, (error as Error).message);
      return;
    }
    this.#lastId += 1;
    const id = this.#lastId;
    const feed = snapshots.addFeed((delta) => link.channel.send({ type: 'snapshot', delta }));
    const worker: PooledWorker = {
      id,
      link,
      feed,
      handover: this.#handover(link),
      startedAtMs: clock.now(),
      revision: 0,
    };
    slot.worker = worker;
    link.channel.send({ type: 'ticketSecret', secret: this.#ticketSecret });
    // Before the entrances: not one request may go to a target that is known to fail.
    const known = knownHealth();
    if (known.length > 0) {
      link.channel.send({ type: 'health', known });
    }
    link.channel.receive((message) => this.#take(slot, worker, message));
    for (const entrance of this.#entrances.values()) {
      void this.#ask(worker, entrance);
    }
    for (const { place, handle } of [...this.#resolvers.values()].flat()) {
      link.channel.send({ type: 'resolve', place }, handle);
    }
    void link.ended.then((how) => {
      slot.worker = undefined;
      feed.remove();
      this.#questions.workerEnded(id);
      events.ended(id);
      this.#replace(slot, { pid: link.pid, lifeMs: clock.now() - worker.startedAtMs }, how);
    });
  }

  /** Never rejects: what the workers say together settles the entrance's `accepted`. */
  async #ask(
    worker: PooledWorker,
    entrance: WantedEntrance,
    pauseMs = FIRST_LISTEN_PAUSE_MS,
  ): Promise<void> {
    const { link } = worker;
    const { place, handle, accepted } = entrance;
    entrance.asked += 1;
    try {
      await link.listen(place, handle);
      entrance.asked -= 1;
      entrance.isAccepted = true;
      accepted.resolve();
    } catch (error) {
      entrance.asked -= 1;
      // Its replacement is asked in its place.
      if (error instanceof WorkerEndedError || this.#entrances.get(keyOf(place)) !== entrance) {
        return;
      }
      if (entrance.isAccepted || entrance.asked > 0) {
        this.#options.logger.warn('a worker cannot accept connections of a VPC', {
          ...place,
          pid: link.pid,
          error: (error as Error).message,
          pauseMs,
        });
        this.#askLater(worker, entrance, pauseMs);
        return;
      }
      this.#entrances.delete(keyOf(place));
      this.#tellUnlisten(place);
      accepted.reject(error);
    }
  }

  #askLater(worker: PooledWorker, entrance: WantedEntrance, pauseMs: number): void {
    if (this.#isStopping) {
      return;
    }
    const cancel = this.#options.clock.after(pauseMs, () => {
      this.#laterListens.delete(cancel);
      const isWanted = this.#entrances.get(keyOf(entrance.place)) === entrance;
      if (isWanted && this.live().has(worker.id)) {
        const nextPauseMs = Math.min(2 * pauseMs, LONGEST_LISTEN_PAUSE_MS);
        void this.#ask(worker, entrance, nextPauseMs);
      }
    });
    this.#laterListens.add(cancel);
  }

  #replace(
    slot: Slot,
    { pid, lifeMs }: { readonly pid: number | undefined; readonly lifeMs: number },
    how: string,
  ): void {
    const { clock, logger } = this.#options;
    if (this.#isStopping) {
      return;
    }
    slot.shortLives = lifeMs < SHORT_LIFE_MS ? slot.shortLives + 1 : 0;
    // The first short life may be an accident; from the second on it looks like a habit.
    const pauseMs =
      slot.shortLives < 2 ? 0 : Math.min(100 * 2 ** (slot.shortLives - 2), LONGEST_PAUSE_MS);
    logger.error(
      slot.isSettled
        ? 'a data-plane worker ended and is replaced'
        : 'a data-plane worker ended while it was starting and is replaced',
      { worker: slot.index, ...(pid !== undefined && { pid }), how, pauseMs },
    );
    this.#settle(slot);
    if (pauseMs === 0) {
      this.#startWorker(slot);
    } else {
      slot.cancelRestart = clock.after(pauseMs, () => this.#startWorker(slot));
    }
  }

  #take(slot: Slot, worker: PooledWorker, message: FromWorker): void {
    const { events } = this.#options;
    switch (message.type) {
      case 'ready':
        this.#settle(slot);
        break;
      case 'applied':
        worker.revision = message.revision;
        worker.feed.applied(message.revision);
        break;
      case 'health':
        events.health(worker.id, message.changes);
        break;
      case 'drained':
        events.drained(worker.id, message.targets);
        break;
      case 'counters':
        events.counters(worker.id, message.totals);
        break;
      case 'wantSockets':
        worker.handover.want(message);
        break;
      case 'answer':
        this.#questions.answered(worker.id, message);
        break;
    }
  }

  #settle(slot: Slot): void {
    slot.isSettled = true;
    this.#checkStarted();
  }

  #checkStarted(): void {
    if (this.#slots.every(({ isSettled }) => isSettled)) {
      this.#starting?.resolve();
      this.#starting = undefined;
    }
  }

  #handover(link: WorkerLink): SocketHandover {
    const { logger, openSockets } = this.#options;
    return new SocketHandover({
      link,
      open: openSockets ?? (() => []),
      onFailure: (vpcId, error) => {
        // Of each request that waits for one this would be a line.
        const times = this.#failures.happened(vpcId);
        if (times === undefined) return;
        const fields = { vpcId, error: error.message, times };
        logger.warn('no connection can be made in a VPC', fields);
      },
    });
  }

  #tellUnlisten({ vpcId, listenerPort }: ListenPlace): void {
    this.#tellAll({ type: 'unlisten', vpcId, ...(listenerPort !== undefined && { listenerPort }) });
  }

  #tellAll(message: ToWorker): void {
    for (const { link } of this.#live()) {
      link.channel.send(message);
    }
  }

  #live(): readonly PooledWorker[] {
    return this.#slots.flatMap(({ worker }) => (worker === undefined ? [] : [worker]));
  }
}

const newestOf = (answers: readonly (Answer | undefined)[]): readonly Explanation[] =>
  answers
    .flatMap((answer) =>
      answer !== undefined && 'explanations' in answer ? answer.explanations : [],
    )
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, MOST_OF_AN_ID);

const keyOf = ({ vpcId, listenerPort }: ListenPlace): string => entranceKey(vpcId, listenerPort);
