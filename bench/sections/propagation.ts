import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import { KeepAliveClient } from '../load/keep-alive-client.ts';
import { apiClient, TimedApi } from '../pergola/api.ts';
import { type LoadedService, TARGET_ADDRESS } from '../pergola/data-folder.ts';
import type { Folders } from '../pergola/folders.ts';
import { type Instance, startInstance } from '../pergola/instance.ts';
import { quantile } from '../statistics.ts';
import type { Target } from '../target/target.ts';

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** Times in ms. */
export interface PropagationRow {
  readonly services: number;
  readonly operation: 'UpdateRule' | 'UpdateListener';
  readonly changes: number;
  /** From the call's first byte sent to its answer's last byte received. */
  readonly call: Percentiles;
  /** From the call's first byte sent to the first answer to a request that was routed the new way. */
  readonly toFirst: Percentiles;
  /** From the API's answer to that; below 0: before the API answered. */
  readonly afterAnswer: Percentiles;
  /** Requests sent after the API's answer that were routed the old way; each is one too many. */
  readonly stale: number;
}

interface Switch {
  readonly operation: PropagationRow['operation'];
  readonly path: string;
  /** What the service is asked for while it is switched. */
  readonly request: string;
  /** The two states between which it goes: the input, and how an answer shows it. */
  readonly states: readonly [SwitchState, SwitchState];
}

interface SwitchState {
  readonly input: unknown;
  readonly shows: (answer: { readonly status: number; readonly head: string }) => boolean;
}

/** How long it takes until a change of routing is in use, with clients asking all the time. */
export const benchPropagation = async (
  bench: Bench,
  target: Target,
  folders: Folders,
): Promise<readonly PropagationRow[]> => {
  const rows: PropagationRow[] = [];
  for (const count of bench.options.quick ? [10, 1_000] : [10, 1_000, 10_000]) {
    const { dataDir, services } = await folders.withServices(count);
    const service = services[services.length >> 1] as LoadedService;
    const instance = await startInstance(bench, { dataDir, cores: bench.cores.all, workers: 1 });
    const api = new TimedApi(instance);
    for (const step of await prepareSwitches(instance, service, target)) {
      bench.say(`measuring ${step.operation} with ${count} services`);
      rows.push({ services: count, ...(await measure(bench, instance, api, service, step)) });
    }
    api.close();
    await instance.stop();
  }
  return rows;
};

const prepareSwitches = async (
  instance: Instance,
  service: LoadedService,
  target: Target,
): Promise<readonly Switch[]> => {
  const client = apiClient(instance);
  const post = (path: string, body: object) =>
    client.call<{ id: string }>('vpc-lattice', 'POST', path, { body });
  const listener = `/services/${service.id}/listeners/${service.listenerId}`;
  const group = await post('/targetgroups', {
    name: 'bench-b',
    type: 'IP',
    config: {
      port: target.b,
      protocol: 'HTTP',
      vpcIdentifier: service.vpcId,
      healthCheck: { enabled: false },
    },
  });
  await post(`/targetgroups/${group.id}/registertargets`, {
    targets: [{ id: TARGET_ADDRESS, port: target.b }],
  });
  const fixed = (statusCode: number) => ({ fixedResponse: { statusCode } });
  const forward = (targetGroupIdentifier: string) => ({
    forward: { targetGroups: [{ targetGroupIdentifier }] },
  });
  const rule = await post(`${listener}/rules`, {
    name: 'switched',
    priority: 50,
    match: { httpMatch: { pathMatch: { match: { exact: '/switched' } } } },
    action: fixed(404),
  });
  await client.call('vpc-lattice', 'PATCH', listener, {
    body: { defaultAction: forward(service.targetGroupId) },
  });
  const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${service.host}\r\n\r\n`;
  return [
    {
      operation: 'UpdateRule',
      path: `${listener}/rules/${rule.id}`,
      request: request('/switched'),
      states: [
        { input: { action: fixed(404) }, shows: ({ status }) => status === 404 },
        { input: { action: fixed(500) }, shows: ({ status }) => status === 500 },
      ],
    },
    {
      operation: 'UpdateListener',
      path: listener,
      request: request('/'),
      states: [
        {
          input: { defaultAction: forward(service.targetGroupId) },
          shows: ({ head }) => /\r\nx-target: a\b/i.test(head),
        },
        {
          input: { defaultAction: forward(group.id) },
          shows: ({ head }) => /\r\nx-target: b\b/i.test(head),
        },
      ],
    },
  ];
};

/** What one change took, in ms. */
interface Change {
  readonly call: number;
  readonly toFirst: number;
  readonly afterAnswer: number;
}

const WARM_UP_CHANGES = 30;
const PATIENCE_MS = 10_000;

const measure = async (
  bench: Bench,
  instance: Instance,
  api: TimedApi,
  service: LoadedService,
  { operation, path, request, states }: Switch,
): Promise<Omit<PropagationRow, 'services'>> => {
  const count = bench.options.quick ? 60 : 500;
  const watcher = new Watcher(instance.portals.get(service.vpcId) as number, request);
  const changes: Change[] = [];
  try {
    for (let i = -WARM_UP_CHANGES; i < count; i += 1) {
      bench.cleanup.assertOpen();
      const { input, shows } = states[i & 1 ? 1 : 0];
      const change = await api.prepare('PATCH', path, input);
      const first = watcher.first(shows);
      const { sentAt, answeredAt } = await change();
      watcher.mustShow(answeredAt);
      const firstAt = await Promise.race([first, timeOut(operation)]);
      if (i >= 0) {
        changes.push({
          call: answeredAt - sentAt,
          toFirst: firstAt - sentAt,
          afterAnswer: firstAt - answeredAt,
        });
      }
      // Not in step with anything else that goes on there.
      await pause(3 + Math.random() * 5);
    }
  } finally {
    watcher.close();
  }
  const of = (pick: (change: Change) => number): Percentiles => ({
    p50: quantile(changes.map(pick), 0.5),
    p99: quantile(changes.map(pick), 0.99),
  });
  return {
    operation,
    changes: count,
    call: of((change) => change.call),
    toFirst: of((change) => change.toFirst),
    afterAnswer: of((change) => change.afterAnswer),
    stale: watcher.stale,
  };
};

const timeOut = async (operation: string): Promise<never> => {
  await pause(PATIENCE_MS, undefined, { ref: false });
  throw new Error(`${operation} was not in use after ${PATIENCE_MS} ms`);
};

/** A client that asks all the time, and notices when the answers change. */
class Watcher {
  stale = 0;
  readonly #client: KeepAliveClient;
  #shows: Switch['states'][0]['shows'] = () => true;
  #resolve: ((at: number) => void) | undefined;
  /** Answers to requests sent after this have to show what is wanted. */
  #mustShowAfter = Number.POSITIVE_INFINITY;

  constructor(port: number, request: string) {
    this.#client = new KeepAliveClient({
      port,
      next: () => request,
      onAnswer: (answer, sentAt, receivedAt) => {
        if (this.#shows(answer)) {
          this.#resolve?.(receivedAt);
          this.#resolve = undefined;
        } else if (sentAt > this.#mustShowAfter) {
          this.stale += 1;
        }
      },
      onBroken: () => {
        this.stale += 1;
      },
    });
  }

  /** When the first answer that shows it was received. To be called while none does. */
  first(shows: Switch['states'][0]['shows']): Promise<number> {
    this.#mustShowAfter = Number.POSITIVE_INFINITY;
    this.#shows = shows;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  mustShow(after: number): void {
    this.#mustShowAfter = after;
  }

  close(): void {
    this.#client.close();
  }
}
