import type { CallWish } from './call-wish.ts';
import { GrpcCaller } from './grpc-caller.ts';
import type { Soak } from './soak.ts';
import { startSplitService } from './split-service.ts';

const CONNECTIONS = 8;
const STREAMS = 16;

/** One call in twenty lasts, so that targets are taken away from under calls. */
const SHORT: CallWish = { messages: 1, everyMs: 0 };
const LONG: CallWish = { messages: 6, everyMs: 200 };
const LONG_EVERY = 20;

/**
 * gRPC calls, some of them streaming for a second, through target groups whose targets are deregistered,
 * drained, replaced and fail their health checks. Holds when none is lost: the caller repeats nothing.
 */
export const soakCalls = async (soak: Soak): Promise<boolean> => {
  const { options, say } = soak;
  const service = await startSplitService(soak, 'grpc');
  say(`${options.calls} calls to ${service.host}, seed ${options.seed}`);
  const calm = service.disturb();
  const start = performance.now();
  const groups = new Map<string, number>();
  const faults = new Map<string, number>();
  let begun = 0;
  let ended = 0;
  const callOn = async (caller: GrpcCaller): Promise<void> => {
    while (begun < options.calls) {
      begun++;
      const answer = await caller.call(begun % LONG_EVERY === 0 ? LONG : SHORT);
      const [counts, key] = 'group' in answer ? [groups, answer.group] : [faults, answer.fault];
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (++ended % 50_000 === 0) say(`${ended}`);
    }
  };
  const callers = Array.from(
    { length: CONNECTIONS },
    () => new GrpcCaller(service.portal, service.host),
  );
  await Promise.all(
    callers.flatMap((caller) => Array.from({ length: STREAMS }, () => callOn(caller))),
  );
  for (const caller of callers) caller.close();
  const seconds = (performance.now() - start) / 1000;
  await calm();
  const lost = [...faults.values()].reduce((sum, count) => sum + count, 0);
  say(
    `${ended} calls in ${seconds.toFixed(0)} s (${(ended / seconds).toFixed(0)} a second), ${lost} lost`,
  );
  for (const [fault, count] of faults) say(`  ${count} x ${fault}`);
  say(`answered by ${JSON.stringify(Object.fromEntries(groups))}\n${service.events()}`);
  return lost === 0;
};
