import { megabytes, ms, percent, thousands, times, us } from '../format.ts';
import type { Report } from '../results.ts';
import type { NetnsResults } from '../sections/netns.ts';
import type { LaunchTimes } from './launches.ts';
import { INSTANCES_OF_A_VPC, type ManyNetworksRow } from './many-networks.ts';
import type { CrossingResults, CrossingRow } from './proxying.ts';

export const netnsReports = (results: NetnsResults): readonly Report[] =>
  'skipped' in results
    ? [
        {
          title: 'VPCs as network namespaces',
          head: ['skipped'],
          rows: [[results.skipped]],
          notes: [],
        },
      ]
    : [
        ...crossingReports(results.crossing),
        launchReport(results.launches),
        sizeReport(results.sizes),
      ];

const crossingReports = ({ kept, fresh }: CrossingResults): readonly Report[] => [
  {
    title: 'Across network namespaces',
    head: [
      ...['proxy', 'client and target', 'requests/s', 'p50', 'p99', 'CPU a request', 'of loopback'],
      ...['core used', 'failed'],
    ],
    rows: kept.map((row) => [
      ...commonCells(row),
      row.isAcross ? times(row.cpuRatio) : '',
      percent(row.busy),
      String(row.failed),
    ]),
    notes: [
      'As in "Proxying HTTP/1.1", with access log. Pergola: from an instance in one VPC to an instance in another, both VPCs with the same addresses (veth to its router, sockets there, veth from the router). HAProxy: in a namespace of its own, with a veth pair to that of the client and one to that of the target. Of loopback: beside itself with all on 127.0.0.1, the median of the rounds. What HAProxy has more is the kernel\'s share.',
    ],
  },
  {
    title: 'A new connection to the target for each request',
    head: [
      ...['proxy', 'client and target', 'requests/s', 'p50', 'p99', 'CPU a request', 'more p50'],
      'failed',
    ],
    rows: fresh.map((row) => [
      ...commonCells(row),
      row.isAcross ? us(row.moreUs) : '',
      String(row.failed),
    ]),
    notes: [
      'One client with one request at a time on a kept connection; the target closes after each answer. More p50: than on loopback, the median of the rounds.',
    ],
  },
];

const commonCells = (row: CrossingRow): readonly string[] => [
  row.proxy,
  row.isAcross ? 'in namespaces' : 'on loopback',
  thousands(row.requestsPerSecond),
  us(row.p50Us),
  us(row.p99Us),
  `${row.cpuUs.toFixed(1)} µs`,
];

const launchReport = ({ launches, answered, reached }: LaunchTimes): Report => ({
  title: 'From RunInstances to an instance that can be reached',
  head: ['until', 'launches', 'p50', 'p99'],
  rows: [
    ['the call is answered', String(launches), ms(answered.p50), ms(answered.p99)],
    ['a neighbour gets an answer', String(launches), ms(reached.p50), ms(reached.p99)],
  ],
  notes: [
    'One after the other in one VPC, by the AWS SDK. The neighbour is in the same subnet and connects to a port on which nobody listens, which the instance refuses.',
  ],
});

const sizeReport = (rows: readonly ManyNetworksRow[]): Report => ({
  title: `Many VPCs, with ${INSTANCES_OF_A_VPC} instances each`,
  head: ['VPCs', 'start', 'start after kill -9', 'stop', 'control RSS', 'worker RSS', 'kernel'],
  rows: rows.map((row) => [
    thousands(row.vpcs),
    ms(row.startMs, 0),
    ms(row.restartMs, 0),
    ms(row.stopMs, 0),
    megabytes(row.control.rss),
    megabytes(row.worker.rss),
    megabytes(row.kernel),
  ]),
  notes: [
    'Start: until `pergola up` is ready, when all networks are made and somebody answers for names in each; after `kill -9` those of the process before are removed first. Kernel: what its slab, per-CPU and virtual memory grew by, whatever else the machine did.',
  ],
});
