import { megabytes, ms, times } from './format.ts';
import type { CrossingRow } from './netns/proxying.ts';
import { CADDY } from './proxies/caddy.ts';
import type { Peer } from './proxies/contender.ts';
import { HAPROXY } from './proxies/haproxy.ts';
import { HTTP_PROXY } from './proxies/node-peers.ts';
import type { Report, Results } from './results.ts';
import { SIGNED } from './sections/auth.ts';
import type { GrowthRow } from './sections/growth.ts';
import { PERGOLA_HTTP2 } from './sections/http2.ts';
import { DIRECTIONS, throughputRatio } from './sections/passthrough.ts';
import { cpuRatio, PERGOLA } from './sections/proxy.ts';

/** One number that the design promises. */
interface DesignNumber {
  readonly what: string;
  readonly wanted: string;
  /** Undefined when this run did not measure it. */
  readonly measured: string | undefined;
  readonly isHeld: boolean;
}

/**
 * "The same time" for different numbers of services: what tells a table from a list. A list with a
 * thousand times as many services would take hundreds of times as long.
 */
const SAME = 1.25;

export const designReport = (results: Results): Report => ({
  title: 'The numbers of the design',
  head: ['number', 'wanted', 'measured', ''],
  rows: designNumbers(results).map(({ what, wanted, measured, isHeld }) => [
    what,
    wanted,
    measured ?? 'not measured in this run',
    measured === undefined ? '' : isHeld ? 'pass' : 'FAIL',
  ]),
  notes: ['Not measured here: what survives `kill -9` and lost targets, which is held by tests.'],
});

const designNumbers = (results: Results): readonly DesignNumber[] => [
  cpuBeside(results, HAPROXY, 1.5),
  cpuBeside(results, HTTP_PROXY, 0.5),
  cpuBeside(results, CADDY, 0.3),
  ...http2Numbers(results),
  ...DIRECTIONS.map((direction) => passthroughNumber(results, direction)),
  authNumber(results),
  ...growthNumbers(results),
  propagationNumber(results, 1_000, 10),
  propagationNumber(results, 10_000, 25),
  staleNumber(results),
  startNumber(results, 0, 'empty', 1_000),
  startNumber(results, 1_000, '1,000 services', 3_000),
  memoryNumber(results),
  ...netnsNumbers(results),
];

type Show = (value: number) => string;

const atMost = (
  what: string,
  limit: number,
  value: number | undefined,
  show: Show,
): DesignNumber => ({
  what,
  wanted: `at most ${show(limit)}`,
  measured: value === undefined ? undefined : show(value),
  isHeld: value !== undefined && value <= limit,
});

const atLeast = (
  what: string,
  limit: number,
  value: number | undefined,
  show: Show,
): DesignNumber => ({
  ...atMost(what, limit, value, show),
  wanted: `at least ${show(limit)}`,
  isHeld: value !== undefined && value >= limit,
});

const microseconds = (value: number): string => `${value.toFixed(1)} µs`;

const http2Numbers = ({ http2 }: Results): readonly DesignNumber[] =>
  PERGOLA_HTTP2.map((name) =>
    atMost(
      `CPU a request of HTTP/2: ${name}`,
      45,
      http2?.rows.find((row) => row.name === name)?.cpuUs,
      microseconds,
    ),
  );

const passthroughNumber = (
  { passthrough }: Results,
  direction: (typeof DIRECTIONS)[number],
): DesignNumber =>
  atLeast(
    `throughput of TLS passed through ${direction}, beside HAProxy`,
    0.6,
    passthrough && throughputRatio(passthrough, direction),
    times,
  );

const cpuBeside = ({ proxy }: Results, { name }: Peer, limit: number): DesignNumber =>
  atMost(
    `CPU a request, access log on, beside ${name}`,
    limit,
    proxy && cpuRatio(proxy, PERGOLA, name),
    times,
  );

const authNumber = ({ auth }: Results): DesignNumber =>
  atMost(
    'CPU a request for SigV4 and two auth policies',
    12,
    auth?.rows.find(({ name }) => name === SIGNED)?.moreUs,
    microseconds,
  );

const growthNumbers = ({ growth }: Results): readonly DesignNumber[] => {
  const ratio = (
    rows: readonly GrowthRow[] | undefined,
    small: number,
    large: number,
    pick: (row: GrowthRow) => number,
  ): number | undefined => {
    const [a, b] = [small, large].map((count) => rows?.find((row) => row.count === count));
    return a === undefined || b === undefined ? undefined : pick(b) / pick(a);
  };
  const services = growth?.services;
  return [
    atMost(
      'route choice with 10,000 services beside 10',
      SAME,
      ratio(services, 10, 10_000, (row) => row.routeNs),
      times,
    ),
    atMost(
      'CPU a request with 10,000 services beside 10',
      SAME,
      ratio(services, 10, 10_000, (row) => row.cpuUs),
      times,
    ),
    atMost(
      'route choice with 1,000 rules beside 10',
      2,
      ratio(growth?.rules, 10, 1_000, (row) => row.routeNs),
      times,
    ),
  ];
};

const propagationNumber = (
  { propagation }: Results,
  services: number,
  limitMs: number,
): DesignNumber => {
  const rows = propagation?.filter((row) => row.services === services) ?? [];
  const slowest = rows.length === 0 ? undefined : Math.max(...rows.map(({ call }) => call.p99));
  return atMost(
    `API call until every worker uses it, p99, ${services.toLocaleString('en-US')} services`,
    limitMs,
    slowest,
    ms,
  );
};

const staleNumber = ({ propagation }: Results): DesignNumber =>
  atMost(
    'requests routed the old way after the API answered',
    0,
    propagation?.reduce((sum, { stale }) => sum + stale, 0),
    String,
  );

const startNumber = (
  { start }: Results,
  services: number,
  what: string,
  limitMs: number,
): DesignNumber =>
  atMost(
    `start until ready, ${what}, median`,
    limitMs,
    // The last one: starts without compiled code come first.
    start?.findLast((row) => row.services === services)?.medianMs,
    (value) => ms(value, 0),
  );

const memoryNumber = ({ memory }: Results): DesignNumber => {
  const empty = memory?.find(({ services }) => services === 0);
  return atMost(
    'RSS of control plane and one worker, empty',
    130e6,
    empty === undefined ? undefined : empty.control.rss + empty.worker.rss,
    megabytes,
  );
};

const netnsNumbers = ({ netns }: Results): readonly DesignNumber[] => {
  const crossing = netns && 'crossing' in netns ? netns.crossing : undefined;
  const across = (rows: readonly CrossingRow[] | undefined) =>
    rows?.find(({ proxy, isAcross }) => proxy === 'Pergola' && isAcross);
  return [
    atMost(
      'CPU a request across namespaces, beside loopback',
      1.15,
      across(crossing?.kept)?.cpuRatio,
      times,
    ),
    atMost(
      'a new connection to a target in a namespace, more than on loopback',
      500,
      across(crossing?.fresh)?.moreUs,
      (value) => `${value.toFixed(0)} µs`,
    ),
  ];
};
