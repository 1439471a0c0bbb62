/** Makes the load of the plan in its first argument and prints the result, both as JSON. */
import { createHistogram } from 'node:perf_hooks';
import { KeepAliveClient } from './keep-alive-client.ts';
import type { LoadPlan, LoadResult } from './load.ts';

const plan = JSON.parse(process.argv[2] ?? '') as LoadPlan;
const texts = plan.requests.map(({ host, path, headers = {} }) =>
  [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n'),
);
/** Of nanoseconds. */
const latencies = createHistogram();
let turn = 0;
let failed = 0;

const clients = Array.from(
  { length: plan.connections },
  () =>
    new KeepAliveClient({
      port: plan.port,
      ...(plan.approach !== undefined && { address: plan.approach.address }),
      next: () => texts[turn++ % texts.length],
      onAnswer: ({ status }, sentAt, receivedAt) => {
        latencies.record(Math.max(1, Math.round((receivedAt - sentAt) * 1e6)));
        if (status >= 400) failed += 1;
      },
      onBroken: () => {
        failed += 1;
      },
    }),
);
const start = performance.now();
setTimeout(() => {
  for (const client of clients) client.close();
  const seconds = (performance.now() - start) / 1000;
  const result: LoadResult = {
    requests: latencies.count,
    requestsPerSecond: latencies.count / seconds,
    p50Us: latencies.percentile(50) / 1e3,
    p99Us: latencies.percentile(99) / 1e3,
    failed,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}, plan.seconds * 1000);
