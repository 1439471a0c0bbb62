import { CreateServiceCommand, ListServicesCommand } from '@aws-sdk/client-vpc-lattice';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';

let control: ControlPlane;
/** Ahead of the clock that signs, by less than signatures allow. */
let aheadMs = 0;
const settled: number[] = [];

beforeEach(async () => {
  aheadMs = 0;
  settled.length = 0;
  control = await startControlPlane({
    now: () => new Date(Date.now() + aheadMs),
    settings: { idempotencyTtlMs: 60_000 },
    settle: async (revision) => void settled.push(revision),
  });
});
afterEach(() => control.close());

const create = (name: string, clientToken: string, account = control) =>
  account.lattice.send(new CreateServiceCommand({ name, clientToken }));

const names = async () =>
  (await control.lattice.send(new ListServicesCommand())).items?.map(({ name }) => name);

test('the same token and parameters give the first answer again, and nothing more happens', async () => {
  const { $metadata: first, ...answer } = await create('checkout', 'one');
  const revision = control.store.revision();
  const { $metadata: second, ...again } = await create('checkout', 'one');
  expect(again).toEqual(answer);
  expect(second.requestId).not.toBe(first.requestId);
  expect(control.store.revision()).toBe(revision);
  expect(await names()).toEqual(['checkout']);
});

test('calls at the same time with one token have one effect', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => create('checkout', 'one')));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(await names()).toEqual(['checkout']);
});

test('other parameters with the same token conflict, and change nothing', async () => {
  await create('checkout', 'one');
  await expect(create('cart', 'one')).rejects.toMatchObject({
    name: 'ConflictException',
    $metadata: { httpStatusCode: 409 },
    resourceId: 'one',
    message: 'The client token was used before with other parameters. Take a new token.',
  });
  expect(await names()).toEqual(['checkout']);
});

test('a call that failed leaves its token free', async () => {
  await create('checkout', 'one');
  await expect(create('checkout', 'two')).rejects.toThrow('already exist');
  expect((await create('cart', 'two')).name).toBe('cart');
});

test('tokens of other accounts are other tokens', async () => {
  const first = await create('checkout', 'one');
  const other = await control.addAccount('other');
  const { id } = await other.lattice.send(
    new CreateServiceCommand({ name: 'checkout', clientToken: 'one' }),
  );
  expect(id).not.toBe(first.id);
});

test('a token is forgotten in time', async () => {
  await create('checkout', 'one');
  aheadMs = 61_000;
  expect((await create('cart', 'one')).name).toBe('cart');
});

test('a write is answered after its revision has settled, a read at once', async () => {
  await create('checkout', 'one');
  expect(settled).toEqual([control.store.revision()]);
  await names();
  expect(settled).toHaveLength(1);
});
