import { describe, expect, onTestFinished, test } from 'vitest';
import { AccessLog, type AccessLogOptions } from './access-log.ts';
import type { LogDestination } from './log-destination.ts';
import { aRecord } from './sample-record.ts';

/** A destination that writes when it is told to: batches wait until `pass` or `fail`. */
class ManualDestination implements LogDestination {
  readonly batches: string[] = [];
  closed = 0;
  #settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #arrived = Promise.withResolvers<void>();

  write(batch: Buffer): Promise<void> {
    this.batches.push(batch.toString());
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#settle = { resolve, reject };
    this.#arrived.resolve();
    return promise;
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }

  async next(): Promise<void> {
    await this.#arrived.promise;
    this.#arrived = Promise.withResolvers();
  }

  pass(): void {
    this.#settle?.resolve();
  }

  fail(reason: string): void {
    this.#settle?.reject(new Error(reason));
  }
}

function aLog(options: Partial<AccessLogOptions> = {}) {
  const destinations = new Map<string, ManualDestination>();
  const warnings: unknown[] = [];
  const log = new AccessLog({
    open: ({ id }) => {
      const destination = new ManualDestination();
      destinations.set(id, destination);
      return destination;
    },
    logger: { warn: (message, fields) => warnings.push([message, fields]) },
    batchDelayMs: 0,
    ...options,
  });
  onTestFinished(() => {
    for (const destination of destinations.values()) destination.pass();
    void log.close();
  });
  return { log, destinations, warnings };
}

const onlyNetwork = { service: undefined };
const idsOf = (batch: string | undefined) =>
  batch?.split('\n').map((line) => (line === '' ? '' : JSON.parse(line).requestId));

describe('the access log', () => {
  test('sends one record to the subscriptions of the network and of the service', async () => {
    const { log, destinations } = aLog();
    log.record(aRecord({ requestId: 'r-1' }));
    for (const id of ['als-network', 'als-service']) {
      await destinations.get(id)!.next();
      expect(idsOf(destinations.get(id)!.batches[0])).toEqual(['r-1', '']);
    }
  });

  test('opens nothing for a request that nobody subscribed to', () => {
    const { log, destinations } = aLog();
    log.record(aRecord({ network: undefined, service: undefined }));
    expect(destinations.size).toBe(0);
  });

  test('gathers records into one batch while the one before is being written', async () => {
    const { log, destinations } = aLog();
    log.record(aRecord({ ...onlyNetwork, requestId: 'r-1' }));
    const destination = destinations.get('als-network')!;
    await destination.next();
    log.record(aRecord({ ...onlyNetwork, requestId: 'r-2' }));
    log.record(aRecord({ ...onlyNetwork, requestId: 'r-3' }));
    expect(destination.batches).toHaveLength(1);
    destination.pass();
    await destination.next();
    expect(idsOf(destination.batches[1])).toEqual(['r-2', 'r-3', '']);
  });

  test('a batch that is large goes at once', () => {
    const { log, destinations } = aLog({ batchDelayMs: 60_000 });
    const userAgent = 'x'.repeat(200_000);
    log.record(aRecord({ ...onlyNetwork, userAgent }));
    expect(destinations.get('als-network')!.batches).toHaveLength(0);
    log.record(aRecord({ ...onlyNetwork, userAgent }));
    expect(destinations.get('als-network')!.batches).toHaveLength(1);
  });

  test('what a slow destination does not take is dropped and counted', async () => {
    const { log, destinations } = aLog({ maxQueuedBytes: 3_000 });
    log.record(aRecord({ ...onlyNetwork, requestId: 'r-1' }));
    const destination = destinations.get('als-network')!;
    await destination.next();
    for (let i = 2; i <= 9; i += 1) log.record(aRecord({ ...onlyNetwork, requestId: `r-${i}` }));
    destination.pass();
    await destination.next();
    const kept = idsOf(destination.batches[1])!.length - 1;
    expect(kept).toBeGreaterThan(0);
    expect(log.droppedRecords).toBe(8 - kept);
  });

  test('a destination that fails is told of once, its records are counted, and it is tried again', async () => {
    const { log, destinations, warnings } = aLog();
    log.record(aRecord(onlyNetwork));
    const destination = destinations.get('als-network')!;
    const write = async (settle: () => void) => {
      await destination.next();
      settle();
      log.record(aRecord(onlyNetwork));
    };
    await write(() => destination.fail('no space left'));
    await write(() => destination.fail('no space left'));
    expect(warnings).toEqual([
      [
        'access log records are being lost',
        { subscriptionId: 'als-network', reason: 'no space left' },
      ],
    ]);
    await write(() => destination.pass());
    await write(() => destination.fail('gone'));
    await destination.next();
    expect(warnings).toHaveLength(2);
    expect(log.droppedRecords).toBe(3);
  });

  test('close writes what waits and closes the destinations', async () => {
    const { log, destinations } = aLog({ batchDelayMs: 60_000 });
    log.record(aRecord({ requestId: 'r-1' }));
    const closed = log.close();
    for (const destination of destinations.values()) {
      await destination.next();
      destination.pass();
    }
    await closed;
    for (const destination of destinations.values()) {
      expect(idsOf(destination.batches[0])).toEqual(['r-1', '']);
      expect(destination.closed).toBe(1);
    }
  });

  test('a subscription without records gives its destination back', async () => {
    const closed = Promise.withResolvers<void>();
    const log = new AccessLog({
      open: () => ({
        write: () => Promise.resolve(),
        close: async () => closed.resolve(),
      }),
      batchDelayMs: 0,
      idleMs: 5,
    });
    onTestFinished(() => log.close());
    log.record(aRecord(onlyNetwork));
    await closed.promise;
  });
});
