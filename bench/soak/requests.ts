import { KeepAliveClient } from '../load/keep-alive-client.ts';
import type { Soak } from './soak.ts';
import { type Group, startSplitService, WEIGHTS } from './split-service.ts';

const CONNECTIONS = 32;

/**
 * Requests of HTTP/1.1 through two weighted target groups while their targets are replaced, crash and
 * fail their health checks. Holds when none failed and the shares are within 1 % of the weights.
 */
export const soakRequests = async (soak: Soak): Promise<boolean> => {
  const { options, say } = soak;
  const service = await startSplitService(soak, 'http');
  say(`${options.requests} requests to ${service.host}, seed ${options.seed}`);

  const answers = { blue: 0, green: 0, failed: 0, broken: 0 };
  const failures = new Map<string, number>();
  const calm = service.disturb();
  const start = performance.now();
  await load(options.requests, service.portal, service.host, say, (group) => {
    if (group === 'blue' || group === 'green') answers[group satisfies Group]++;
    else if (group === undefined) answers.broken++;
    else {
      answers.failed++;
      failures.set(group, (failures.get(group) ?? 0) + 1);
    }
  });
  const seconds = (performance.now() - start) / 1000;
  await calm();

  const total = answers.blue + answers.green;
  const share = (100 * answers.blue) / total;
  say(
    `${total} answered in ${seconds.toFixed(0)} s (${(total / seconds).toFixed(0)} a second), ` +
      `${answers.failed} failed, ${answers.broken} connections broken`,
  );
  for (const [what, count] of failures) say(`  ${count} x ${what}`);
  say(`blue ${share.toFixed(2)} % of ${WEIGHTS.blue} %\n${service.events()}`);
  return answers.failed === 0 && answers.broken === 0 && Math.abs(share - WEIGHTS.blue) <= 1;
};

/** Sends `count` requests; `answered` gets the group, a status line that is not 200, or undefined for a broken connection. */
const load = async (
  count: number,
  port: number,
  host: string,
  say: Soak['say'],
  answered: (group: string | undefined) => void,
): Promise<void> => {
  const text = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  let sent = 0;
  let ended = 0;
  await new Promise<void>((resolve) => {
    const clients = Array.from(
      { length: CONNECTIONS },
      () =>
        new KeepAliveClient({
          port,
          next: () => {
            if (sent >= count) return undefined;
            sent++;
            return text;
          },
          onAnswer: ({ status, head }) => {
            end(status === 200 ? (/\r\nx-group: (\w+)/.exec(head)?.[1] ?? head) : head);
          },
          onBroken: () => end(undefined),
        }),
    );
    const end = (group: string | undefined): void => {
      answered(group);
      if (++ended % 100_000 === 0) say(`${ended}`);
      if (ended < count) return;
      for (const client of clients) client.close();
      resolve();
    };
  });
};
