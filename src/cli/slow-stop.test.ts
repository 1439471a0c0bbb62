import { describe, expect, test } from 'vitest';
import { explainSlowStop } from './slow-stop.ts';

const begin = () => {
  const stop = new AbortController();
  const { promise: stopped, resolve: endStop } = Promise.withResolvers<void>();
  let written = '';
  let timer: { ms: number; run: () => void } | undefined;
  explainSlowStop(
    {
      stop: stop.signal,
      stopped,
      stopMs: 30_000,
      after: (ms, run) => {
        timer = { ms, run };
        return () => {
          timer = undefined;
        };
      },
    },
    {
      write: (text) => {
        written += text;
      },
    },
  );
  return {
    pressCtrlC: () => stop.abort(),
    endStop: async () => {
      endStop();
      await stopped;
    },
    timer: () => timer,
    written: () => written,
  };
};

describe('a stop', () => {
  test('that takes longer than 200 ms says what it waits for', () => {
    const one = begin();
    expect(one.timer()).toBeUndefined();
    one.pressCtrlC();
    expect(one.written()).toBe('');
    expect(one.timer()?.ms).toBe(200);
    one.timer()?.run();
    expect(one.written()).toBe(
      'pergola: stopping; waits up to 30 s for requests in flight, Ctrl-C again cuts them off\n',
    );
  });

  test('that is over before says nothing', async () => {
    const one = begin();
    one.pressCtrlC();
    await one.endStop();
    expect(one.timer()).toBeUndefined();
    expect(one.written()).toBe('');
  });
});
