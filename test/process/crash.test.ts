import { describe, expect, test } from 'vitest';
import { Instance, isAlive, newDataDir, until } from './instance.ts';
import { buildTopology, get, startTarget } from './topology.ts';

const startInstance = async (settings?: object) => {
  const port = await startTarget((_request, response) => response.end('here'));
  const dataDir = newDataDir(settings);
  const pergola = await new Instance(dataDir, '--workers', '2').ready();
  const { vpcId, host } = await buildTopology(pergola.client(), port);
  const portal = pergola.facts().portals[vpcId] as string;
  return { dataDir, pergola, vpcId, portal, host, pids: await pergola.workers() };
};

describe('kill -9 of a worker', () => {
  test('the others go on, and it is replaced', async () => {
    const { pergola, portal, host, pids } = await startInstance();
    const [killed, other] = pids as [number, number];

    process.kill(killed, 'SIGKILL');
    const statuses = new Set<number>();
    const after = await until(async () => {
      // No connection was the killed worker's: not one of these may fail.
      statuses.add((await get(portal, host)).status);
      const now = await pergola.workers();
      return now.length === 2 && !now.includes(killed) ? now : undefined;
    });
    for (let i = 0; i < 50; i += 1) {
      statuses.add((await get(portal, host)).status);
    }

    expect([...statuses]).toEqual([200]);
    expect(after).toContain(other);
    expect(isAlive(killed)).toBe(false);
  });

  test('the new worker carries traffic with the current snapshot', async () => {
    const { pergola, portal, host, pids } = await startInstance();
    for (const pid of pids) {
      process.kill(pid, 'SIGKILL');
    }

    await until(async () => {
      const now = await pergola.workers();
      return now.length === 2 && now.every((pid) => !pids.includes(pid));
    });

    // Nobody else holds the portal: the socket that the control plane kept is the same.
    await expect(get(portal, host)).resolves.toEqual({ status: 200, body: 'here' });
  });
});

describe('kill -9 of the control plane', () => {
  test('traffic goes on, a new `up` takes over, and no acknowledged write is lost', async () => {
    const { dataDir, pergola, vpcId, portal, host, pids } = await startInstance();
    const client = pergola.client();
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let i = 0; ; i += 1) {
        await client.call('vpc-lattice', 'POST', '/services', { body: { name: `written-${i}` } });
        acknowledged.push(`written-${i}`);
      }
    })().catch(() => {});
    await until(() => acknowledged.length >= 20);

    pergola.process.kill('SIGKILL');
    await pergola.ended;
    await writing;
    for (let i = 0; i < 50; i += 1) {
      await expect(get(portal, host)).resolves.toEqual({ status: 200, body: 'here' });
    }

    let gapMs = 0;
    let isDone = false;
    const outcomes = new Set<unknown>();
    const traffic = (async () => {
      for (let lastAnswer = performance.now(); !isDone; ) {
        try {
          outcomes.add((await get(portal, host)).status);
          gapMs = Math.max(gapMs, performance.now() - lastAnswer);
          lastAnswer = performance.now();
        } catch (error) {
          outcomes.add((error as NodeJS.ErrnoException).code);
        }
      }
    })();
    const successor = await new Instance(dataDir, '--workers', '2').ready();
    await until(() => !pids.some(isAlive));
    isDone = true;
    await traffic;

    expect(successor.facts().portals[vpcId]).toBe(portal);
    expect(outcomes.has(200)).toBe(true);
    // Between one process's `close` and another's `listen` a client may be refused, nothing worse.
    expect([...outcomes].filter((outcome) => outcome !== 200 && !isRefusal(outcome))).toEqual([]);
    // Milliseconds on an idle machine; this bound also holds on a busy one.
    expect(gapMs).toBeLessThan(1000);
    await expect(get(portal, host)).resolves.toEqual({ status: 200, body: 'here' });
    const names = await listServiceNames(successor);
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
  });

  test('workers that nobody takes over end by themselves', async () => {
    const { pergola, portal, host, pids } = await startInstance({ orphanMs: 1000 });

    pergola.process.kill('SIGKILL');
    await pergola.ended;

    await expect(get(portal, host)).resolves.toEqual({ status: 200, body: 'here' });
    await until(() => !pids.some(isAlive));
    await expect(get(portal, host)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

const isRefusal = (outcome: unknown): boolean =>
  outcome === 'ECONNREFUSED' || outcome === 'ECONNRESET';

const listServiceNames = async (pergola: Instance): Promise<Set<string>> => {
  const names = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page: { items: { name: string }[]; nextToken?: string } = await pergola
      .client()
      .call('vpc-lattice', 'GET', '/services', { query: { maxResults: 100, nextToken } });
    for (const { name } of page.items) {
      names.add(name);
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return names;
};
