import type { LogDestination } from './log-destination.ts';

export interface LogQueueOptions {
  readonly destination: LogDestination;
  /** Bytes that wait at most while the destination is busy; more is dropped and counted. Default 4 MiB. */
  readonly maxQueuedBytes?: number;
  /** A batch goes once it has this size ... default 256 KiB. */
  readonly batchBytes?: number;
  /** ... or once its first line has waited this long; default 200 ms. */
  readonly batchDelayMs?: number;
  /** Told once when the destination begins to fail, and not again before it has worked. */
  readonly onFailure?: (error: Error) => void;
  readonly onDropped?: (lines: number) => void;
}

/**
 * Gathers lines into batches for one destination. `push` never waits: what a slow or broken
 * destination does not take is dropped and counted.
 */
export class LogQueue {
  readonly #options: Required<LogQueueOptions>;
  #lines: string[] = [];
  #queuedBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #isFailing = false;
  #isClosed = false;

  constructor(options: LogQueueOptions) {
    this.#options = {
      maxQueuedBytes: 4 * 1024 * 1024,
      batchBytes: 256 * 1024,
      batchDelayMs: 200,
      onFailure: () => {},
      onDropped: () => {},
      ...options,
    };
  }

  /** `line` comes without its line end. */
  push(line: string): void {
    // The length in characters stands for bytes: lines are ASCII but for what clients put into them.
    if (this.#isClosed || this.#queuedBytes + line.length > this.#options.maxQueuedBytes) {
      this.#options.onDropped(1);
      return;
    }
    this.#lines.push(line);
    this.#queuedBytes += line.length + 1;
    if (this.#queuedBytes >= this.#options.batchBytes) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), this.#options.batchDelayMs).unref();
  }

  /** Writes what waits, then closes the destination. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#writing;
    this.#flush();
    await this.#writing;
    await this.#options.destination.close().catch(() => {});
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // While a batch is being written the next one grows; it goes when the write has ended.
    if (this.#writing !== undefined || this.#lines.length === 0) return;
    const lines = this.#lines;
    this.#lines = [];
    this.#queuedBytes = 0;
    this.#writing = this.#write(lines).finally(() => {
      this.#writing = undefined;
      if (this.#queuedBytes >= this.#options.batchBytes) this.#flush();
      else if (this.#lines.length > 0) {
        this.#timer ??= setTimeout(() => this.#flush(), this.#options.batchDelayMs).unref();
      }
    });
  }

  async #write(lines: readonly string[]): Promise<void> {
    const { destination, onDropped, onFailure } = this.#options;
    try {
      await destination.write(Buffer.from(`${lines.join('\n')}\n`));
      this.#isFailing = false;
    } catch (error) {
      onDropped(lines.length);
      if (this.#isFailing) return;
      this.#isFailing = true;
      onFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
