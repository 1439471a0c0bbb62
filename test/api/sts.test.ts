import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import {
  CreateServiceCommand,
  ListServicesCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openSession } from '../../src/control/session/open-session.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { type IamAnswer, iamCaller, refusalOf } from '../support/iam-call.ts';
import type { Credentials } from '../support/smithy-signer.ts';

let control: ControlPlane;
let iam: ReturnType<typeof iamCaller>;
let aheadMs = 0;
beforeAll(async () => {
  control = await startControlPlane({ now: () => new Date(Date.now() + aheadMs) });
  iam = iamCaller(control);
});
afterAll(() => control.close());

const good = async (call: Promise<IamAnswer>): Promise<IamAnswer> => {
  const answer = await call;
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
};

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** Makes a role and answers its ARN. */
const role = async (RoleName: string, ...trust: object[]): Promise<string> => {
  const AssumeRolePolicyDocument = document(...trust);
  const made = await good(iam('CreateRole', { RoleName, AssumeRolePolicyDocument }));
  return made.value('Arn')!;
};

/** Makes a user with a key, which may do what `statements` say. */
const user = async (UserName: string, ...statements: object[]) => {
  const made = await good(iam('CreateUser', { UserName }));
  if (statements.length > 0) {
    const PolicyDocument = document(...statements);
    await good(iam('PutUserPolicy', { UserName, PolicyName: 'p', PolicyDocument }));
  }
  const key = await good(iam('CreateAccessKey', { UserName }));
  const credentials: Credentials = {
    accessKeyId: key.value('AccessKeyId')!,
    secretAccessKey: key.value('SecretAccessKey')!,
  };
  return { arn: made.value('Arn')!, credentials };
};

const clientFor = (credentials: Credentials): STSClient => {
  const client = new STSClient({
    endpoint: control.url,
    region: control.region,
    credentials,
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
};

const assume = async (
  credentials: Credentials,
  RoleArn: string,
  input: Partial<AssumeRoleCommandInput> = {},
) => {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...input });
  const answer = await clientFor(credentials).send(command);
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials!;
  return {
    ...answer,
    credentials: {
      accessKeyId: AccessKeyId!,
      secretAccessKey: SecretAccessKey!,
      sessionToken: SessionToken!,
    },
  };
};

const claimsOf = async (credentials: Credentials) =>
  control.store.read((tx) => openSession(tx, credentials.sessionToken!, credentials.accessKeyId));

const account = (AWS: string | string[] = control.accountId, ...more: string[]) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action: ['sts:AssumeRole', ...more],
});
const MAY_ASSUME = { Effect: 'Allow', Action: 'sts:*', Resource: '*' };

