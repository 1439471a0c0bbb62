import { megabytes, ms, nanoseconds, percent, thousands, times, us } from './format.ts';
import { netnsReports } from './netns/netns-reports.ts';
import { HAPROXY } from './proxies/haproxy.ts';
import type { Report, Results } from './results.ts';
import type { AuthResults } from './sections/auth.ts';
import type { GrowthResults, GrowthRow } from './sections/growth.ts';
import type { GrpcResults } from './sections/grpc.ts';
import type { HandshakeResults } from './sections/handshakes.ts';
import type { Http2Results } from './sections/http2.ts';
import type { MemoryRow } from './sections/memory.ts';
import {
  PASSTHROUGH_PERGOLA,
  type PassthroughResults,
  throughputRatio,
} from './sections/passthrough.ts';
import type { PropagationRow } from './sections/propagation.ts';
import { cpuRatio, type ProxyResults } from './sections/proxy.ts';
import type { StartRow } from './sections/start.ts';

/** One table for each section that was measured. */
export const reportsOf = (results: Results): readonly Report[] => [
  ...(results.proxy === undefined ? [] : [proxyReport(results.proxy)]),
  ...(results.http2 === undefined ? [] : [http2Report(results.http2)]),
  ...(results.grpc === undefined ? [] : [grpcReport(results.grpc)]),
  ...(results.handshakes === undefined ? [] : [handshakeReport(results.handshakes)]),
  ...(results.passthrough === undefined ? [] : [passthroughReport(results.passthrough)]),
  ...(results.auth === undefined ? [] : authReports(results.auth)),
  ...(results.growth === undefined ? [] : growthReports(results.growth)),
  ...(results.propagation === undefined ? [] : [propagationReport(results.propagation)]),
  ...(results.start === undefined ? [] : [startReport(results.start)]),
  ...(results.memory === undefined ? [] : [memoryReport(results.memory)]),
  ...(results.netns === undefined ? [] : netnsReports(results.netns)),
];

const http2Report = (results: Http2Results): Report => ({
  title: 'Proxying HTTP/2',
  head: ['proxy', 'requests/s', 'CPU a request', 'core used', 'failed'],
  rows: results.rows.map(({ name, requestsPerSecond, cpuUs, busy, failed }) => [
    name,
    thousands(requestsPerSecond),
    `${cpuUs.toFixed(1)} µs`,
    percent(busy),
    String(failed),
  ]),
  notes: [
    'GET, 64 bytes back, prior knowledge, 8 connections with 16 streams each, load by h2load, targets nginx. Medians of all rounds; CPU as above.',
    ...absentNote(results),
  ],
});

/** What the table lacks because it is not on this machine. */
const absentNote = ({ absent }: { readonly absent: readonly string[] }): readonly string[] =>
  absent.length > 0 ? [`Not on this machine: ${absent.join(', ')}.`] : [];

const grpcReport = (results: GrpcResults): Report => ({
  title: 'gRPC',
  head: ['proxy and kind', 'per second', 'CPU of one', 'core used', 'failed'],
  rows: results.rows.map((row) => [
    row.name,
    thousands(row.perSecond),
    `${row.cpuUs.toFixed(1)} µs`,
    percent(row.busy),
    String(row.failed),
  ]),
  notes: [
    'Prior knowledge on both sides, 8 connections with 16 streams each, 100 bytes a message, target node:http2, which sends back what it gets. Unary: calls by h2load, a message each way in each. Streaming: messages that went to the target and back, one under way at a time on each bidirectional stream; contents and final statuses are checked.',
    'With less than 90 % of the core used, load and target, which share the other core, were the bottleneck; CPU is to be compared then.',
    ...absentNote(results),
  ],
});

