/**
 * How long one decision takes (VPC, service, listener, rule) with the services of the data folder
 * of the task, a JSON file named in the first argument. Prints JSON. In a process of its own, so that every size meets the same
 * fresh state of the JIT compiler.
 */
import { readFileSync } from 'node:fs';
import { openDataFolder } from '../../src/app/data-folder.ts';
import { compile } from '../../src/compile/compile.ts';
import { decide } from '../../src/dataplane/decide/decide.ts';
import type { RequestHead, Source } from '../../src/dataplane/request-head.ts';
import { DataPlaneState } from '../../src/dataplane/state.ts';
import { loadResources } from '../../src/publish/load-resources.ts';
import { fullDelta } from '../../src/snapshot/delta.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { median } from '../statistics.ts';
import type { RouteTask } from './route-task.ts';

const BATCHES = 400;
const DECISIONS_A_BATCH = 5_000;
/** A prime, so that all hosts have their turn and neighbours do not follow each other. */
const STEP = 7919;

const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as RouteTask;

const loadState = async (): Promise<DataPlaneState> => {
  const folder = openDataFolder(task.dataDir);
  const store = await openSqliteStore({ file: folder.storeFile });
  const { resources, revision } = await loadResources(store);
  await store.close();
  folder.unlock();
  const state = new DataPlaneState({ now: Date.now });
  state.apply(fullDelta(compile(resources).parts, revision));
  return state;
};

const nanosecondsPerDecision = (state: DataPlaneState, hosts: readonly string[]): number => {
  // One head for all, so that what is missing in the CPU's caches is the data plane's, not ours.
  const head = {
    method: 'GET',
    target: '/api/items/42',
    path: '/api/items/42',
    authority: 'shop.example',
    host: '',
    names: ['host', 'user-agent', 'accept', 'accept-encoding', 'cookie'],
    values: ['shop.example', 'Mozilla/5.0 (X11; Linux x86_64)', '*/*', 'gzip, br', 'session=01234'],
  } satisfies RequestHead;
  const source: Source = {
    vpcId: task.vpcId,
    address: '127.0.0.1',
    port: 40_000,
    listenerPort: 80,
    protocol: 'http',
  };
  let next = 0;
  const runBatch = (): number => {
    let forwarded = 0;
    const start = process.hrtime.bigint();
    for (let i = 0; i < DECISIONS_A_BATCH; i += 1) {
      next = (next + STEP) % hosts.length;
      head.host = hosts[next] as string;
      const decision = decide(head, source, state, 0);
      if (decision.type === 'forward') forwarded += 1;
    }
    const time = Number(process.hrtime.bigint() - start);
    if (forwarded !== DECISIONS_A_BATCH) throw new Error('a request was not forwarded');
    return time / DECISIONS_A_BATCH;
  };
  for (let i = 0; i < BATCHES / 4; i += 1) runBatch();
  return median(Array.from({ length: BATCHES }, runBatch));
};

const state = await loadState();
const times = task.hostSets.map((hosts) => nanosecondsPerDecision(state, hosts));
process.stdout.write(`${JSON.stringify(times)}\n`);
