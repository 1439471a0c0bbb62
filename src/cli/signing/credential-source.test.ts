import { describe, expect, test } from 'vitest';
import { refreshingCredentials, type TemporaryCredentials } from './credential-source.ts';

const MINUTE = 60_000;

/** A source whose clock is turned by hand, and that hands out credentials of an hour, numbered. */
const setUp = () => {
  const clock = { ms: 0 };
  const state = { fetched: 0, isFailing: false };
  const source = refreshingCredentials(
    async (): Promise<TemporaryCredentials> => {
      state.fetched += 1;
      if (state.isFailing) throw new Error('no answer');
      return {
        accessKeyId: `ASIA${state.fetched}`,
        secretAccessKey: 'secret',
        expiresAt: new Date(clock.ms + 60 * MINUTE),
      };
    },
    () => new Date(clock.ms),
  );
  const currentId = async () => (await source.current()).accessKeyId;
  return { clock, state, source, currentId };
};

describe('temporary credentials', () => {
  test('are fetched once and kept until five minutes before they end', async () => {
    const { clock, state, currentId } = setUp();
    expect(await currentId()).toBe('ASIA1');
    clock.ms = 54 * MINUTE;
    expect(await currentId()).toBe('ASIA1');
    clock.ms = 55 * MINUTE;
    expect(await currentId()).toBe('ASIA2');
    expect(state.fetched).toBe(2);
  });

  test('are fetched once for all who ask meanwhile', async () => {
    const { state, currentId } = setUp();
    expect(await Promise.all([currentId(), currentId(), currentId()])).toEqual([
      'ASIA1',
      'ASIA1',
      'ASIA1',
    ]);
    expect(state.fetched).toBe(1);
  });

  test('are used on while there are no others, but not beyond their end', async () => {
    const { clock, state, source, currentId } = setUp();
    await source.current();
    state.isFailing = true;
    clock.ms = 59 * MINUTE;
    expect(await currentId()).toBe('ASIA1');
    clock.ms = 60 * MINUTE;
    await expect(source.current()).rejects.toThrow('no answer');
    state.isFailing = false;
    expect(await currentId()).toBe('ASIA4');
  });
});