const handshakeReport = (results: HandshakeResults): Report => ({
  title: 'TLS handshakes',
  head: ['proxy', 'version', 'kind', 'handshakes/s', 'CPU of one', 'core used', 'failed'],
  rows: results.rows.map((row) => [
    row.name,
    row.version,
    row.isResumed ? 'resumed' : 'new',
    thousands(row.handshakesPerSecond),
    `${row.cpuUs.toFixed(0)} µs`,
    percent(row.busy),
    String(row.failed),
  ]),
  notes: [
    'Each on a connection of its own without a request, 32 at a time, key RSA 2048, load by node:tls: where less than 90 % of the core was used the clients were the bottleneck. CPU is with the connection around the handshake. Resumed: by a ticket from before the measurement.',
    ...absentNote(results),
  ],
});

const passthroughReport = (results: PassthroughResults): Report => ({
  title: 'TLS passthrough',
  head: ['proxy', 'direction', 'throughput', 'of HAProxy', 'CPU a GB', 'core used', 'broken'],
  rows: results.rows.map((row) => [
    row.name,
    row.direction,
    `${thousands(row.bytesPerSecond / 1e6)} MB/s`,
    row.name === PASSTHROUGH_PERGOLA ? times(throughputRatio(results, row.direction)) : '',
    ms(row.cpuUsPerGigabyte / 1e3, 0),
    percent(row.busy),
    String(row.failed),
  ]),
  notes: [
    '4 connections, each with a ClientHello by whose server name it is routed, then bytes in one direction; client and target speak no TLS behind that, which would cost them more than what is measured, and share a core. With less than 90 % of the core used, they were the bottleneck.',
    ...absentNote(results),
  ],
});

const proxyReport = (results: ProxyResults): Report => ({
  title: 'Proxying HTTP/1.1',
  head: ['proxy', 'requests/s', 'p50', 'p99', 'CPU a request', 'of HAProxy', 'core used', 'failed'],
  rows: results.rows.map((row) => [
    row.name,
    thousands(row.requestsPerSecond),
    us(row.p50Us),
    us(row.p99Us),
    `${row.cpuUs.toFixed(1)} µs`,
    times(cpuRatio(results, row.name, HAPROXY.name)),
    percent(row.busy),
    String(row.failed),
  ]),
  notes: [
    `GET, 64 bytes back, 64 kept connections, load by ${results.load}, target ${results.target}. Medians of all rounds; CPU is user and system time of the processes that carry the traffic (Pergola: its worker).`,
    'All route by host and path, keep connections to the target, add X-Forwarded-For, and give each response an id of its own. Pergola also counts, and adds what VPC Lattice adds for targets.',
    'Latencies are those of a proxy that is kept as busy as it can be.',
    ...(results.rows.some(({ busy }) => busy < 0.9)
      ? [
          'Some proxies had less than 90 % of their core: other programs ran, or the load was not enough. Better repeated on a quiet machine.',
        ]
      : []),
    ...absentNote(results),
  ],
});

const authReports = ({
  rows,
  statements,
  verification,
  evaluation,
}: AuthResults): readonly Report[] => [
  {
    title: 'Signed requests and auth policies',
    head: [
      'requests',
      'requests/s',
      'p50',
      'p99',
      'CPU a request',
      'more CPU',
      'core used',
      'failed',
    ],
    rows: rows.map((row) => [
      row.name,
      thousands(row.requestsPerSecond),
      us(row.p50Us),
      us(row.p99Us),
      `${row.cpuUs.toFixed(1)} µs`,
      `${row.moreUs.toFixed(1)} µs`,
      percent(row.busy),
      String(row.failed),
    ]),
    notes: [
      `GET, 64 kept connections, the same caller in every request, CPU of the worker. Service network and service have an auth policy of ${statements} statements each, and the caller an identity policy. More CPU: beside the first row, the median of the rounds.`,
      'The second row shows what the headers of a signature cost by themselves: to read, and to keep from the target.',
    ],
  },
  {
    title: 'Signatures of many callers',
    head: ['callers in turn', 'access keys', 'sessions'],
    rows: verification.map((row) => [
      thousands(row.callers),
      `${row.accessKeysUs.toFixed(1)} µs`,
      `${row.sessionsUs.toFixed(1)} µs`,
    ]),
    notes: [
      'Finding one caller and verifying one signature (SigV4, in the header), without policies. A worker keeps all access keys and 10,000 opened session tokens: the others are opened anew.',
    ],
  },
  {
    title: 'Auth policies alone',
    head: ['statements a policy', 'allowed', 'denied, with reasons'],
    rows: evaluation.map((row) => [
      thousands(row.statements),
      nanoseconds(row.allowedNs),
      nanoseconds(row.deniedNs),
    ]),
    notes: [
      'One decision by two policies; only the last statement of each allows. `node bench/policy-evaluate.ts` measures more closely.',
    ],
  },
];

