import { describe, expect, test } from 'vitest';
import type { GetStatusResponse } from '../../protocol/generated/pergola.ts';
import { painter } from '../style.ts';
import { renderDirectory } from './directory.ts';
import { renderStatus } from './status.ts';

const plain = painter({ write: () => {} });
const counters = (requests: number, status5xx = 0) => ({
  requests,
  status2xx: requests - status5xx,
  status3xx: 0,
  status4xx: 0,
  status5xx,
  bytesReceived: 0,
  bytesSent: 0,
});

const empty: GetStatusResponse = {
  region: 'us-west-2',
  revision: 1,
  workers: [],
  portals: [],
  networks: [],
  services: [],
  targetGroups: [],
  refusedConnections: 0,
  droppedLogRecords: 0,
};

const status: GetStatusResponse = {
  ...empty,
  revision: 42,
  workers: [
    { index: 0, pid: 11, revision: 42, startedAt: new Date(0) },
    { index: 1, pid: 12, revision: 42, startedAt: new Date(0) },
  ],
  refusedConnections: 1,
  droppedLogRecords: 3,
  dns: { queries: 40, forwarded: 9, failed: 1 },
  portals: [
    {
      vpcId: 'vpc-0000000000000000a',
      accountId: '111122223333',
      cidrBlock: '10.0.0.0/16',
      name: 'shop',
      port: 7180,
      url: 'http://127.0.0.1:7180',
      resolver: '127.0.0.1:5300',
      networks: [{ id: 'sn-1', name: 'shop' }],
      deniedConnections: 1234,
    },
    {
      vpcId: 'vpc-0000000000000000b',
      accountId: '111122223333',
      cidrBlock: '10.0.0.0/16',
      port: 7181,
      url: 'http://127.0.0.1:7181',
      networks: [],
    },
  ],
  networks: [
    {
      id: 'sn-1',
      arn: 'arn',
      name: 'shop',
      accountId: '111122223333',
      authType: 'NONE',
      services: [{ id: 'svc-1', name: 'storefront' }],
      vpcs: [{ id: 'vpc-0000000000000000a' }],
    },
  ],
  services: [
    {
      id: 'svc-1',
      arn: 'arn',
      name: 'storefront',
      accountId: '111122223333',
      status: 'ACTIVE',
      authType: 'NONE',
      domainName: 'storefront-1.on.aws',
      networks: [{ id: 'sn-1', name: 'shop' }],
      listeners: [{ id: 'listener-1', name: 'http', protocol: 'HTTP', port: 80, rules: 4 }],
      counters: counters(12_345, 2),
    },
  ],
  targetGroups: [
    {
      id: 'tg-1',
      arn: 'arn',
      name: 'cart',
      accountId: '111122223333',
      type: 'IP',
      protocol: 'HTTP',
      protocolVersion: 'HTTP1',
      status: 'ACTIVE',
      services: [],
      targets: [
        { id: '10.0.2.11', port: 80, status: 'HEALTHY' },
        { id: '10.0.2.13', port: 80, status: 'UNHEALTHY', reasonCode: 'HealthCheckFailed' },
        { id: '10.0.2.12', port: 80, status: 'HEALTHY' },
      ],
      counters: counters(500),
    },
    {
      id: 'tg-2',
      arn: 'arn',
      name: 'spare',
      accountId: '111122223333',
      type: 'LAMBDA',
      status: 'ACTIVE',
      services: [],
      targets: [],
      counters: counters(0),
    },
  ],
};

