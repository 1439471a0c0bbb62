import {
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_EXPLANATIONS } from '../../src/control/explanations.ts';
import type { NetworkProblem, NetworkReport } from '../../src/control/network-report.ts';
import type {
  ExplainedCheck,
  ExplainedPlace,
  ExplainPathRequest,
  Explanation,
  PathExplanation,
  SimulateRequest,
} from '../../src/protocol/generated/pergola.ts';
import {
  type ControlPlane,
  startControlPlane,
  type TestAccount,
} from '../support/control-plane.ts';
import { signedFetch } from '../support/signed-fetch.ts';

let control: ControlPlane;
let other: TestAccount;
let stranger: TestAccount;
/** By request id, as the data plane would have them. */
let refusals: Map<string, readonly Explanation[]>;
let simulated: SimulateRequest[];
/** For which account, if not for all. */
let asked: (string | undefined)[];
/** By subnet. */
let sharedSubnets: Record<string, string[]>;
let networkProblems: readonly NetworkProblem[];
const NETWORKS: NetworkReport = {
  hasPorts: false,
  isReachable: () => true,
  problems: () => networkProblems,
};
/** Of the paths that the data plane would explain. */
let extraChecks: readonly ExplainedCheck[];
let place: Partial<ExplainedPlace>;

const anExplanation = (requestId: string, accountId = other.accountId): Explanation => ({
  requestId,
  at: '2026-04-01T12:00:00.000Z',
  allowed: false,
  outcome: { statusCode: 403, message: 'AccessDeniedException: …', targetGroupIds: [] },
  request: { method: 'GET', target: '/', authority: 'shop.example', protocol: 'http' },
  source: { vpcId: 'vpc-1', accountId, address: '10.0.0.1' },
  caller: { kind: 'anonymous' },
  layers: [],
  advice: [],
});

const aCheck = (accountId: string): ExplainedCheck => ({
  ...{ check: 'security groups', accountId, passes: false, message: 'no rule' },
  rules: [{ name: 'sgr-1', text: 'allows nothing', applies: false, mismatches: ['no'] }],
  advice: ['add a rule'],
});

/** From a VPC of `stranger`, unless told otherwise, to a service of `other`, refused by rules of both. */
const aPath = ({ vpcId = '', from }: ExplainPathRequest): PathExplanation => {
  const target = { targetGroupId: 'tg-1', targetId: '10.0.0.1', port: 80, isOpen: false };
  return {
    at: '2026-04-01T12:00:00.000Z',
    isOpen: false,
    from: {
      ...{ vpcId, accountId: stranger.accountId, securityGroupIds: [], networkAclId: 'acl-1' },
      ...place,
      ...(from !== undefined && { address: from }),
    },
    to: { host: 'shop.example', port: 80, serviceId: 'svc-1', accountId: other.accountId },
    checks: [aCheck(stranger.accountId), aCheck(other.accountId), ...extraChecks],
    targets: [{ ...target, checks: [aCheck(stranger.accountId), aCheck(other.accountId)] }],
  };
};

beforeEach(async () => {
  refusals = new Map();
  simulated = [];
  asked = [];
  sharedSubnets = {};
  networkProblems = [];
  extraChecks = [];
  place = {};
  control = await startControlPlane({
    settings: { sharedSubnets },
    networks: NETWORKS,
    explanations: {
      ofRefusal: async (requestId, accountId) => {
        asked.push(accountId);
        return refusals.get(requestId) ?? [];
      },
      ofSimulation: async (simulation) => {
        simulated.push(simulation);
        return simulation.method === 'CONNECT'
          ? { problem: 'the data plane would refuse this request' }
          : { explanation: anExplanation('') };
      },
      ofPath: async (path) =>
        path.from === '192.0.2.1' ? { problem: 'not an address of it' } : { paths: [aPath(path)] },
    },
  });
  other = await control.addAccount('other');
  stranger = await control.addAccount('stranger');
});
afterEach(() => control.close());