const growthReports = ({ services, rules }: GrowthResults): readonly Report[] => [
  {
    title: 'Growing number of services',
    head: ['services', 'CPU a request', 'route choice', 'route choice, all asked', 'failed'],
    rows: services.map((row) => [
      ...growthCells(row),
      nanoseconds(row.routeAllNs),
      String(row.failed),
    ]),
    notes: [
      'CPU of the worker with requests to ten of the services in turn. Route choice: one call of `decide` (VPC, service, listener, rule), the same ten services in turn, and all services in turn (which adds what the caches of the CPU miss).',
      'The services were made by the operations of the API, run directly on the store in large transactions before the instance starts.',
    ],
  },
  {
    title: 'Growing number of rules of a listener',
    head: ['rules', 'CPU a request', 'route choice', 'failed'],
    rows: rules.map((row) => [...growthCells(row), String(row.failed)]),
    notes: [
      'Rules of four kinds (exact path, path prefix, method with path, path with header); only the last one matches. `node bench/route-choice.ts` measures each kind by itself.',
    ],
  },
];

const growthCells = (row: GrowthRow): readonly string[] => [
  thousands(row.count),
  `${row.cpuUs.toFixed(1)} µs`,
  nanoseconds(row.routeNs),
];

const propagationReport = (rows: readonly PropagationRow[]): Report => ({
  title: 'From an API call to traffic that follows it',
  head: [
    'services',
    'call',
    'changes',
    'call p50',
    'call p99',
    'to first p50',
    'to first p99',
    'after answer p50',
    'after answer p99',
    'stale',
  ],
  rows: rows.map((row) => [
    thousands(row.services),
    row.operation,
    String(row.changes),
    ...[row.call, row.toFirst, row.afterAnswer].flatMap(({ p50, p99 }) => [ms(p50), ms(p99)]),
    String(row.stale),
  ]),
  notes: [
    'Call: from the first byte of the call to the last of its answer, which Pergola gives when the change is durable and every worker uses it. To first: from the first byte of the call to the answer of the first request that was routed the new way. After answer: from the answer to that; below 0 means that it was in use before.',
    'UpdateRule switches a fixed response, UpdateListener a target group. A client asks all the time on one kept connection. Stale: requests sent after the answer and routed the old way, or failed.',
  ],
});

const startReport = (rows: readonly StartRow[]): Report => ({
  title: 'Start',
  head: ['store', 'starts', 'median', 'slowest'],
  rows: rows.map((row) => [
    row.what,
    String(row.starts),
    ms(row.medianMs, 0),
    ms(row.slowestMs, 0),
  ]),
  notes: ['`pergola up --json` on all cores, from the start of the process to its ready line.'],
});

const memoryReport = (rows: readonly MemoryRow[]): Report => ({
  title: 'Memory',
  head: ['services', 'control RSS', 'worker RSS', 'both RSS', 'both PSS'],
  rows: rows.map(({ services, control, worker }) => [
    thousands(services),
    megabytes(control.rss),
    megabytes(worker.rss),
    megabytes(control.rss + worker.rss),
    megabytes(control.pss + worker.pss),
  ]),
  notes: [
    'Some seconds after the start, without traffic. In RSS the pages that both processes share (Node.js itself) count twice, in PSS once.',
  ],
});
