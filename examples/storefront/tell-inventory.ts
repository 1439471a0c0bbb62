import { once } from 'node:events';
import { type ServiceError, status } from '@grpc/grpc-js';
import { table } from '../../src/cli/table.ts';
import type { Storefront } from './build.ts';
import { changeUnderTraffic } from './change-under-traffic.ts';
import { InventoryClient } from './inventory-client.ts';
import type { Stock } from './inventory-messages.ts';
import { deregisterTargets, listTargets } from './lattice.ts';
import { type Flow, repeat, type Tally } from './load.ts';
import { check, checkNoneFailed, heading, say } from './narrator.ts';
import type { AccountsStage } from './tell-accounts.ts';
import { INVENTORY_TARGET_GROUP, TARGET_GROUPS } from './topology.ts';

interface InventoryStage extends AccountsStage {
  readonly storefront: Pick<Storefront, 'accounts' | 'inventory' | 'targetGroupIds'>;
}

const getMany = (inventory: InventoryClient, flow: Flow): Promise<Tally> =>
  repeat(flow, async () => {
    const { answeredBy } = await inventory.get({ sku: 'mug', quantity: 0 });
    return { status: 200, servedBy: answeredBy };
  });

/** Each tells one item less than the one before: nothing was lost, doubled or overtaken. */
const areAllThere = (stocks: readonly Stock[], count: number): boolean =>
  stocks.length === count &&
  stocks.every(({ quantity }, index) => quantity === (stocks[0]?.quantity ?? 0) - index);

const serversOf = (stocks: readonly Stock[]): string =>
  [...new Set(stocks.map(({ answeredBy }) => answeredBy))].join(', ');

const SALES = 50;
const RESERVATIONS = 500;

/** Calls of each kind, with a client as gRPC's own library makes it. */
const tellCalls = async (inventory: InventoryClient): Promise<void> => {
  const gets = await getMany(inventory, { requests: 500 });
  const sales: Stock[] = [];
  for await (const stock of inventory.watch({ sku: 'mug', quantity: SALES })) sales.push(stock);
  const reserved: Stock[] = [];
  const reserve = inventory.reserve();
  for (let count = 0; count < RESERVATIONS; count++) {
    reserve.write({ sku: 'mug', quantity: 1 });
    const [stock] = await once(reserve, 'data');
    reserved.push(stock);
  }
  reserve.end();
  await once(reserve, 'status');
  const rows = [
    [
      'Get, unary',
      `${gets.sent} × 1`,
      `${gets.sent - gets.failed} × 1`,
      [...gets.servedBy.keys()].sort().join(', '),
    ],
    ['Watch, the server streams', '1', String(sales.length), serversOf(sales)],
    ['Reserve, both stream', String(RESERVATIONS), String(reserved.length), serversOf(reserved)],
  ];
  say(table(['CALL', 'SENT', 'RECEIVED', 'ANSWERED BY'], rows, { indent: '  ', right: [1, 2] }));
  checkNoneFailed(gets);
  check(
    areAllThere(sales, SALES) && areAllThere(reserved, RESERVATIONS),
    'streams brought every message, in order; Reserve sent each when the one before was answered',
  );
  const error = await inventory.get({ sku: 'spoon', quantity: 0 }).then(
    () => undefined,
    (reason: ServiceError) => reason,
  );
  check(error?.code === status.NOT_FOUND, `what there is not: ${error?.message}`);
};

/** A target is taken away while a stream comes from it: the stream is not cut, and no call fails. */
const tellReplacement = async (
  inventory: InventoryClient,
  { client, storefront }: InventoryStage,
): Promise<void> => {
  const groupId = storefront.targetGroupIds.get(INVENTORY_TARGET_GROUP) ?? '';
  const stream = inventory.watch({ sku: 'mug', quantity: 2 * SALES });
  const sales: Stock[] = [];
  const end = once(stream, 'end');
  stream.on('data', (stock: Stock) => sales.push(stock));
  await once(stream, 'data');
  const leaving = sales[0]?.answeredBy ?? '';
  const { targets = [] } = TARGET_GROUPS.find(({ name }) => name === INVENTORY_TARGET_GROUP) ?? {};
  const address = targets.find(({ name }) => name === leaving)?.address;
  const registered = await listTargets(client, groupId);
  const during = await changeUnderTraffic(
    (flow) => getMany(inventory, flow),
    () =>
      deregisterTargets(
        client,
        groupId,
        registered.filter(({ id }) => id === address),
      ),
  );
  const soFar = sales.length;
  checkNoneFailed(during, ` while ${leaving} was deregistered`);
  const after = await getMany(inventory, { requests: 500 });
  check(
    after.failed === 0 && after.servedBy.size === 1 && !after.servedBy.has(leaving),
    `the next ${after.sent} went elsewhere: ${[...after.servedBy.keys()].join(', ')}`,
  );
  await end;
  check(
    areAllThere(sales, 2 * SALES) && serversOf(sales) === leaving,
    `a stream from ${leaving} went on from message ${soFar} to ${sales.length}, its last`,
  );
};

/** Calls of gRPC over TLS, through the service to targets that speak HTTP/2. */
export const tellInventory = async (stage: InventoryStage): Promise<void> => {
  const { host } = stage.storefront.inventory;
  heading(`${host} speaks gRPC`);
  const inventory = new InventoryClient(stage.portal, host, stage.authority);
  try {
    await tellCalls(inventory);
    await tellReplacement(inventory, stage);
  } finally {
    inventory.close();
  }
};