describe('AssumeRole', () => {
  test('gives credentials that call as the session of the role', async () => {
    const arn = await role('plain', account());
    const before = Date.now();
    const answer = await assume(control.credentials, arn);
    expect(answer.AssumedRoleUser?.Arn).toBe(
      `arn:aws:sts::${control.accountId}:assumed-role/plain/session`,
    );
    expect(answer.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:session$/);
    expect(answer.credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    const lasts = answer.Credentials!.Expiration!.getTime() - before;
    expect(lasts).toBeGreaterThan(3_590_000);
    expect(lasts).toBeLessThan(3_610_000);
    const identity = await clientFor(answer.credentials).send(new GetCallerIdentityCommand());
    expect([identity.Arn, identity.UserId, identity.Account]).toEqual([
      answer.AssumedRoleUser?.Arn,
      answer.AssumedRoleUser?.AssumedRoleId,
      control.accountId,
    ]);
  });

  test('gives the rights of the role over the API, and no others', async () => {
    const arn = await role('reader', account());
    await good(
      iam('AttachRolePolicy', {
        RoleName: 'reader',
        PolicyArn: 'arn:aws:iam::aws:policy/VPCLatticeReadOnlyAccess',
      }),
    );
    const { credentials } = await assume(control.credentials, arn);
    const lattice = new VPCLatticeClient({
      endpoint: control.url,
      region: control.region,
      credentials,
      maxAttempts: 1,
    });
    onTestFinished(() => lattice.destroy());
    expect((await lattice.send(new ListServicesCommand())).items).toEqual([]);
    const wanted = `arn:aws:vpc-lattice:${control.region}:${control.accountId}:service/*`;
    await expect(lattice.send(new CreateServiceCommand({ name: 'cart' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::${control.accountId}:assumed-role/reader/session is not authorized to perform: vpc-lattice:CreateService on resource: ${wanted} because no identity-based policy allows the vpc-lattice:CreateService action`,
    });
  });

  test('asks the trust policy, and the user’s own policies where that names the account', async () => {
    const trusted = await user('trusted', MAY_ASSUME);
    const named = await user('named');
    const stranger = await user('stranger');
    const arn = await role('picky', account([control.accountId, named.arn]));
    await assume(trusted.credentials, arn);
    await assume(named.credentials, arn);
    await expect(assume(stranger.credentials, arn)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${stranger.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    });
    // A role that is not there is refused in the same words.
    await expect(assume(trusted.credentials, `${arn}x`)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${trusted.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}x`,
    });
  });

  test('heeds denials, boundaries and groups', async () => {
    const arn = await role('guarded', account());
    const denied = await user('denied', MAY_ASSUME, {
      Effect: 'Deny',
      Action: 'sts:Assume*',
      Resource: arn,
    });
    await expect(assume(denied.credentials, arn)).rejects.toThrow('is not authorized');

    const bounded = await user('bounded', MAY_ASSUME);
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/VPCLatticeReadOnlyAccess';
    await good(iam('PutUserPermissionsBoundary', { UserName: 'bounded', PermissionsBoundary }));
    await expect(assume(bounded.credentials, arn)).rejects.toThrow('is not authorized');
    await good(iam('DeleteUserPermissionsBoundary', { UserName: 'bounded' }));
    await assume(bounded.credentials, arn);

    const member = await user('member');
    await expect(assume(member.credentials, arn)).rejects.toThrow('is not authorized');
    await good(iam('CreateGroup', { GroupName: 'assumers' }));
    const PolicyDocument = document(MAY_ASSUME);
    await good(iam('PutGroupPolicy', { GroupName: 'assumers', PolicyName: 'p', PolicyDocument }));
    await good(iam('AddUserToGroup', { GroupName: 'assumers', UserName: 'member' }));
    await assume(member.credentials, arn);
  });

  test('goes from account to account when both allow it', async () => {
    const other = await control.addAccount('other');
    const arn = await role('shared', account(`arn:aws:iam::${other.accountId}:root`));
    const answer = await assume(other.credentials, arn);
    expect(answer.AssumedRoleUser?.Arn).toContain(control.accountId);
    await expect(assume(control.credentials, arn)).rejects.toThrow('is not authorized');
  });

  test('asks for the external id and for other conditions', async () => {
    const withCondition = (Condition: object) => ({ ...account(), Condition });
    const arn = await role(
      'external',
      withCondition({ StringEquals: { 'sts:ExternalId': ['one', 'two'] } }),
    );
    await expect(assume(control.credentials, arn)).rejects.toThrow('is not authorized');
    await expect(assume(control.credentials, arn, { ExternalId: 'three' })).rejects.toThrow(
      'is not authorized',
    );
    await assume(control.credentials, arn, { ExternalId: 'two' });
    const over = await role(
      'over',
      withCondition({ DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }),
    );
    await expect(assume(control.credentials, over)).rejects.toThrow('is not authorized');
    const caller = await user('conditioned', MAY_ASSUME);
    const own = await role(
      'own-name',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of policies
      withCondition({ StringEquals: { 'sts:RoleSessionName': '${aws:username}' } }),
    );
    await expect(assume(caller.credentials, own)).rejects.toThrow('is not authorized');
    await assume(caller.credentials, own, { RoleSessionName: 'conditioned' });
  });

  test('asks where the call comes from and which tags the role has, on both sides', async () => {
    const here = { IpAddress: { 'aws:SourceIp': ['127.0.0.0/8', '::1'] } };
    const caller = await user('local', { ...MAY_ASSUME, Condition: here });
    await assume(caller.credentials, await role('from-here', { ...account(), Condition: here }));
    const notFromHere = { ...account(), Effect: 'Deny', Condition: here };
    const denied = await role('not-from-here', account(), notFromHere);
    await expect(assume(caller.credentials, denied)).rejects.toThrow('is not authorized');

    const untagged = await user('by-tag', MAY_ASSUME, {
      ...MAY_ASSUME,
      Effect: 'Deny',
      Condition: { StringEquals: { 'aws:ResourceTag/Stage': 'prod' } },
    });
    const tagged = await role('tagged', account());
    await assume(untagged.credentials, tagged);
    const Tag = { 'Tags.member.1.Key': 'stage', 'Tags.member.1.Value': 'prod' };
    await good(iam('TagRole', { RoleName: 'tagged', ...Tag }));
    await expect(assume(untagged.credentials, tagged)).rejects.toThrow('is not authorized');
  });

  test('chains, for an hour at most, with what the first session said of its source', async () => {
    const first = await role(
      'first',
      account(control.accountId, 'sts:TagSession', 'sts:SetSourceIdentity'),
    );
    await good(
      iam('PutRolePolicy', {
        RoleName: 'first',
        PolicyName: 'p',
        PolicyDocument: document(MAY_ASSUME),
      }),
    );
    await good(iam('UpdateRole', { RoleName: 'first', MaxSessionDuration: '7200' }));
    const second = await role(
      'second',
      account(control.accountId, 'sts:TagSession', 'sts:SetSourceIdentity'),
    );
    await good(iam('UpdateRole', { RoleName: 'second', MaxSessionDuration: '7200' }));
    const one = await assume(control.credentials, first, {
      DurationSeconds: 7200,
      Tags: [
        { Key: 'Team', Value: 'shop' },
        { Key: 'stage', Value: 'one' },
      ],
      TransitiveTagKeys: ['Team'],
      SourceIdentity: 'ada',
    });
    expect(one.SourceIdentity).toBe('ada');
    expect(one.PackedPolicySize).toBeGreaterThan(0);
    await expect(assume(one.credentials, second, { DurationSeconds: 3601 })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(
      assume(one.credentials, second, { Tags: [{ Key: 'team', Value: 'other' }] }),
    ).rejects.toThrow('conflicts with a transitive tag key');
    await expect(assume(one.credentials, second, { SourceIdentity: 'eve' })).rejects.toThrow(
      'source identity',
    );
    const two = await assume(one.credentials, second, { Tags: [{ Key: 'stage', Value: 'two' }] });
    expect(await claimsOf(two.credentials)).toMatchObject({
      roleArn: second,
      sourceIdentity: 'ada',
      tags: { Team: 'shop', stage: 'two' },
      transitiveTagKeys: ['Team'],
    });
  });

  test('passes no tags and no source that the trust policy does not let through', async () => {
    const arn = await role('untagged', account());
    for (const [action, input] of [
      ['sts:TagSession', { Tags: [{ Key: 'a', Value: 'b' }] }],
      ['sts:SetSourceIdentity', { SourceIdentity: 'ada' }],
    ] as const) {
      await expect(
        assume(control.credentials, arn, input as Partial<AssumeRoleCommandInput>),
      ).rejects.toMatchObject({
        name: 'AccessDenied',
        message: `User: arn:aws:iam::${control.accountId}:root is not authorized to perform: ${action} on resource: ${arn}`,
      });
    }
  });

  test('bounds a session by its policies', async () => {
    const arn = await role('limited', account());
    const PolicyDocument = document(MAY_ASSUME);
    await good(iam('PutRolePolicy', { RoleName: 'limited', PolicyName: 'p', PolicyDocument }));
    await assume((await assume(control.credentials, arn)).credentials, arn);
    const Policy = document({ Effect: 'Allow', Action: 'vpc-lattice:*', Resource: '*' });
    const bounded = await assume(control.credentials, arn, {
      Policy,
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/VPCLatticeReadOnlyAccess' }],
    });
    expect(await claimsOf(bounded.credentials)).toMatchObject({
      sessionPolicy: Policy,
      sessionPolicyArns: ['arn:aws:iam::aws:policy/VPCLatticeReadOnlyAccess'],
    });
    await expect(assume(bounded.credentials, arn)).rejects.toThrow('is not authorized');
  });

  const refused = [
    {
      name: 'too long a session',
      input: { DurationSeconds: 3601 },
      error: 'exceeds the MaxSessionDuration set for this role',
    },
    {
      name: 'too short a session',
      input: { DurationSeconds: 899 },
      error: "at 'durationSeconds' failed",
    },
    { name: 'a session policy that is none', input: { Policy: '{}' }, error: 'Syntax errors' },
    {
      name: 'a session policy that is too long',
      input: {
        Policy: document({ Effect: 'Allow', Action: 'a:b', Resource: `arn:${'x'.repeat(2048)}` }),
      },
      error: 'at most 2048',
    },
    {
      name: 'a managed policy that is not there',
      input: { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/None' }] },
      error: 'does not exist',
    },
    {
      name: 'a tag twice',
      input: {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
      error: 'Duplicate tag keys',
    },
    {
      name: 'a device',
      input: { SerialNumber: 'GAHT12345678', TokenCode: '123456' },
      error: 'MFA',
    },
  ];
  test.each(refused)('refuses $name', async ({ input, error }) => {
    const arn = `arn:aws:iam::${control.accountId}:role/plain`;
    await expect(assume(control.credentials, arn, input)).rejects.toThrow(error);
  });
});

describe('a session', () => {
  test('ends with its time', async () => {
    const arn = await role('brief', account());
    const { credentials } = await assume(control.credentials, arn, { DurationSeconds: 900 });
    const call = (ms: number) => {
      aheadMs = ms;
      onTestFinished(() => {
        aheadMs = 0;
      });
      const signedAt = new Date(Date.now() + ms);
      return iam('GetCallerIdentity', {}, { credentials, service: 'sts', signedAt });
    };
    expect((await call(890_000)).status).toBe(200);
    expect(refusalOf(await call(901_000))).toBe(
      'ExpiredToken: The security token included in the request is expired',
    );
  });

  test('ends with its role, also when another one takes its name', async () => {
    const arn = await role('gone', account());
    const { credentials } = await assume(control.credentials, arn);
    const call = () => iam('GetCallerIdentity', {}, { credentials, service: 'sts' });
    await good(call());
    await good(iam('DeleteRole', { RoleName: 'gone' }));
    expect(refusalOf(await call())).toContain('InvalidClientTokenId');
    await role('gone', account());
    expect((await call()).status).toBe(403);
  });

  test('needs its key, its secret and its token, whole', async () => {
    const arn = `arn:aws:iam::${control.accountId}:role/plain`;
    const { credentials } = await assume(control.credentials, arn);
    const another = (await assume(control.credentials, arn)).credentials;
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const changed = `${sessionToken.slice(0, 100)}${sessionToken[100] === 'A' ? 'B' : 'A'}${sessionToken.slice(101)}`;
    const wrong: [Credentials, string][] = [
      [{ accessKeyId, secretAccessKey }, 'InvalidClientTokenId'],
      [{ accessKeyId, secretAccessKey, sessionToken: changed }, 'InvalidClientTokenId'],
      [{ ...credentials, sessionToken: another.sessionToken }, 'InvalidClientTokenId'],
      [{ ...credentials, secretAccessKey: another.secretAccessKey }, 'SignatureDoesNotMatch'],
      [{ ...control.credentials, sessionToken }, 'InvalidClientTokenId'],
    ];
    for (const [one, code] of wrong) {
      const answer = await iam('GetCallerIdentity', {}, { credentials: one, service: 'sts' });
      expect(answer.value('Code')).toBe(code);
    }
  });

  test('outlives the next keys, and keys do not gather', async () => {
    const arn = await role('long', account());
    await good(iam('UpdateRole', { RoleName: 'long', MaxSessionDuration: '43200' }));
    onTestFinished(() => {
      aheadMs = 0;
    });
    const keys = () => control.store.read((tx) => tx.count('sessionTokenKey'));
    const hour = 3_600_000;
    const assumeAt = async (hours: number, DurationSeconds: string) => {
      aheadMs = hours * hour;
      const signedAt = new Date(Date.now() + aheadMs);
      const parameters = { RoleArn: arn, RoleSessionName: 's1', DurationSeconds };
      const made = await good(iam('AssumeRole', parameters, { service: 'sts', signedAt }));
      return {
        accessKeyId: made.value('AccessKeyId')!,
        secretAccessKey: made.value('SecretAccessKey')!,
        sessionToken: made.value('SessionToken')!,
      };
    };
    const old = await assumeAt(23, '43200');
    await assumeAt(30, '900');
    expect(await keys()).toBe(2);
    const signedAt = new Date(Date.now() + aheadMs);
    await good(iam('GetCallerIdentity', {}, { credentials: old, service: 'sts', signedAt }));
    await assumeAt(100, '900');
    expect(await keys()).toBe(1);
  });
});

describe('GetSessionToken', () => {
  test('gives a user temporary credentials, which get no others', async () => {
    const { arn, credentials } = await user('temporary', MAY_ASSUME);
    const client = clientFor(credentials);
    const { Credentials: made } = await client.send(new GetSessionTokenCommand());
    expect(made!.Expiration!.getTime() - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    const session = {
      accessKeyId: made!.AccessKeyId!,
      secretAccessKey: made!.SecretAccessKey!,
      sessionToken: made!.SessionToken!,
    };
    const identity = await clientFor(session).send(new GetCallerIdentityCommand());
    expect(identity.Arn).toBe(arn);
    await assume(session, `arn:aws:iam::${control.accountId}:role/plain`);
    await expect(clientFor(session).send(new GetSessionTokenCommand())).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  test('gives the root of an account an hour, and no way into IAM', async () => {
    const call = (parameters: Record<string, string>) =>
      iam('GetSessionToken', parameters, { service: 'sts' });
    expect(refusalOf(await call({ DurationSeconds: '3601' }))).toContain('ValidationError');
    const made = await good(call({}));
    const credentials = {
      accessKeyId: made.value('AccessKeyId')!,
      secretAccessKey: made.value('SecretAccessKey')!,
      sessionToken: made.value('SessionToken')!,
    };
    expect(refusalOf(await iam('ListUsers', {}, { credentials }))).toContain(
      'InvalidClientTokenId',
    );
  });
});
