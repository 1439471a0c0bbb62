/**
 * The storefront's story, told by real requests: `npm run demo`.
 *
 * Runs against the instance on the data folder of `--data DIR`, which has to run; without it, against
 * the one on PERGOLA_DATA or `.pergola` here, or when none runs there, against one of its own that
 * leaves nothing behind. What it builds has names of its own (`demo-…`) and is removed at the end.
 * Exits with 0 only if everything held.
 */
import { readFileSync } from 'node:fs';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { askExplanation } from '../../src/cli/ask-explanation.ts';
import { connect } from '../../src/cli/connect.ts';
import { dataFolder } from '../../src/cli/data-folder.ts';
import { explanationLines } from '../../src/cli/explanation-text.ts';
import { findInstance } from '../../src/cli/instance.ts';
import { listPortals } from '../../src/cli/portals.ts';
import { table } from '../../src/cli/table.ts';
import { authorityFile } from '../../src/cli/trust.ts';
import { buildStorefront, type Storefront, toWeights } from './build.ts';
import { callAs } from './call-as.ts';
import { changeUnderTraffic } from './change-under-traffic.ts';
import { parseDemoOptions, runDemoCommand } from './demo-command.ts';
import { listTargets } from './lattice.ts';
import { sendLoad, type Tally } from './load.ts';
import { check, checkNoneFailed, hasHeld, heading, paint, say, sayVerdict } from './narrator.ts';
import { startOwnInstance } from './own-instance.ts';
import { letMarketingRead } from './payments.ts';
import { startTargets, waitUntilChecked } from './run.ts';
import type { RunningTarget } from './targets.ts';
import { tearDownStorefront } from './tear-down.ts';
import { type AccountsStage, tellAccounts } from './tell-accounts.ts';
import { tellInventory } from './tell-inventory.ts';

const PREFIX = 'demo-';

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

const countOf = (tally: Tally, prefix: string): number =>
  [...tally.servedBy].reduce(
    (sum, [name, count]) => sum + (name.startsWith(prefix) ? count : 0),
    0,
  );

interface Stage extends AccountsStage {
  readonly storefront: Storefront;
  readonly targets: readonly RunningTarget[];
}

const load = (stage: Stage, path: string, requests: number, more: object = {}) =>
  sendLoad({ portal: stage.portal, host: stage.storefront.host, path, requests, ...more });

/** Who answers which kind of request. */
const tellPaths = async (stage: Stage): Promise<void> => {
  heading('Paths that have moved, and those that have not');
  const plans = [
    { shown: 'GET /', path: '/', expected: 'monolith' },
    { shown: 'GET /about?lang=en', path: '/about?lang=en', expected: 'monolith' },
    { shown: 'GET /cart', path: '/cart', expected: 'cart' },
    { shown: 'POST /orders', path: '/orders', method: 'POST', expected: 'orders' },
    { shown: 'GET /orders', path: '/orders', expected: 'monolith' },
    {
      shown: 'GET /catalog, x-beta: true',
      path: '/catalog',
      headers: { 'x-beta': 'true' },
      expected: 'catalog-v2',
    },
  ];
  const rows: string[][] = [];
  let areAllRight = true;
  for (const { shown, path, expected, ...more } of plans) {
    const tally = await load(stage, path, 50, more);
    areAllRight &&= tally.failed === 0 && countOf(tally, expected) === tally.sent;
    rows.push([shown, expected, [...tally.servedBy.keys()].sort().join(', ')]);
  }
  say(table(['REQUEST', 'CONFIGURED', 'ANSWERED BY'], rows, { indent: '  ' }));
  check(areAllRight, 'every request went where the rules say');
};

const setCatalogWeights = (stage: Stage, v1: number, v2: number): Promise<unknown> => {
  const { serviceId, listenerId, ruleIds, targetGroupIds } = stage.storefront;
  const targetGroups = toWeights({ 'catalog-v1': v1, 'catalog-v2': v2 }, targetGroupIds);
  return stage.client.call(
    'vpc-lattice',
    'PATCH',
    `/services/${serviceId}/listeners/${listenerId}/rules/${ruleIds.get('catalog')}`,
    { body: { action: { forward: { targetGroups } } } },
  );
};

/** Blue/green: the shares follow the weights as soon as the API has answered. */
const tellWeights = async (stage: Stage): Promise<void> => {
  heading('/catalog goes from version 1 to version 2');
  const requests = 1000;
  const rows: string[][] = [];
  let isWithin = true;
  let failed = 0;
  let sentMeanwhile = 0;
  for (const [v1, v2] of [
    [90, 10],
    [50, 50],
    [0, 100],
  ] as const) {
    const meanwhile = await changeUnderTraffic(
      ({ requests: endless, ...flow }) => load(stage, '/catalog', endless, flow),
      () => setCatalogWeights(stage, v1, v2),
    );
    const tally = await load(stage, '/catalog', requests);
    failed += meanwhile.failed + tally.failed;
    sentMeanwhile += meanwhile.sent;
    const [seen1, seen2] = [countOf(tally, 'catalog-v1'), countOf(tally, 'catalog-v2')];
    // One request in a hundred either way; nothing at all to a version without weight.
    isWithin &&= Math.abs(seen1 - (requests * v1) / 100) <= requests / 100;
    isWithin &&= v1 > 0 || seen1 === 0;
    rows.push([
      `${v1} / ${v2}`,
      String(requests),
      `${percent(seen1, requests)} / ${percent(seen2, requests)}`,
    ]);
  }
  say(table(['CONFIGURED', 'REQUESTS', 'OBSERVED'], rows, { indent: '  ', right: [1] }));
  check(isWithin, 'observed shares are within 1 % of the configured ones');
  check(
    failed === 0,
    `${failed} of ${3 * requests + sentMeanwhile} requests failed; ${sentMeanwhile} were under way while weights were shifted`,
  );
};