describe('status', () => {
  test('shows everything at a glance', () => {
    expect(renderStatus(status, plain)).toBe(
      `us-west-2, revision 42, 2 workers, 12,345 requests, 40 DNS queries, 1 of them without an answer, 1 refused connection, 3 lost log records

PORTAL                 DNS             VPC                    NAME  CIDR         NETWORK  DROPPED
http://127.0.0.1:7180  127.0.0.1:5300  vpc-0000000000000000a  shop  10.0.0.0/16  shop       1,234
http://127.0.0.1:7181  -               vpc-0000000000000000b  -     10.0.0.0/16  -              0

NETWORK  AUTH  SERVICES    VPCS
shop     NONE  storefront  vpc-0000000000000000a

SERVICE     STATUS  AUTH  LISTENERS          NETWORKS  REQUESTS  5XX  HOST
storefront  ACTIVE  NONE  HTTP 80 (4 rules)  shop        12,345    2  storefront-1.on.aws

TARGET GROUP  TYPE                     REQUESTS  5XX  TARGETS
cart          IP                            500    0  2 healthy, 1 unhealthy
spare         LAMBDA (no traffic yet)         0    0  no targets

NOT HEALTHY   TARGET GROUP  STATUS     REASON
10.0.2.13:80  cart          UNHEALTHY  HealthCheckFailed
`,
    );
  });

  test('tells apart what carries no traffic yet', () => {
    const [service] = status.services;
    const [group] = status.targetGroups;
    if (service === undefined || group === undefined) throw new Error('the fixture lacks them');
    const listener = (protocol: string, port: number) => ({
      id: `listener-${port}`,
      name: `on-${port}`,
      protocol,
      port,
      rules: 1,
    });
    const groups = [
      { type: 'LAMBDA' },
      { type: 'ALB', protocol: 'HTTP', protocolVersion: 'HTTP1' },
      { type: 'IP', protocol: 'HTTPS', protocolVersion: 'HTTP1' },
      { type: 'IP', protocol: 'HTTP', protocolVersion: 'GRPC' },
      { type: 'IP', protocol: 'HTTPS', protocolVersion: 'HTTP2' },
      { type: 'INSTANCE', protocol: 'TCP' },
      { type: 'INSTANCE', protocol: 'HTTP', protocolVersion: 'HTTP1' },
    ];
    const text = renderStatus(
      {
        ...empty,
        services: [
          { ...service, listeners: [listener('HTTPS', 443), listener('TLS_PASSTHROUGH', 8443)] },
        ],
        targetGroups: groups.map(({ type, protocol, protocolVersion }) => ({
          ...group,
          type,
          protocol,
          protocolVersion,
          targets: [],
        })),
      },
      plain,
    );
    expect(text).toContain('HTTPS 443 (1 rule), TLS_PASSTHROUGH 8443 (1 rule)  ');
    expect([...text.matchAll(/^cart +(.*?) +500 /gm)].map((match) => match[1])).toEqual([
      'LAMBDA (no traffic yet)',
      'ALB (no traffic yet)',
      'IP HTTPS',
      'IP GRPC',
      'IP HTTPS HTTP2',
      'INSTANCE TCP',
      'INSTANCE',
    ]);
  });

  test('names the custom domain names that clients cannot reach over HTTPS', () => {
    const [service] = status.services;
    if (service === undefined) throw new Error('the fixture lacks it');
    const text = renderStatus(
      {
        ...empty,
        services: [
          { ...service, customDomainName: 'shop.example', domainProblem: 'has no certificate' },
          { ...service, name: 'cart', customDomainName: 'cart.example' },
        ],
      },
      plain,
    );
    expect(text).toContain(`
NO HTTPS FOR  SERVICE     WHICH
shop.example  storefront  has no certificate
`);
    expect(text.match(/cart\.example/g)).toHaveLength(1);
  });

  test('names networks and instances that are not made, and why', () => {
    const vpcId = 'vpc-0000000000000000a';
    const text = renderStatus(
      {
        ...empty,
        networkProblems: [
          { vpcId, reason: 'no router', isGivenUp: false },
          { vpcId, port: 53, reason: 'DNS has it', isGivenUp: false },
          { vpcId, instanceId: 'i-00000000000000001', reason: 'no room', isGivenUp: true },
        ],
      },
      plain,
    );
    expect(text).toContain(`
NOT MADE             VPC                    STATE        REASON
network              vpc-0000000000000000a  tried again  no router
port 53              vpc-0000000000000000a  tried again  DNS has it
i-00000000000000001  vpc-0000000000000000a  given up     no room
`);
  });

  test('shows workers to those only who may see them', () => {
    const { workers: _, ...others } = status;
    expect(renderStatus(others, plain)).toMatch(/^us-west-2, revision 42, 12,345 requests/);
  });

  test('of an empty instance says how to begin', () => {
    expect(renderStatus(empty, plain)).toBe(
      'us-west-2, revision 1, 0 workers, 0 requests\n\nnothing is built yet; start with: aws vpc-lattice create-service-network --name NAME\n',
    );
  });

  test('is coloured on a terminal only, and never with NO_COLOR', () => {
    const terminal = { write: () => {}, isTTY: true };
    expect(renderStatus(status, painter(terminal, {}))).toContain(
      '\u001b[31m1 unhealthy\u001b[39m',
    );
    expect(renderStatus(status, painter(terminal, { NO_COLOR: '1' }))).not.toContain('\u001b');
    expect(renderStatus(status, plain)).not.toContain('\u001b');
  });
});

describe('directory', () => {
  test('lists where services are reached and whose they are', () => {
    expect(
      renderDirectory([
        {
          name: 'storefront',
          id: 'svc-1',
          arn: 'arn',
          owner: '111122223333',
          ownerName: 'default',
          domainName: 'storefront-1.on.aws',
          customDomainName: 'shop.example.com',
          status: 'ACTIVE',
          networks: [{ id: 'sn-1', name: 'shop' }, { id: 'sn-2' }],
          listeners: [{ protocol: 'HTTP', port: 80 }],
        },
      ]),
    ).toBe(
      `SERVICE     STATUS  OWNER    LISTENERS  NETWORKS    HOST
storefront  ACTIVE  default  HTTP 80    shop, sn-2  shop.example.com
`,
    );
  });

  test('that is empty says how to begin', () => {
    expect(renderDirectory([])).toContain('aws vpc-lattice create-service');
  });
});
