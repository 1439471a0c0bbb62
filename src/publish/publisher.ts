import { Compiler } from '../compile/compiler.ts';
import type { Problem } from '../compile/problem.ts';
import type { Resources } from '../compile/resources.ts';
import type { ChangeSet } from '../lattice/documents.ts';
import type { OrganizationSettings } from '../lattice/organization.ts';
import { ConsistencyChecker, InconsistentSnapshotError } from '../snapshot/consistency.ts';
import { diffParts, fullDelta, isEmptyDelta, keyOf } from '../snapshot/delta.ts';
import type { Part, PartKey, Parts, SnapshotDelta } from '../snapshot/parts.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Delay, type Feed, type FeedLink, Feeds } from './feeds.ts';
import { loadResources } from './load-resources.ts';

type AnyCompiler = Pick<Compiler, 'parts' | 'problems' | 'apply'>;

export interface PublisherOptions {
  readonly store: Store;
  readonly logger: Logger;
  /** Absent: the accounts belong to no organisation. */
  readonly organization?: OrganizationSettings | undefined;
  /** Whether targets are dialled at their own addresses, whatever is mapped. */
  readonly ignoresAddressMap?: boolean | undefined;
  /** Replaced in tests, as is `delay`. */
  readonly newCompiler?: (resources: Resources) => AnyCompiler;
  readonly delay?: Delay;
}

/** Numbers since the start. */
export interface PublisherCounters {
  /** Deltas that had something for the data plane. */
  readonly published: number;
  /** Times that compiling failed or gave an inconsistent snapshot. */
  readonly failures: number;
}

/**
 * Store -> compiler -> workers. A change is compiled within its commit, so by the time that `write`
 * is answered the delta is on its way to every worker; `settle` tells when they use it.
 *
 * When a change cannot be compiled, everything is compiled anew; when that fails too, the workers
 * keep the snapshot that they have, the API goes on, and the next change tries again.
 */
export class Publisher {
  readonly #store: Store;
  readonly #logger: Logger;
  readonly #newCompiler: (resources: Resources) => AnyCompiler;
  readonly #feeds: Feeds;
  /** What was published; the compiler's parts are ahead of it while a step is checked. */
  readonly #parts = new Map<PartKey, Part>();
  #revision = 0;
  #compiler: AnyCompiler | undefined;
  #checker = new ConsistencyChecker();
  /** Changes that came while everything is loaded. */
  #backlog: ChangeSet[] | undefined;
  #unsubscribe: (() => void) | undefined;
  #isStarting = true;
  #published = 0;
  #failures = 0;

  constructor({ store, logger, newCompiler, delay, ...options }: PublisherOptions) {
    this.#store = store;
    this.#logger = logger;
    this.#newCompiler = newCompiler ?? ((resources) => new Compiler(resources, options));
    this.#feeds = new Feeds(delay);
  }

  /** Compiles what is in the store and follows it from then on. To be called once. */
  async start(): Promise<void> {
    if (this.#unsubscribe) throw new Error('the publisher is started already');
    this.#unsubscribe = this.#store.subscribe((changeSet) => this.#take(changeSet));
    await this.#compileAll();
  }

  /** Follows the store no longer; who waits for a later revision is told that it does not come. */
  stop(): void {
    this.#unsubscribe?.();
    this.#feeds.giveUp();
  }

  /** What the workers are told: a view of the present, in which later changes show. */
  get parts(): Parts {
    return this.#parts;
  }

  /** The store's revision that `parts` is of. */
  get revision(): number {
    return this.#revision;
  }

  get counters(): PublisherCounters {
    return { published: this.#published, failures: this.#failures };
  }

  /** What in the resources cannot be served as it is written. */
  problems(): readonly Problem[] {
    return this.#compiler?.problems() ?? [];
  }

  /**
   * Sends a full delta at once and increments from then on. A feed whose `send` throws is removed.
   * @throws Error before `start`
   */
  addFeed(feed: Feed): FeedLink {
    if (this.#isStarting) throw new Error('start the publisher first');
    return this.#feeds.add(feed, this.#parts, this.#revision);
  }

  /**
   * True once every live feed uses `revision` or a later one; false when that takes longer than
   * `timeoutMs`, or when the revision could not be compiled.
   */
  settle(revision: number, timeoutMs: number): Promise<boolean> {
    if (revision > this.#revision && !this.#compiler && !this.#backlog) {
      return Promise.resolve(false);
    }
    return this.#feeds.settle(revision, timeoutMs);
  }

  #take(changeSet: ChangeSet): void {
    if (this.#backlog) {
      this.#backlog.push(changeSet);
    } else if (this.#compiler) {
      if (!this.#step(this.#compiler, changeSet)) void this.#compileAll();
    } else {
      void this.#compileAll();
    }
  }

  /** False when the change could not be compiled. */
  #step(compiler: AnyCompiler, changeSet: ChangeSet): boolean {
    try {
      const { delta, problems } = compiler.apply(changeSet);
      this.#assertConsistent(delta);
      this.#publish(delta);
      this.#warnOf(problems);
      return true;
    } catch (error) {
      this.#fail(error, changeSet.revision);
      return false;
    }
  }

  /** Never rejects. */
  async #compileAll(): Promise<void> {
    this.#compiler = undefined;
    const backlog: ChangeSet[] = [];
    this.#backlog = backlog;
    let revision = this.#store.revision();
    try {
      const loaded = await loadResources(this.#store);
      revision = loaded.revision;
      const compiler = this.#newCompiler(loaded.resources);
      this.#checker = new ConsistencyChecker();
      this.#assertConsistent(fullDelta(compiler.parts, revision));
      this.#publish(diffParts(this.#parts, compiler.parts, revision));
      this.#warnOf(compiler.problems());
      this.#compiler = compiler;
    } catch (error) {
      this.#fail(error, revision);
    }
    this.#backlog = undefined;
    this.#isStarting = false;
    for (const changeSet of backlog) {
      // Another attempt, begun by a change before this one, loads this one too.
      if (changeSet.revision > revision) this.#take(changeSet);
    }
    if (!this.#compiler && !this.#backlog) this.#feeds.giveUp();
  }

  #assertConsistent(delta: SnapshotDelta): void {
    const inconsistencies = this.#checker.check(delta);
    if (inconsistencies.length > 0) throw new InconsistentSnapshotError(inconsistencies);
  }

  #publish(delta: SnapshotDelta): void {
    for (const key of delta.remove) this.#parts.delete(key);
    for (const part of delta.upsert) this.#parts.set(keyOf(part), part);
    this.#revision = delta.revision;
    if (!isEmptyDelta(delta)) this.#published += 1;
    this.#feeds.publish(delta);
  }

  #fail(error: unknown, revision: number): void {
    this.#failures += 1;
    this.#logger.error('cannot compile the resources: the data plane keeps what it has', {
      revision,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }

  #warnOf(problems: readonly Problem[]): void {
    for (const { code, id, message } of problems.slice(0, 5)) {
      this.#logger.warn('a resource cannot be served as it is written', {
        code,
        id,
        problem: message,
      });
    }
  }
}
