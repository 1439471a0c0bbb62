import {
  CreateVpcCommand,
  DeleteVpcCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  GetServiceCommand,
  ListServicesCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { type IamAnswer, iamCaller, refusalOf } from '../support/iam-call.ts';
import type { Credentials } from '../support/smithy-signer.ts';

let control: ControlPlane;
let iam: ReturnType<typeof iamCaller>;
const opened: { destroy(): void }[] = [];
beforeAll(async () => {
  control = await startControlPlane();
  iam = iamCaller(control);
});
afterAll(async () => {
  for (const client of opened) client.destroy();
  await control.close();
});

const good = async (call: Promise<IamAnswer>): Promise<IamAnswer> => {
  const answer = await call;
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
};
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;

/** A user with an inline policy, a boundary, or neither. */
const user = async (
  name: string,
  { may, boundary }: { readonly may?: string; readonly boundary?: string } = {},
): Promise<Credentials> => {
  const limit = boundary === undefined ? {} : { PermissionsBoundary: boundary };
  await good(iam('CreateUser', { UserName: name, ...limit }));
  if (may !== undefined) {
    await good(iam('PutUserPolicy', { UserName: name, PolicyName: 'own', PolicyDocument: may }));
  }
  const made = await good(iam('CreateAccessKey', { UserName: name }));
  return {
    accessKeyId: made.value('AccessKeyId')!,
    secretAccessKey: made.value('SecretAccessKey')!,
  };
};

const clientsOf = (credentials: Credentials) => {
  const config = { endpoint: control.url, region: control.region, credentials, maxAttempts: 1 };
  const lattice = new VPCLatticeClient(config);
  const ec2 = new EC2Client(config);
  opened.push(lattice, ec2);
  return { lattice, ec2 };
};

const denied = (action: string) => ({
  name: 'AccessDeniedException',
  $metadata: { httpStatusCode: 403 },
  message: expect.stringContaining(`is not authorized to perform: ${action} `),
});

describe('policies of AWS', () => {
  test('VPCLatticeReadOnlyAccess shows everything and changes nothing', async () => {
    const { lattice, ec2 } = clientsOf(await user('reader'));
    await expect(lattice.send(new ListServicesCommand())).rejects.toMatchObject(
      denied('vpc-lattice:ListServices'),
    );
    const attachment = { UserName: 'reader', PolicyArn: ofAws('VPCLatticeReadOnlyAccess') };
    await good(iam('AttachUserPolicy', attachment));
    expect((await lattice.send(new ListServicesCommand())).items).toEqual([]);
    expect((await ec2.send(new DescribeVpcsCommand())).Vpcs).toEqual([]);
    await expect(lattice.send(new CreateServiceCommand({ name: 'refused' }))).rejects.toMatchObject(
      denied('vpc-lattice:CreateService'),
    );
    await good(iam('DetachUserPolicy', attachment));
    await expect(lattice.send(new ListServicesCommand())).rejects.toMatchObject(
      denied('vpc-lattice:ListServices'),
    );
  });

  test('VPCLatticeFullAccess is for a group, and not for IAM', async () => {
    const credentials = await user('operator');
    await good(iam('CreateGroup', { GroupName: 'operators' }));
    await good(
      iam('AttachGroupPolicy', {
        GroupName: 'operators',
        PolicyArn: ofAws('VPCLatticeFullAccess'),
      }),
    );
    const { lattice } = clientsOf(credentials);
    const create = () => lattice.send(new CreateServiceCommand({ name: 'grouped' }));
    await expect(create()).rejects.toMatchObject(denied('vpc-lattice:CreateService'));
    await good(iam('AddUserToGroup', { GroupName: 'operators', UserName: 'operator' }));
    const { id } = await create();
    await lattice.send(new DeleteServiceCommand({ serviceIdentifier: id }));
    expect(refusalOf(await iam('ListUsers', {}, { credentials }))).toBe(
      `AccessDenied: User: arn:aws:iam::${control.accountId}:user/operator is not authorized to perform: iam:ListUsers because no identity-based policy allows the iam:ListUsers action`,
    );
  });
});

test('a refused call changes nothing, and EC2 says so in its own way, also to a dry run', async () => {
  const { ec2 } = clientsOf(await user('driver', { may: policy(allow('ec2:Describe*')) }));
  const revision = control.store.revision();
  for (const DryRun of [false, true]) {
    const call = ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', DryRun }));
    await expect(call).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      $metadata: { httpStatusCode: 403 },
      message: `You are not authorized to perform this operation. User: arn:aws:iam::${control.accountId}:user/driver is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:${control.region}:${control.accountId}:vpc/* because no identity-based policy allows the ec2:CreateVpc action`,
    });
  }
  expect(control.store.revision()).toBe(revision);
});

