import { join } from 'node:path';
import type { LogSubscriptionPart } from '../../snapshot/parts.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { ExchangeRecord } from './exchange-record.ts';
import { FileDestination } from './file-destination.ts';
import { formatRecord } from './format-record.ts';
import type { LogDestination } from './log-destination.ts';
import { LogQueue, type LogQueueOptions } from './log-queue.ts';

export interface AccessLogOptions extends Pick<LogQueueOptions, 'batchDelayMs' | 'maxQueuedBytes'> {
  /** Makes the destination of a subscription when its first record comes. */
  readonly open: (subscription: LogSubscriptionPart) => LogDestination;
  /** Hears once of a destination that begins to fail, until it works again. */
  readonly logger?: Pick<Logger, 'warn'>;
  /** A subscription without a record for this long gives its destination back; default one minute. */
  readonly idleMs?: number;
}

interface OpenQueue {
  readonly queue: LogQueue;
  wasUsed: boolean;
}

/** Sends each request's record to the subscriptions of its service network and of its service. */
export class AccessLog {
  readonly #options: AccessLogOptions;
  readonly #queues = new Map<string, OpenQueue>();
  readonly #idleTimer: NodeJS.Timeout;
  #droppedRecords = 0;

  constructor(options: AccessLogOptions) {
    this.#options = options;
    this.#idleTimer = setInterval(() => this.#closeIdle(), options.idleMs ?? 60_000).unref();
  }

  /** Records that no destination took, since the start. */
  get droppedRecords(): number {
    return this.#droppedRecords;
  }

  /** Costs nothing without a subscription, and never waits. */
  record(record: ExchangeRecord): void {
    const ofNetwork = record.network?.part.logs;
    const ofService = record.service?.part.logs;
    if (!ofNetwork?.length && !ofService?.length) return;
    const line = formatRecord(record);
    if (ofNetwork !== undefined) for (const part of ofNetwork) this.#queue(part).push(line);
    if (ofService !== undefined) for (const part of ofService) this.#queue(part).push(line);
  }

  /** Writes what waits and closes all destinations. */
  async close(): Promise<void> {
    clearInterval(this.#idleTimer);
    const queues = [...this.#queues.values()];
    this.#queues.clear();
    await Promise.all(queues.map(({ queue }) => queue.close()));
  }

  #queue(subscription: LogSubscriptionPart): LogQueue {
    let open = this.#queues.get(subscription.id);
    if (open === undefined) {
      open = { queue: this.#openQueue(subscription), wasUsed: true };
      this.#queues.set(subscription.id, open);
    }
    open.wasUsed = true;
    return open.queue;
  }

  #openQueue(subscription: LogSubscriptionPart): LogQueue {
    const { open, logger, batchDelayMs, maxQueuedBytes } = this.#options;
    return new LogQueue({
      destination: open(subscription),
      ...(batchDelayMs !== undefined && { batchDelayMs }),
      ...(maxQueuedBytes !== undefined && { maxQueuedBytes }),
      onDropped: (lines) => {
        this.#droppedRecords += lines;
      },
      onFailure: (error) =>
        logger?.warn('access log records are being lost', {
          subscriptionId: subscription.id,
          reason: error.message,
        }),
    });
  }

  /** A subscription that was deleted is never named again, so it ends here too. */
  #closeIdle(): void {
    for (const [id, open] of this.#queues) {
      if (open.wasUsed) {
        open.wasUsed = false;
        continue;
      }
      this.#queues.delete(id);
      void open.queue.close();
    }
  }
}

/** Every subscription a file of its own in one folder, whatever its destination's ARN says. */
export function fileDestinations(folder: string): (part: LogSubscriptionPart) => LogDestination {
  return ({ id }) => new FileDestination({ path: join(folder, `${id}.jsonl`) });
}
