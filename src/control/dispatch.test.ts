import { describe, expect, test } from 'vitest';
import { openWorld } from './authorization/authorization-fixture.ts';
import { callerOf, type Statements } from './authorization/caller-fixture.ts';
import { createDispatch, type DispatchOptions } from './dispatch.ts';
import { type Operation, readOperation, stagedOperation, writeOperation } from './operation.ts';
import { NOW } from './operations/vpc-lattice/lattice-fixture.ts';
import { openService } from './services.ts';

const { store, settings } = await openWorld();

const dispatch = createDispatch({
  store,
  settings,
  now: () => NOW,
  settle: async () => {},
} as Partial<DispatchOptions> as DispatchOptions);

const KINDS: Readonly<
  Record<Operation<unknown, unknown>['kind'], (run: () => void) => Operation<unknown, unknown>>
> = {
  read: (run) => readOperation(async () => run()),
  write: (run) => writeOperation(async () => run()),
  staged: (run) => stagedOperation(async () => run()),
};

describe.each(Object.entries(KINDS))('a %s operation', (_, operationOf) => {
  const call = async (identity: Statements) => {
    const { value: caller } = await store.write((tx) => callerOf(tx, { identity }));
    let runs = 0;
    const operation = operationOf(() => {
      runs += 1;
    });
    const service = { ...(await openService('pergola')), operations: { GetStatus: operation } };
    const answer = await dispatch(service, 'GetStatus', {}, caller, 'id', {}).then(
      () => 'answered',
      (error: Error) => error.message,
    );
    return { answer, runs };
  };

  test('runs for whoever may call it', async () => {
    expect(await call([{ Action: 'pergola:GetStatus' }])).toEqual({ answer: 'answered', runs: 1 });
  });

  test('does not run for others', async () => {
    expect(await call([{ Action: 'pergola:List*' }])).toEqual({
      answer: expect.stringContaining('is not authorized to perform: pergola:GetStatus'),
      runs: 0,
    });
  });
});
