import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { DIAL_ADDRESSES, serviceAddressOf } from '../../src/lattice/service-address.ts';
import type { PathExplanation } from '../../src/protocol/generated/pergola.ts';
import type { UnderlayName } from '../../src/underlay/underlay.ts';
import { Lab, logLines, TIMED_OUT } from '../netns/lab.ts';
import { newDataDir, until } from '../process/instance.ts';
import { PERGOLA, runProgram } from './instance.ts';

interface Shape {
  /** What targets see of an IPv4 connection, and of one of IPv6. */
  readonly peers: { readonly 4: string; readonly 6: string };
}

const REACHED = { code: 0 };
const DROPPED = { code: TIMED_OUT };

/** What of an echo's answer does not depend on the moment. */
const answerOf = ({ text }: { text: string }) => JSON.parse(text) as Record<string, string>;

const HTTP = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80 };
const EVERYTHING = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const SERVICES = '169.254.171.0/24';

/** Two VPCs with the same block, one of clients and one of targets; each with an instance at 10.0.1.10. */
const startPair = async (underlay: UnderlayName) => {
  const dataDir = newDataDir();
  const lab = await Lab.start(dataDir, { underlay });
  const [targets, clients] = [await lab.vpc(), await lab.vpc()];
  const networkId = await lab.network();
  const target = await lab.instance(targets, '10.0.1.10');
  const client = await lab.instance(clients, '10.0.1.10');
  await lab.serve(target.id, 'target');
  const service = await lab.service(networkId, 'echo', {
    ...{ vpc: targets, type: 'INSTANCE', id: target.id },
  });
  return { dataDir, lab, networkId, targets, clients, target, client, service };
};

type Pair = Awaited<ReturnType<typeof startPair>>;

/** The checks that a client does not pass, as `pergola explain` tells them. */
const obstacles = async ({ dataDir, client, service }: Pair): Promise<readonly string[]> => {
  const url = `http://${service.host}/`;
  const parameters = ['explain', '--data', dataDir, '--json', '--from', client.id, url];
  const { stdout, stderr } = await runProgram(PERGOLA, parameters);
  expect(stderr).toBe('');
  const paths = JSON.parse(stdout) as readonly PathExplanation[];
  const failing = paths.flatMap(({ checks }) => checks.filter(({ passes }) => !passes));
  // Of each address that the client has.
  return [...new Set(failing.map(({ check }) => check))];
};