const call = async (
  account: TestAccount,
  method: string,
  path: string,
  body?: unknown,
  query: Readonly<Record<string, string>> = {},
) => {
  const answer = await signedFetch({
    url: control.url,
    credentials: account.credentials,
    service: 'pergola',
    method,
    path,
    query,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = JSON.parse(answer.text);
  return { status: answer.status, code: answer.headers.get('x-amzn-errortype'), json };
};

const explain = (account: TestAccount, id: string) =>
  call(account, 'GET', '/explanations', undefined, { requestId: id });

describe('GetExplanation', () => {
  test.each([
    '0f9c7a3e-5d51-4f0c-9a6b-3e1d2c4b5a69',
    'a/b',
    'a b?c#d%25',
    'größe',
    '../status',
    "it's(*)",
    '.',
    '..',
    '+&=',
    '\u00ff\u0080\t',
  ])('finds the id %j', async (id) => {
    refusals.set(id, [anExplanation(id)]);
    const { status, json } = await explain(control, id);
    expect({ status, json }).toEqual({ status: 200, json: { explanation: anExplanation(id) } });
  });

  test('is for accounts that have a part in the request; to others there is none', async () => {
    refusals.set('id', [anExplanation('id')]);
    expect((await explain(other, 'id')).status).toBe(200);
    const unknown = await explain(stranger, 'nothing');
    const hidden = await explain(stranger, 'id');
    expect(hidden).toMatchObject({ status: 404, code: 'ResourceNotFoundException' });
    expect(JSON.stringify(unknown).replaceAll('nothing', 'id')).toBe(JSON.stringify(hidden));
  });

  test('is of the newest request with that id in which the account has a part', async () => {
    const [newest, older, oldest] = [
      anExplanation('id', stranger.accountId),
      { ...anExplanation('id'), at: '2026-04-01T11:00:00.000Z' },
      { ...anExplanation('id'), at: '2026-04-01T10:00:00.000Z' },
    ];
    refusals.set('id', [newest, older, oldest]);
    expect((await explain(other, 'id')).json).toEqual({ explanation: older, others: 1 });
    expect((await explain(stranger, 'id')).json).toEqual({ explanation: newest });
    expect((await explain(control, 'id')).json).toEqual({ explanation: newest, others: 2 });
    // The data plane leaves out what is no affair of the account, so that it cannot be crowded out.
    expect(asked).toEqual([other.accountId, stranger.accountId, undefined]);
  });

  test('needs an id', async () => {
    expect(await call(control, 'GET', '/explanations')).toMatchObject({
      status: 400,
      code: 'ValidationException',
    });
  });

  test('says when nobody answers', async () => {
    const alone = await startControlPlane();
    const answer = await signedFetch({
      url: alone.url,
      credentials: alone.credentials,
      service: 'pergola',
      path: '/explanations',
      query: { requestId: 'id' },
    });
    await alone.close();
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('No worker of the data plane answered in time');
  });
});

describe('Simulate', () => {
  const vpcOf = async ({ ec2 }: TestAccount): Promise<string> => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    return Vpc?.VpcId ?? '';
  };
  const aSimulation = (changes: Partial<SimulateRequest>): SimulateRequest => ({
    principal: 'anonymous',
    vpcId: 'vpc-00000000000000000',
    method: 'GET',
    url: 'http://shop.example/',
    ...changes,
  });

  test('asks for principals of the account by their short names', async () => {
    const vpcId = await vpcOf(other);
    const { accountId } = other;
    const names = ['anonymous', 'root', 'user/ann', 'role/a/b', 'assumed-role/b/s'];
    for (const principal of names) {
      const body = aSimulation({ principal, vpcId, headers: [{ name: 'x-a', value: '' }] });
      expect((await call(other, 'POST', '/simulations', body)).status).toBe(200);
    }
    expect(simulated.map(({ principal }) => principal)).toEqual([
      'anonymous',
      `arn:aws:iam::${accountId}:root`,
      `arn:aws:iam::${accountId}:user/ann`,
      `arn:aws:iam::${accountId}:role/a/b`,
      `arn:aws:sts::${accountId}:assumed-role/b/s`,
    ]);
    expect(simulated[0]).toEqual(aSimulation({ vpcId, headers: [{ name: 'x-a', value: '' }] }));
  });

  test('is for the operator about everybody, for others about themselves in their VPCs', async () => {
    const vpcId = await vpcOf(other);
    const principal = `arn:aws:iam::${stranger.accountId}:user/ann`;
    const body = aSimulation({ vpcId, principal });
    expect((await call(control, 'POST', '/simulations', body)).status).toBe(200);
    expect(await call(other, 'POST', '/simulations', body)).toMatchObject({
      status: 403,
      code: 'AccessDeniedException',
    });
    expect(await call(stranger, 'POST', '/simulations', body)).toMatchObject({ status: 404 });
    expect(simulated).toHaveLength(1);
  });

  test.each([
    {
      name: 'a policy that could not be stored, with its place',
      changes: {
        servicePolicy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      },
      message:
        'servicePolicy: Statement 1 of the policy needs a Principal (Statement[0].Principal)',
    },
    {
      name: 'a policy that is too long',
      changes: {
        networkPolicy: `{"Id":"${'a'.repeat(10_240)}","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`,
      },
      message: 'The policy must not be longer than 10240 bytes.',
    },
    {
      name: 'what the data plane cannot make sense of',
      changes: { method: 'CONNECT' },
      message: 'the data plane would refuse this request',
    },
    {
      name: 'a header with a line break',
      changes: { headers: [{ name: 'x-a', value: 'secret\r\nx-b: c' }] },
      message: expect.not.stringContaining('secret'),
    },
    { name: 'a principal that is none', changes: { principal: 'ann' } },
  ])('refuses $name', async ({ changes, message = expect.anything() }) => {
    const body = aSimulation({ vpcId: await vpcOf(control), ...changes });
    const { status, code, json } = await call(control, 'POST', '/simulations', body);
    expect({ status, code, message: json.message }).toEqual({
      status: 400,
      code: 'ValidationException',
      message,
    });
  });
});

describe('ExplainPath', () => {
  const aVpcOf = async ({ ec2 }: TestAccount): Promise<string> => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    return Vpc!.VpcId!;
  };
  const url = 'http://shop.example/';

  test('is for the owner of the VPC, without the rules of others', async () => {
    const vpcId = await aVpcOf(stranger);
    const { status, json } = await call(stranger, 'POST', '/paths', {
      vpcId,
      from: '10.0.0.7',
      url,
    });
    expect(status).toBe(200);
    const [path] = (json as { paths: readonly [PathExplanation] }).paths;
    expect(path.from.address).toBe('10.0.0.7');
    expect(path.checks[0]).toMatchObject({ message: 'no rule', rules: [{ name: 'sgr-1' }] });
    expect(path.checks[1]).toEqual({
      ...path.checks[1]!,
      message: `refused: the details are for account ${other.accountId} to see`,
      rules: [],
      advice: [`ask account ${other.accountId}`],
      isHidden: true,
    });
    // Which targets it has is the service's own affair.
    expect(path.targets).toEqual([]);
  });

  test('tells the operator everything, and the owner of the service of its targets', async () => {
    const ofOperator = await call(control, 'POST', '/paths', { vpcId: await aVpcOf(other), url });
    expect(ofOperator.json.paths[0].checks[1].rules).toHaveLength(1);
    const ofOwner = await call(other, 'POST', '/paths', { vpcId: await aVpcOf(other), url });
    const [target] = (ofOwner.json as { paths: readonly [PathExplanation] }).paths[0].targets;
    expect(target!.checks.map(({ isHidden }) => isHidden)).toEqual([true, undefined]);
  });

  const launch = async ({ ec2 }: TestAccount, SubnetId: string, groups: readonly string[] = []) => {
    const SecurityGroupIds = groups.length === 0 ? undefined : [...groups];
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ...{ ImageId: 'ami-00000000', MinCount: 1, MaxCount: 1, SubnetId, SecurityGroupIds },
      }),
    );
    const [one] = Instances!;
    return {
      id: one!.InstanceId!,
      address: one!.PrivateIpAddress!,
      interfaceId: one!.NetworkInterfaces![0]!.NetworkInterfaceId!,
    };
  };
  const subnetOf = async ({ ec2 }: TestAccount, VpcId: string, CidrBlock = '10.0.1.0/24') => {
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }));
    return Subnet!.SubnetId!;
  };

  test('does not tell in which VPC the instances and network interfaces of others are', async () => {
    const vpcId = await aVpcOf(other);
    const subnet = await subnetOf(other, vpcId);
    const instance = await launch(other, subnet);
    const { NetworkInterface } = await other.ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId: subnet }),
    );
    const ids = [instance.id, instance.interfaceId, NetworkInterface!.NetworkInterfaceId!];
    for (const from of ids) {
      const refused = await call(stranger, 'POST', '/paths', { from, url });
      const unknown = await call(stranger, 'POST', '/paths', { from: 'i-00000000', url });
      expect([refused.status, unknown.status]).toEqual([400, 400]);
      expect(JSON.stringify(refused.json)).toBe(
        JSON.stringify(unknown.json).replaceAll('i-00000000', from),
      );
      const own = await call(other, 'POST', '/paths', { from, url });
      expect(own.json.paths[0].from.vpcId).toBe(vpcId);
    }
  });

  test('does not tell an account of the checks of another, without rules either', async () => {
    const vpcId = await aVpcOf(stranger);
    const explained = async (check: object) => {
      extraChecks = [{ ...aCheck(other.accountId), rules: [], ...check }];
      const { json } = await call(stranger, 'POST', '/paths', { vpcId, url });
      return json.paths[0].checks.at(-1).message;
    };
    const hidden = `refused: the details are for account ${other.accountId} to see`;
    expect(await explained({ message: 'no rule of sg-1 allows tcp' })).toBe(hidden);
    expect(await explained({ check: 'listener', message: 'svc-1 has 81, 82' })).toBe(hidden);
    const named = { check: 'service', message: 'no service in sn-1 has the name' };
    expect(await explained(named)).toBe(named.message);
  });

  test.each([
    { name: 'machines', networks: NETWORKS, isOfMachines: true },
    { name: 'clients that declare their address', isOfMachines: false },
  ])('is of $name, as the underlay is', async ({ networks, isOfMachines }) => {
    const seen: boolean[] = [];
    await control.close();
    control = await startControlPlane({
      ...(networks !== undefined && { networks }),
      explanations: {
        ...NO_EXPLANATIONS,
        ofPath: async (path) => {
          seen.push(path.isOfMachines);
          return { paths: [aPath(path)] };
        },
      },
    });
    const body = { vpcId: await aVpcOf(control), url };
    expect((await call(control, 'POST', '/paths', body)).status).toBe(200);
    expect(seen).toEqual([isOfMachines]);
  });

  test('says where the underlay could not make what was wanted', async () => {
    const vpcId = await aVpcOf(stranger);
    networkProblems = [
      { vpcId, port: 81, reason: 'no matter' },
      { vpcId, instanceId: 'i-1', reason: 'no matter' },
      { vpcId: 'vpc-other', port: 80, reason: 'no matter' },
      { vpcId, port: 80, reason: 'DNS has it' },
    ];
    const { json } = await call(stranger, 'POST', '/paths', { vpcId, url });
    expect(json.paths[0].isOpen).toBe(false);
    expect(json.paths[0].checks.slice(2)).toMatchObject([
      {
        check: 'network of the VPC',
        passes: false,
        message: `nobody accepts at port 80 in ${vpcId}: DNS has it`,
        advice: ['use another port than 80'],
      },
    ]);
  });

  test('begins for a participant at what is its own, or nobody’s in its subnets', async () => {
    const vpcId = await aVpcOf(other);
    const [shared, kept] = [
      await subnetOf(other, vpcId),
      await subnetOf(other, vpcId, '10.0.2.0/24'),
    ];
    sharedSubnets[shared] = [stranger.accountId];
    const { GroupId } = await stranger.ec2.send(
      new CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: 'own', Description: 'own' }),
    );
    const [theirs, own] = [await launch(other, shared), await launch(stranger, shared, [GroupId!])];
    const ask = async (from: string | undefined) =>
      (await call(stranger, 'POST', '/paths', { vpcId, from, url })).status;
    for (const from of [own.id, own.interfaceId, own.address, '10.0.1.200', undefined]) {
      expect([from, await ask(from)]).toEqual([from, 200]);
    }
    const others = [theirs.id, theirs.interfaceId, theirs.address, '10.0.2.9', kept, 'i-00000000'];
    for (const from of others) expect([from, await ask(from)]).toEqual([from, 400]);
    expect((await call(other, 'POST', '/paths', { vpcId, from: own.id, url })).status).toBe(200);
  });

  test('tells a participant nothing of the groups of the VPC’s owner', async () => {
    const vpcId = await aVpcOf(other);
    sharedSubnets[await subnetOf(other, vpcId)] = [stranger.accountId];
    place = { accountId: other.accountId, securityGroupIds: ['sg-default'] };
    const { json } = await call(stranger, 'POST', '/paths', { vpcId, url });
    expect(json.paths[0].from.securityGroupIds).toEqual([]);
    const asOwner = await call(other, 'POST', '/paths', { vpcId, url });
    expect(asOwner.json.paths[0].from.securityGroupIds).toEqual(['sg-default']);
  });

  test.each([
    { name: 'a VPC of another account', vpc: () => aVpcOf(other), from: '10.0.0.7', status: 404 },
    { name: 'no address of it', vpc: () => aVpcOf(stranger), from: '192.0.2.1', status: 400 },
    { name: 'no address at all', vpc: () => aVpcOf(stranger), from: 'here', status: 400 },
  ])('does not begin at $name', async ({ vpc, from, status }) => {
    const body = { vpcId: await vpc(), from, url };
    expect((await call(stranger, 'POST', '/paths', body)).status).toBe(status);
  });
});