test('tags decide what may be deleted', async () => {
  const mine = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'shop' } } };
  const { ec2 } = clientsOf(await user('cleaner', { may: policy(allow('ec2:DeleteVpc', mine)) }));
  const vpc = async (team: string) =>
    (
      await control.ec2.send(
        new CreateVpcCommand({
          CidrBlock: '10.0.0.0/16',
          TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'team', Value: team }] }],
        }),
      )
    ).Vpc?.VpcId;
  const [shop, ops] = [await vpc('shop'), await vpc('ops')];
  await ec2.send(new DeleteVpcCommand({ VpcId: shop }));
  await expect(ec2.send(new DeleteVpcCommand({ VpcId: ops }))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
  });
});

test('an answer that is kept for a token is not given to whoever may not call', async () => {
  const command = () => new CreateServiceCommand({ name: 'once', clientToken: 'one-token' });
  const { id } = await control.lattice.send(command());
  expect((await control.lattice.send(command())).id).toBe(id);
  const { lattice } = clientsOf(await user('listener'));
  await expect(lattice.send(command())).rejects.toMatchObject(denied('vpc-lattice:CreateService'));
});

test('a boundary limits what policies give', async () => {
  const credentials = await user('bounded', {
    may: policy(allow('vpc-lattice:*')),
    boundary: ofAws('VPCLatticeReadOnlyAccess'),
  });
  const { lattice } = clientsOf(credentials);
  await lattice.send(new ListServicesCommand());
  await expect(lattice.send(new CreateServiceCommand({ name: 'out' }))).rejects.toThrow(
    'because no permissions boundary allows the vpc-lattice:CreateService action',
  );
});

test('a session policy limits a session of a role', async () => {
  await good(
    iam('CreateRole', {
      RoleName: 'wide',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: control.accountId },
        Action: 'sts:AssumeRole',
      }),
    }),
  );
  await good(
    iam('AttachRolePolicy', { RoleName: 'wide', PolicyArn: ofAws('VPCLatticeFullAccess') }),
  );
  const session = async (Policy: string): Promise<VPCLatticeClient> => {
    const RoleArn = `arn:aws:iam::${control.accountId}:role/wide`;
    const parameters = { RoleArn, RoleSessionName: 'narrow', Policy };
    const made = await good(iam('AssumeRole', parameters, { service: 'sts' }));
    return clientsOf({
      accessKeyId: made.value('AccessKeyId')!,
      secretAccessKey: made.value('SecretAccessKey')!,
      sessionToken: made.value('SessionToken')!,
    }).lattice;
  };
  const { id } = await control.lattice.send(new CreateServiceCommand({ name: 'bound' }));
  const reading = await session(policy(allow('vpc-lattice:Get*')));
  await reading.send(new GetServiceCommand({ serviceIdentifier: id }));
  await expect(reading.send(new DeleteServiceCommand({ serviceIdentifier: id }))).rejects.toThrow(
    'because no session policy allows the vpc-lattice:DeleteService action',
  );
  const denying = await session(
    policy(allow('*'), { Effect: 'Deny', Action: 'vpc-lattice:Get*', Resource: '*' }),
  );
  await expect(denying.send(new GetServiceCommand({ serviceIdentifier: id }))).rejects.toThrow(
    'with an explicit deny in a session policy',
  );
});

test('the organisation binds even the root of an account', async () => {
  const bound = await startControlPlane({
    settings: {
      organization: {
        id: 'o-a1b2c3d4e5',
        accounts: { default: 'o-a1b2c3d4e5/r-ab12/' },
        serviceControlPolicies: [
          {
            name: 'no services',
            targets: ['default'],
            document: policy(allow('*'), {
              Effect: 'Deny',
              Action: 'vpc-lattice:CreateService',
              Resource: '*',
            }),
          },
        ],
      },
    },
  });
  try {
    await bound.lattice.send(new ListServicesCommand());
    await expect(bound.lattice.send(new CreateServiceCommand({ name: 'refused' }))).rejects.toThrow(
      'with an explicit deny in a service control policy',
    );
  } finally {
    await bound.close();
  }
});
