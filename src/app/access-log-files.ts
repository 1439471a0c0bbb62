import { readdir, rmdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangeSet } from '../lattice/documents.ts';
import type { Store } from '../store/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { PoolClock } from './workers/worker-pool.ts';

export interface AccessLogFilesOptions {
  readonly store: Store;
  /** Where workers keep a file for each subscription. */
  readonly logDir: string;
  readonly clock: PoolClock;
  readonly logger: Logger;
}

/** Workers close a file between one and two minutes after its last record. */
const REMOVE_AFTER_MS = 125_000;

/** The file of a subscription, those put aside when it was full, and the lock of putting aside. */
const LOG_FILE = /^(als-[0-9a-f]{17})\.jsonl(?:\.\d+|\.lock)?$/;

/** Removes the access logs of subscriptions that are gone; nothing else in their folder. */
export class AccessLogFiles {
  readonly #options: AccessLogFilesOptions;
  /** Of deleted subscriptions, the longest gone first. */
  readonly #gone: { readonly id: string; readonly removeAtMs: number }[] = [];
  #unsubscribe: (() => void) | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: AccessLogFilesOptions) {
    this.#options = options;
  }

  /** Resolves when the files of subscriptions that went while nobody looked are removed. */
  async start(): Promise<void> {
    const { store } = this.#options;
    this.#unsubscribe = store.subscribe((changes) => this.#follow(changes));
    const ids = await store.read(
      async (tx) =>
        new Set(
          (await tx.list('accessLogSubscription')).items.map((subscription) => subscription.id),
        ),
    );
    await this.#remove((id) => !ids.has(id));
  }

  /** What is not removed yet is at the next start. */
  stop(): void {
    this.#unsubscribe?.();
    this.#cancel?.();
  }

  #follow({ changes }: ChangeSet): void {
    const removeAtMs = this.#options.clock.now() + REMOVE_AFTER_MS;
    for (const { kind, id, after } of changes) {
      if (kind === 'accessLogSubscription' && after === undefined) {
        this.#gone.push({ id, removeAtMs });
      }
    }
    this.#wait();
  }

  #wait(): void {
    const { clock } = this.#options;
    const [first] = this.#gone;
    if (first !== undefined && this.#cancel === undefined) {
      this.#cancel = clock.after(first.removeAtMs - clock.now(), () => void this.#removeDue());
    }
  }

  async #removeDue(): Promise<void> {
    this.#cancel = undefined;
    const now = this.#options.clock.now();
    const later = this.#gone.findIndex(({ removeAtMs }) => removeAtMs > now);
    const due = this.#gone.splice(0, later < 0 ? this.#gone.length : later);
    const ids = new Set(due.map(({ id }) => id));
    this.#wait();
    await this.#remove((id) => ids.has(id));
  }

  async #remove(isGone: (subscriptionId: string) => boolean): Promise<void> {
    const { logDir, logger } = this.#options;
    const note = (error: NodeJS.ErrnoException) => {
      // No folder yet: no subscription ever had a record. No file: a worker put it aside meanwhile.
      if (error.code === 'ENOENT') return;
      logger.warn('access logs of deleted subscriptions could not be removed', {
        error: error.message,
      });
    };
    const names = await readdir(logDir).catch((error: NodeJS.ErrnoException) => {
      note(error);
      return [];
    });
    for (const name of names) {
      const id = LOG_FILE.exec(name)?.[1];
      if (id === undefined || !isGone(id)) continue;
      // Never what is inside: this is the workers' folder, and they may be another user's.
      const remove = name.endsWith('.lock') ? rmdir : unlink;
      await remove(join(logDir, name)).catch(note);
    }
  }
}