/** Health: a failing target gets nothing; one that is killed under load is not missed. */
const tellHealth = async (stage: Stage): Promise<void> => {
  heading('/cart has a target that fails its health check, and loses another one');
  const { client, storefront, targets } = stage;
  const groupId = storefront.targetGroupIds.get('cart') ?? '';
  const statuses = await listTargets(client, groupId);
  check(
    statuses.filter(({ status }) => status === 'UNHEALTHY').length === 1,
    `health checks found it: ${statuses.map(({ id, status }) => `${id} ${status}`).join(', ')}`,
  );
  const before = await load(stage, '/cart', 500);
  check(countOf(before, 'cart-c') === 0, `it got 0 of ${before.sent} requests`);
  checkNoneFailed(before);

  const victim = targets.find(({ name }) => name === 'cart-a');
  let killed: Promise<void> | undefined;
  const during = await load(stage, '/cart', 2000, {
    onRequest: (index: number) => {
      if (index === 500) killed = victim?.kill();
    },
  });
  await killed;
  const [a, b] = [countOf(during, 'cart-a'), countOf(during, 'cart-b')];
  say(`  cart-a was killed after 500 of ${during.sent} requests: it answered ${a}, cart-b ${b}`);
  check(a > 0 && a + b === during.sent - during.failed, 'the other target took over');
  checkNoneFailed(during);
};

/** Who calls matters: one role may charge, another is refused and told why, until the policy lets it. */
const tellPayments = async ({ client, storefront: { payments }, portal }: Stage): Promise<void> => {
  const { checkout, marketing, host } = payments;
  heading(`${host} asks who calls`);
  const charge = await callAs(client, portal, checkout, payments, 'POST');
  check(charge.status === 200, `POST /charges as ${checkout.name}: ${charge.status}`);
  const refused = await callAs(client, portal, marketing, payments, 'GET');
  check(refused.status === 403, `GET /charges as ${marketing.name}: ${refused.status}, because`);
  const { explanation } = await askExplanation(client, refused.requestId);
  say();
  for (const line of explanationLines(explanation, paint)) say(`      ${line}`.trimEnd());
  say();
  const serviceLayer = explanation.layers.find(({ layer }) => layer === 'service-based policy');
  check(
    explanation.caller.arn?.includes(`/${marketing.name}/`) === true &&
      serviceLayer?.says === 'implicitDeny',
    'the explanation names the caller and the policy that does not allow it',
  );
  await letMarketingRead(client, payments);
  const read = await callAs(client, portal, marketing, payments, 'GET');
  check(read.status === 200, `the policy lets it read now: GET /charges answers ${read.status}`);
  const write = await callAs(client, portal, marketing, payments, 'POST');
  check(write.status === 403, `and still not charge: POST /charges answers ${write.status}`);
};

const tell = async (client: ApiClient, dataDir: string): Promise<void> => {
  say('Building the storefront, and waiting for its health checks (about 10 s) …');
  const targets = await startTargets();
  try {
    const ports = new Map(targets.map((target) => [target.name, target.port]));
    const storefront = await buildStorefront(client, PREFIX, ports);
    try {
      await waitUntilChecked(client, storefront.targetGroupIds);
      const portals = await listPortals(client);
      const portal = portals.find(({ vpcId }) => vpcId === storefront.vpcId);
      if (portal?.url === undefined) throw new Error(`VPC ${storefront.vpcId} has no portal`);
      const authority = readFileSync(authorityFile(dataDir), 'utf8');
      const stage = { client, storefront, portal: portal.url, authority, targets };
      for (const part of [
        tellPaths,
        tellWeights,
        tellHealth,
        tellAccounts,
        tellInventory,
        tellPayments,
      ]) {
        say();
        await part(stage);
      }
    } finally {
      await tearDownStorefront(client, storefront);
    }
  } finally {
    await Promise.all(targets.map((target) => target.stop()));
  }
};

const isRunning = (dataDir: string): boolean => {
  try {
    findInstance(dataDir);
    return true;
  } catch {
    return false;
  }
};

const HELP = `Usage: npm run demo [-- --data DIR]

Tells the storefront's story with some thousand requests, in some 10 s: paths move to new services,
weights shift and a certificate is replaced under traffic, targets fail, gRPC streams outlive a change
of targets, callers are refused and told why. Runs against the instance on $PERGOLA_DATA, else .pergola, or against one of its own when none
runs there, and removes what it built. Exits with 0 only if everything held.

Options:
  --data DIR  run against the instance on this data folder, and fail when none runs there
  -h, --help  show this text
`;

/** Answers whether everything held. */
const runDemo = async (data: string | undefined): Promise<boolean> => {
  const start = Date.now();
  if (data !== undefined || isRunning(dataFolder(undefined))) {
    const { instance, client } = connect(data === undefined ? {} : { data });
    say(`Using the instance at ${instance.api} (${instance.dataDir})`);
    await tell(client, instance.dataDir);
  } else {
    const own = await startOwnInstance();
    say(`No instance runs here: started one at ${own.api}`);
    try {
      await tell(own.client, own.dataDir);
    } finally {
      await own.stop();
    }
  }
  sayVerdict(start);
  return hasHeld();
};

const OPTIONS = {
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

await runDemoCommand(async () => {
  const { data, help } = parseDemoOptions('npm run demo', OPTIONS);
  if (help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  return (await runDemo(data)) ? 0 : 1;
});
