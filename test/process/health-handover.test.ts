import { expect, test } from 'vitest';
import { Instance, newDataDir, until } from './instance.ts';
import { buildTopology, get, startTarget } from './topology.ts';

const CHECKED = {
  enabled: true,
  path: '/health',
  healthCheckIntervalSeconds: 5,
  healthCheckTimeoutSeconds: 4,
  unhealthyThresholdCount: 2,
};

/** One target that fails its health checks, and one that passes them, as slowly as the test says. */
const startPair = async () => {
  let answersHealth = async () => {};
  const good = await startTarget(async (request, response) => {
    if (request.url === '/health') {
      await answersHealth();
    }
    response.end('good');
  });
  const bad = await startTarget((request, response) => {
    response.writeHead(request.url === '/health' ? 500 : 200).end('bad');
  });
  const dataDir = newDataDir();
  const pergola = await new Instance(dataDir, '--workers', '1').ready();
  const { vpcId, host, targetGroupId } = await buildTopology(
    pergola.client(),
    [good, bad],
    CHECKED,
  );
  const portal = pergola.facts().portals[vpcId] as string;
  const statusOf = async (port: number) => {
    const { items } = await pergola
      .client()
      .call<{ items: { port: number; status: string }[] }>(
        'vpc-lattice',
        'POST',
        `/targetgroups/${targetGroupId}/listtargets`,
        { body: {} },
      );
    return items.find((target) => target.port === port)?.status;
  };
  return {
    pergola,
    dataDir,
    good,
    bad,
    statusOf,
    ask: async () => (await get(portal, host)).body,
    slowHealth: (answer: () => Promise<void>) => {
      answersHealth = answer;
    },
  };
};

test('a worker that replaces another sends nothing to targets that are known to fail', async () => {
  const { pergola, good, bad, statusOf, ask, slowHealth } = await startPair();
  await until(async () => (await statusOf(bad)) === 'UNHEALTHY');
  expect(await statusOf(good)).toBe('HEALTHY');
  // By its own checks the new worker finds out nothing for now.
  slowHealth(() => new Promise(() => {}));
  const [killed] = await pergola.workers();
  process.kill(killed as number, 'SIGKILL');
  await until(async () => {
    const now = await pergola.workers();
    return now.length === 1 && now[0] !== killed;
  });

  expect(await statusOf(bad)).toBe('UNHEALTHY');
  for (let i = 0; i < 20; i += 1) {
    expect(await ask()).toBe('good');
  }
});

test('workers that take over from orphans know which targets are healthy before they serve', async () => {
  const { pergola, dataDir, good, statusOf, ask, slowHealth } = await startPair();
  slowHealth(() => new Promise((resolve) => setTimeout(resolve, 400)));
  await until(async () => (await statusOf(good)) === 'HEALTHY');
  pergola.process.kill('SIGKILL');
  await pergola.ended;

  const answers = new Set<string>();
  let isDone = false;
  const traffic = (async () => {
    while (!isDone) {
      // Between one process's `close` and another's `listen` a client may be refused.
      answers.add(await ask().catch((error: NodeJS.ErrnoException) => error.code ?? 'failed'));
    }
  })();
  await new Instance(dataDir, '--workers', '1').ready();
  for (let i = 0; i < 20; i += 1) {
    answers.add(await ask());
  }
  isDone = true;
  await traffic;

  expect(answers).toContain('good');
  expect(answers).not.toContain('bad');
});
