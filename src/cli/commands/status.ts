import type {
  GetStatusResponse,
  ServiceStatus,
  TargetGroupStatus,
} from '../../protocol/generated/pergola.ts';
import { connect, type DataOption } from '../connect.ts';
import { formatEndpoint } from '../endpoint.ts';
import { printableValues } from '../printable.ts';
import { type Output, type Paint, painter } from '../style.ts';
import { table } from '../table.ts';

export interface StatusOptions extends DataOption {
  readonly json?: boolean;
}

export const runStatus = async (options: StatusOptions, output: Output): Promise<void> => {
  const { client } = connect(options);
  const status = await client.call<GetStatusResponse>('pergola', 'GET', '/status');
  output.write(
    options.json === true
      ? `${JSON.stringify(status, undefined, 2)}\n`
      : renderStatus(status, painter(output)),
  );
};

const number = new Intl.NumberFormat('en-US');
const count = (value: number): string => number.format(value);
const plural = (value: number, noun: string, nouns = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : nouns}`;

interface Named {
  readonly id: string;
  readonly name?: string | undefined;
}

const names = (items: readonly Named[]): string =>
  items.map((item) => item.name ?? item.id).join(', ') || '-';

const listeners = (service: ServiceStatus): string =>
  service.listeners
    .map((listener) => {
      const rules = listener.rules === 0 ? '' : ` (${plural(listener.rules, 'rule')})`;
      return `${listener.protocol} ${listener.port}${rules}`;
    })
    .join(', ') || '-';

const USUAL = new Set<string | undefined>([undefined, 'HTTP', 'HTTP1']);

/** Where it is not HTTP/1.1 in the clear, how targets are spoken to; what carries no traffic yet is told apart. */
const groupType = ({ type, protocol, protocolVersion }: TargetGroupStatus): string => {
  if (type !== 'IP' && type !== 'INSTANCE') return `${type} (no traffic yet)`;
  return [type, protocol, protocolVersion].filter((word) => !USUAL.has(word)).join(' ');
};

const STATUS_COLOURS = {
  HEALTHY: 'green',
  UNHEALTHY: 'red',
  INITIAL: 'yellow',
  DRAINING: 'yellow',
} as const;

const paintStatus = (status: string, paint: Paint, text = status): string => {
  const colour = STATUS_COLOURS[status as keyof typeof STATUS_COLOURS];
  return colour === undefined ? text : paint(colour, text);
};

/** `2 healthy, 1 unhealthy`: the statuses of a group's targets, the most frequent first. */
export const summariseTargets = (group: TargetGroupStatus, paint: Paint): string => {
  const counts = new Map<string, number>();
  for (const target of group.targets) {
    counts.set(target.status, (counts.get(target.status) ?? 0) + 1);
  }
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return (
    sorted
      .map(([status, times]) => paintStatus(status, paint, `${times} ${status.toLowerCase()}`))
      .join(', ') || 'no targets'
  );
};

/** The state of the instance at a glance, as text. */
export const renderStatus = (answer: GetStatusResponse, paint: Paint): string => {
  const status = printableValues(answer);
  const requests = status.services.reduce((sum, service) => sum + service.counters.requests, 0);
  const heads = (...texts: readonly string[]) => texts.map((text) => paint('dim', text));
  const sections = [
    [
      paint('bold', status.region),
      `revision ${status.revision}`,
      // Only the operator sees them.
      ...(status.workers === undefined ? [] : [plural(status.workers.length, 'worker')]),
      plural(requests, 'request'),
      ...(status.dns !== undefined && status.dns.queries > 0
        ? [plural(status.dns.queries, 'DNS query', 'DNS queries')]
        : []),
      ...(status.dns !== undefined && status.dns.failed > 0
        ? [paint('red', `${count(status.dns.failed)} of them without an answer`)]
        : []),
      ...(status.refusedConnections > 0
        ? [plural(status.refusedConnections, 'refused connection')]
        : []),
      ...(status.droppedLogRecords > 0
        ? [paint('red', plural(status.droppedLogRecords, 'lost log record'))]
        : []),
    ].join(', '),
  ];
  if (status.portals.length > 0) {
    sections.push(
      table(
        heads('PORTAL', 'DNS', 'VPC', 'NAME', 'CIDR', 'NETWORK', 'DROPPED'),
        status.portals.map((portal) => [
          portal.url ?? '-',
          portal.resolver ?? '-',
          portal.vpcId,
          portal.name ?? '-',
          portal.cidrBlock,
          names(portal.networks),
          count(portal.deniedConnections ?? 0),
        ]),
        { right: [6] },
      ),
    );
  }
  const problems = status.networkProblems ?? [];
  if (problems.length > 0) {
    sections.push(
      table(
        heads('NOT MADE', 'VPC', 'STATE', 'REASON'),
        problems.map(({ vpcId, instanceId, port, reason, isGivenUp }) => [
          instanceId ?? (port === undefined ? 'network' : `port ${port}`),
          vpcId,
          isGivenUp ? paint('red', 'given up') : paint('yellow', 'tried again'),
          reason,
        ]),
      ),
    );
  }
  if (status.networks.length > 0) {
    sections.push(
      table(
        heads('NETWORK', 'AUTH', 'SERVICES', 'VPCS'),
        status.networks.map((network) => [
          network.name,
          network.authType,
          names(network.services),
          names(network.vpcs),
        ]),
      ),
    );
  }
  if (status.services.length > 0) {
    sections.push(
      table(
        heads('SERVICE', 'STATUS', 'AUTH', 'LISTENERS', 'NETWORKS', 'REQUESTS', '5XX', 'HOST'),
        status.services.map((service) => [
          service.name,
          service.status,
          service.authType,
          listeners(service),
          names(service.networks),
          count(service.counters.requests),
          count(service.counters.status5xx),
          service.customDomainName ?? service.domainName,
        ]),
        { right: [5, 6] },
      ),
    );
  }
  const unserved = status.services.flatMap(({ name, customDomainName, domainProblem }) =>
    customDomainName === undefined || domainProblem === undefined
      ? []
      : [[customDomainName, name, paint('red', domainProblem)]],
  );
  if (unserved.length > 0) {
    sections.push(table(heads('NO HTTPS FOR', 'SERVICE', 'WHICH'), unserved));
  }
  if (status.targetGroups.length > 0) {
    sections.push(
      table(
        heads('TARGET GROUP', 'TYPE', 'REQUESTS', '5XX', 'TARGETS'),
        status.targetGroups.map((group) => [
          group.name,
          groupType(group),
          count(group.counters.requests),
          count(group.counters.status5xx),
          summariseTargets(group, paint),
        ]),
        { right: [2, 3] },
      ),
    );
  }
  const ailing = status.targetGroups.flatMap((group) =>
    group.targets
      .filter((target) => target.status !== 'HEALTHY')
      .map((target) => [
        formatEndpoint(target.id, target.port || undefined),
        group.name,
        paintStatus(target.status, paint),
        target.reasonCode ?? '-',
      ]),
  );
  if (ailing.length > 0) {
    sections.push(table(heads('NOT HEALTHY', 'TARGET GROUP', 'STATUS', 'REASON'), ailing));
  }
  if (status.networks.length + status.services.length + status.targetGroups.length === 0) {
    sections.push(
      'nothing is built yet; start with: aws vpc-lattice create-service-network --name NAME',
    );
  }
  return `${sections.join('\n\n')}\n`;
};