/** Who reaches whom is the same with every underlay. */
export const networkSuite = (underlay: UnderlayName, { peers }: Shape): void => {
  test('a client reaches services while its VPC is in their network, and is told why not otherwise', async () => {
    const pair = await startPair(underlay);
    const { lab, networkId, targets, clients, client, service } = pair;
    const ask = () => lab.get({ instance: client.id }, service.host);
    expect(await ask()).toMatchObject(DROPPED);
    expect(await obstacles(pair)).toContain('association of the VPC');
    const association = await lab.associate(networkId, clients);
    expect(await ask()).toMatchObject(REACHED);
    expect(await obstacles(pair)).toEqual([]);
    // A VPC of targets is not one of clients.
    expect(await lab.get({ vpc: targets.id }, service.host)).toMatchObject(DROPPED);
    await lab.call('DELETE', `/servicenetworkvpcassociations/${association}`);
    expect(await ask()).toMatchObject(DROPPED);
  });

  test('security groups of client and association decide over the next connection', async () => {
    const pair = await startPair(underlay);
    const { lab, networkId, clients, client, service } = pair;
    const association = await lab.associate(networkId, clients);
    const ask = () => lab.get({ instance: client.id }, service.host);
    const outbound = { GroupId: clients.securityGroupId, IpPermissions: EVERYTHING };
    await lab.ec2((ec2) => ec2.send(new RevokeSecurityGroupEgressCommand(outbound)));
    expect(await ask()).toMatchObject(DROPPED);
    expect(await obstacles(pair)).toEqual(['security groups of the client']);
    // The addresses that its name has, and no other.
    const { ipv4, ipv6 } = serviceAddressOf(service.id);
    const exact = [
      { ...HTTP, IpRanges: [{ CidrIp: `${ipv4}/32` }], Ipv6Ranges: [{ CidrIpv6: `${ipv6}/128` }] },
    ];
    const toService = { GroupId: clients.securityGroupId, IpPermissions: exact };
    await lab.ec2((ec2) => ec2.send(new AuthorizeSecurityGroupEgressCommand(toService)));
    expect(await ask()).toMatchObject(REACHED);
    expect(await lab.get({ instance: client.id, family: 6 }, service.host)).toMatchObject(REACHED);
    expect(await obstacles(pair)).toEqual([]);
    await lab.ec2((ec2) => ec2.send(new AuthorizeSecurityGroupEgressCommand(outbound)));
    expect(await ask()).toMatchObject(REACHED);

    const made = new CreateSecurityGroupCommand({
      ...{ VpcId: clients.id, GroupName: 'association', Description: 'who may come in' },
    });
    const { GroupId } = await lab.ec2((ec2) => ec2.send(made));
    const path = `/servicenetworkvpcassociations/${association}`;
    await lab.call('PATCH', path, { securityGroupIds: [GroupId] });
    expect(await ask()).toMatchObject(DROPPED);
    expect(await obstacles(pair)).toEqual(['security groups of the association']);
    const ofClient = [{ ...HTTP, IpRanges: [{ CidrIp: '10.0.1.10/32' }] }];
    const inbound = { GroupId, IpPermissions: ofClient };
    await lab.ec2((ec2) => ec2.send(new AuthorizeSecurityGroupIngressCommand(inbound)));
    expect(await ask()).toMatchObject(REACHED);
    // Its other address is not in the rule.
    expect(await lab.get({ instance: client.id, family: 6 }, service.host)).toMatchObject(DROPPED);
    const ofGroup = [{ ...HTTP, UserIdGroupPairs: [{ GroupId: clients.securityGroupId }] }];
    const byGroup = { GroupId, IpPermissions: ofGroup };
    await lab.ec2((ec2) => ec2.send(new AuthorizeSecurityGroupIngressCommand(byGroup)));
    expect(await lab.get({ instance: client.id, family: 6 }, service.host)).toMatchObject(REACHED);
  });

  test('network ACLs decide over both directions of the next connection', async () => {
    const pair = await startPair(underlay);
    const { lab, networkId, clients, client, service } = pair;
    await lab.associate(networkId, clients);
    const Filters = [{ Name: 'vpc-id', Values: [clients.id] }];
    const { NetworkAcls } = await lab.ec2((ec2) =>
      ec2.send(new DescribeNetworkAclsCommand({ Filters })),
    );
    const NetworkAclId = NetworkAcls![0]!.NetworkAclId!;
    for (const Egress of [true, false]) {
      expect(await lab.get({ instance: client.id }, service.host)).toMatchObject(REACHED);
      const entry = { NetworkAclId, RuleNumber: 50, Egress };
      const refusing = {
        ...entry,
        Protocol: '-1',
        RuleAction: 'deny',
        CidrBlock: SERVICES,
      } as const;
      await lab.ec2((ec2) => ec2.send(new CreateNetworkAclEntryCommand(refusing)));
      expect(await lab.get({ instance: client.id }, service.host)).toMatchObject(DROPPED);
      expect(await obstacles(pair)).toHaveLength(1);
      // Of the other family it says nothing.
      expect(await lab.get({ instance: client.id, family: 6 }, service.host)).toMatchObject(
        REACHED,
      );
      await lab.ec2((ec2) => ec2.send(new DeleteNetworkAclEntryCommand(entry)));
    }
  });

  test('a target is healthy while its security groups let services in', async () => {
    const { lab, networkId, targets, clients, service } = await startPair(underlay);
    await lab.associate(networkId, clients);
    const isNow = (status: string) =>
      until(async () => (await lab.status(service.groupId)) === status);
    await isNow('HEALTHY');
    const inbound = {
      GroupId: targets.securityGroupId,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: SERVICES }] },
      ],
    };
    await lab.ec2((ec2) => ec2.send(new RevokeSecurityGroupIngressCommand(inbound)));
    await isNow('UNHEALTHY');
    const exact = [
      { ...inbound.IpPermissions[0], IpRanges: [{ CidrIp: `${DIAL_ADDRESSES[4]}/32` }] },
    ];
    const byAddress = { ...inbound, IpPermissions: exact };
    await lab.ec2((ec2) => ec2.send(new AuthorizeSecurityGroupIngressCommand(byAddress)));
    await isNow('HEALTHY');
  });

  test('the same addresses are kept apart, and those of clients are right in headers and logs', async () => {
    const pair = await startPair(underlay);
    const { dataDir, lab, networkId, clients, client, service } = pair;
    await lab.associate(networkId, clients);
    await lab.call('POST', '/accesslogsubscriptions', {
      resourceIdentifier: networkId,
      destinationArn: 'arn:aws:logs:us-west-2:000000000000:log-group:lab',
    });
    const others = await lab.vpc();
    const other = await lab.instance(others, '10.0.1.10');
    await lab.serve(other.id, 'other');
    const second = await lab.service(networkId, 'second', {
      vpc: others,
      type: 'IP',
      id: '10.0.1.10',
    });
    const from = { instance: client.id };
    const seen = { peer: peers[4], client: '10.0.1.10' };
    expect(answerOf(await lab.get(from, service.host))).toEqual({ name: 'target', ...seen });
    expect(answerOf(await lab.get(from, second.host))).toEqual({ name: 'other', ...seen });
    expect(answerOf(await lab.get({ ...from, family: 6 }, second.host))).toEqual({
      ...{ name: 'other', peer: peers[4], client: client.ipv6Address },
    });
    const lines = await until(() => {
      const all = logLines(dataDir);
      return all.length === 3 ? all : undefined;
    });
    expect(lines).toMatchObject([
      { sourceIpPort: expect.stringMatching(/^10\.0\.1\.10:\d+$/), targetIpPort: '10.0.1.10:8080' },
      { sourceVpcArn: expect.stringContaining(clients.id) },
      { sourceIpPort: expect.stringContaining(`[${client.ipv6Address}]:`) },
    ]);
  });

  test('IPv6-only clients reach IPv4 targets by name, and IPv4 clients IPv6-only targets', async () => {
    const { lab, networkId, clients, client, service } = await startPair(underlay);
    const sixes = await lab.vpc('ipv6Only');
    for (const vpc of [sixes, clients]) await lab.associate(networkId, vpc);
    const six = await lab.instance(sixes);
    await lab.serve(six.id, 'six');
    const toSix = await lab.service(networkId, 'to-six', {
      ...{ vpc: sixes, type: 'IP', id: six.ipv6Address },
    });
    expect(answerOf(await lab.get({ instance: six.id, family: 6 }, service.host))).toEqual({
      ...{ name: 'target', peer: peers[4], client: six.ipv6Address },
    });
    expect(answerOf(await lab.get({ instance: client.id }, toSix.host))).toEqual({
      ...{ name: 'six', peer: peers[6], client: '10.0.1.10' },
    });
  });
};
