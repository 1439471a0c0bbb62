import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { type IamAnswer, iamCaller, refusalOf } from '../support/iam-call.ts';

let control: ControlPlane;
let iam: ReturnType<typeof iamCaller>;
beforeAll(async () => {
  control = await startControlPlane();
  iam = iamCaller(control);
});
afterAll(() => control.close());

const ALLOW = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' }],
});
const trusting = (...AWS: string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  });
const OTHER = trusting('arn:aws:iam::999988887777:root');

const good = async (call: Promise<IamAnswer>): Promise<IamAnswer> => {
  const answer = await call;
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
};

describe('users', () => {
  test('are made, read, renamed, tagged and deleted', async () => {
    const made = await good(
      iam('CreateUser', {
        UserName: 'ada',
        Path: '/team/',
        'Tags.member.1.Key': 'Team',
        'Tags.member.1.Value': 'shop + co',
      }),
    );
    expect(made.value('Arn')).toBe(`arn:aws:iam::${control.accountId}:user/team/ada`);
    expect(made.value('UserId')).toMatch(/^AIDA[A-Z2-7]{17}$/);
    const read = await good(iam('GetUser', { UserName: 'ADA' }));
    expect([read.value('UserName'), read.value('Value')]).toEqual(['ada', 'shop + co']);

    await good(
      iam('TagUser', {
        UserName: 'ada',
        'Tags.member.1.Key': 'team',
        'Tags.member.1.Value': 'two',
      }),
    );
    const tags = await good(iam('ListUserTags', { UserName: 'ada' }));
    expect([tags.values('Key'), tags.values('Value')]).toEqual([['team'], ['two']]);
    await good(iam('UntagUser', { UserName: 'ada', 'TagKeys.member.1': 'TEAM' }));
    expect((await good(iam('ListUserTags', { UserName: 'ada' }))).values('Key')).toEqual([]);

    await good(iam('UpdateUser', { UserName: 'ada', NewUserName: 'Ada', NewPath: '/' }));
    expect((await good(iam('GetUser', { UserName: 'ada' }))).value('Arn')).toMatch(/:user\/Ada$/);
    await good(iam('DeleteUser', { UserName: 'Ada' }));
    expect(refusalOf(await iam('GetUser', { UserName: 'ada' }))).toBe(
      'NoSuchEntity: The user with name ada cannot be found.',
    );
  });

  test('page by name, under a path', async () => {
    for (const name of ['p3', 'p1', 'P2']) {
      await good(iam('CreateUser', { UserName: name, Path: '/pages/' }));
    }
    const one = await good(iam('ListUsers', { PathPrefix: '/pages/', MaxItems: '2' }));
    expect([one.values('UserName'), one.value('IsTruncated')]).toEqual([['p1', 'P2'], 'true']);
    const Marker = one.value('Marker')!;
    const two = await good(iam('ListUsers', { PathPrefix: '/pages/', MaxItems: '2', Marker }));
    expect([two.values('UserName'), two.value('IsTruncated')]).toEqual([['p3'], 'false']);
    // A marker belongs to its list.
    expect((await iam('ListUsers', { PathPrefix: '/other/', Marker })).status).toBe(400);
    for (const name of ['p1', 'p2', 'p3']) await good(iam('DeleteUser', { UserName: name }));
  });

  test('stay while something hangs on them', async () => {
    const UserName = 'busy';
    await good(iam('CreateUser', { UserName }));
    const conflict = async () => refusalOf(await iam('DeleteUser', { UserName }));
    await good(iam('CreateGroup', { GroupName: 'busy' }));
    await good(iam('AddUserToGroup', { GroupName: 'busy', UserName }));
    expect(await conflict()).toContain('must remove user from all groups first');
    expect(refusalOf(await iam('DeleteGroup', { GroupName: 'busy' }))).toContain('remove users');
    await good(iam('RemoveUserFromGroup', { GroupName: 'busy', UserName }));
    await good(iam('DeleteGroup', { GroupName: 'busy' }));
    const key = await good(iam('CreateAccessKey', { UserName }));
    expect(await conflict()).toContain('must delete access keys first');
    await good(iam('DeleteAccessKey', { UserName, AccessKeyId: key.value('AccessKeyId')! }));
    await good(iam('PutUserPolicy', { UserName, PolicyName: 'p', PolicyDocument: ALLOW }));
    expect(await conflict()).toContain('must delete policies first');
    await good(iam('DeleteUserPolicy', { UserName, PolicyName: 'p' }));
    const PolicyArn = 'arn:aws:iam::aws:policy/VPCLatticeFullAccess';
    await good(iam('AttachUserPolicy', { UserName, PolicyArn }));
    expect(await conflict()).toBe(
      'DeleteConflict: Cannot delete entity, must detach all policies first.',
    );
    await good(iam('DetachUserPolicy', { UserName, PolicyArn }));
    await good(iam('DeleteUser', { UserName }));
  });
});

describe('access keys', () => {
  test('call, stop at once when inactive, and show their secret once', async () => {
    await good(iam('CreateUser', { UserName: 'keys' }));
    const made = await good(iam('CreateAccessKey', { UserName: 'keys' }));
    const AccessKeyId = made.value('AccessKeyId')!;
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: made.value('SecretAccessKey')!,
    };
    expect(AccessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(credentials.secretAccessKey).toHaveLength(40);
    const whoAmI = () => iam('GetCallerIdentity', {}, { credentials, service: 'sts' });
    expect((await good(whoAmI())).value('Arn')).toMatch(/:user\/keys$/);

    const listed = await good(iam('ListAccessKeys', { UserName: 'keys' }));
    expect(listed.text).not.toContain(credentials.secretAccessKey);
    const status = (Status: string) =>
      good(iam('UpdateAccessKey', { UserName: 'keys', AccessKeyId, Status }));
    await status('Inactive');
    expect(refusalOf(await whoAmI())).toBe(
      'InvalidClientTokenId: The security token included in the request is invalid.',
    );
    await status('Active');
    await good(whoAmI());
    await good(iam('CreateAccessKey', { UserName: 'keys' }));
    expect(refusalOf(await iam('CreateAccessKey', { UserName: 'keys' }))).toBe(
      'LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2',
    );
    await good(iam('UpdateUser', { UserName: 'keys', NewUserName: 'renamed' }));
    expect((await good(whoAmI())).value('Arn')).toMatch(/:user\/renamed$/);
    await good(iam('DeleteAccessKey', { UserName: 'renamed', AccessKeyId }));
    expect((await whoAmI()).status).toBe(403);
  });

  test('of the root of an account are never all taken away', async () => {
    const AccessKeyId = control.credentials.accessKeyId;
    for (const call of [
      iam('DeleteAccessKey', { AccessKeyId }),
      iam('UpdateAccessKey', { AccessKeyId, Status: 'Inactive' }),
    ]) {
      expect(refusalOf(await call)).toContain('create another one first');
    }
  });
});

describe('users and sessions have no rights that nobody gave them', () => {
  test('of any service', async () => {
    await good(iam('CreateUser', { UserName: 'nobody' }));
    await good(
      iam('AttachUserPolicy', {
        UserName: 'nobody',
        PolicyArn: 'arn:aws:iam::aws:policy/VPCLatticeFullAccess',
      }),
    );
    const made = await good(iam('CreateAccessKey', { UserName: 'nobody' }));
    const credentials = {
      accessKeyId: made.value('AccessKeyId')!,
      secretAccessKey: made.value('SecretAccessKey')!,
    };
    const arn = `arn:aws:iam::${control.accountId}:user/nobody`;
    expect(refusalOf(await iam('ListUsers', {}, { credentials }))).toBe(
      `AccessDenied: User: ${arn} is not authorized to perform: iam:ListUsers because no identity-based policy allows the iam:ListUsers action`,
    );
    expect(
      (
        await iam(
          'GetAccessKeyInfo',
          { AccessKeyId: credentials.accessKeyId },
          { credentials, service: 'sts' },
        )
      ).status,
    ).toBe(403);
  });
});

describe('roles', () => {
  test('are made, read, changed and deleted', async () => {
    const made = await good(
      iam('CreateRole', {
        RoleName: 'caller',
        AssumeRolePolicyDocument: OTHER,
        Description: 'calls',
        MaxSessionDuration: '7200',
        PermissionsBoundary: 'arn:aws:iam::aws:policy/VPCLatticeFullAccess',
      }),
    );
    expect(made.value('RoleId')).toMatch(/^AROA[A-Z2-7]{17}$/);
    const document = made.value('AssumeRolePolicyDocument')!;
    expect(document).toMatch(/^%7B%22Version%22%3A/);
    expect(decodeURIComponent(document)).toBe(OTHER);
    expect(made.value('PermissionsBoundaryArn')).toContain('VPCLatticeFullAccess');
    await good(iam('DeleteRolePermissionsBoundary', { RoleName: 'caller' }));
    await good(iam('UpdateRole', { RoleName: 'caller', Description: 'calls more' }));
    const own = trusting(`arn:aws:iam::${control.accountId}:role/caller`);
    await good(iam('UpdateAssumeRolePolicy', { RoleName: 'caller', PolicyDocument: own }));
    const read = await good(iam('GetRole', { RoleName: 'caller' }));
    expect([read.value('Description'), read.value('MaxSessionDuration')]).toEqual([
      'calls more',
      '7200',
    ]);
    expect(read.value('PermissionsBoundaryArn')).toBeUndefined();
    expect(decodeURIComponent(read.value('AssumeRolePolicyDocument')!)).toBe(own);
    await good(iam('DeleteRole', { RoleName: 'caller' }));
  });

  const refused = [
    {
      name: 'no JSON',
      document: '{',
      error: 'MalformedPolicyDocument: This policy contains invalid Json',
    },
    {
      name: 'a resource',
      document: ALLOW,
      error: 'MalformedPolicyDocument: Has prohibited field Resource',
    },
    {
      name: 'nobody',
      document:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}',
      error: 'MalformedPolicyDocument: Missing required field Principal',
    },
    {
      name: 'another action',
      document: trusting('*').replace('sts:AssumeRole', 'ec2:RunInstances'),
      error: 'MalformedPolicyDocument: AssumeRole policy may only specify STS AssumeRole actions.',
    },
    {
      name: 'what is no principal',
      document: trusting('bob'),
      error: 'MalformedPolicyDocument: Invalid principal in policy: "AWS":"bob"',
    },
    {
      name: 'an unknown effect',
      document: trusting('*').replace('Allow', 'Maybe'),
      error:
        'MalformedPolicyDocument: Syntax errors in policy. Statement 1 of the policy needs an Effect of Allow or Deny.',
    },
    {
      name: 'too much',
      document: trusting(...Array(60).fill('arn:aws:iam::999988887777:role/one-with-a-name')),
      error: 'LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048',
    },
  ];
  test.each(refused)('are not made with a trust policy that names $name', async (row) => {
    const parameters = { RoleName: 'refused', AssumeRolePolicyDocument: row.document };
    expect(refusalOf(await iam('CreateRole', parameters))).toBe(row.error);
    expect((await iam('GetRole', { RoleName: 'refused' })).status).toBe(404);
  });

  test('do not trust a user that is not there', async () => {
    const arn = `arn:aws:iam::${control.accountId}:user/ghost`;
    const parameters = { RoleName: 'refused', AssumeRolePolicyDocument: trusting(arn) };
    expect(refusalOf(await iam('CreateRole', parameters))).toContain('Invalid principal in policy');
  });
});

describe('managed policies', () => {
  test('have versions, up to five, one of which counts', async () => {
    const made = await good(
      iam('CreatePolicy', { PolicyName: 'versions', Path: '/app/', PolicyDocument: ALLOW }),
    );
    const PolicyArn = made.value('Arn')!;
    expect(PolicyArn).toBe(`arn:aws:iam::${control.accountId}:policy/app/versions`);
    for (const version of ['v2', 'v3', 'v4', 'v5']) {
      const next = await good(
        iam('CreatePolicyVersion', {
          PolicyArn,
          PolicyDocument: ALLOW.replace('"*"', `"arn:aws:s3:::${version}"`),
          SetAsDefault: String(version === 'v3'),
        }),
      );
      expect(next.value('VersionId')).toBe(version);
    }
    expect(
      refusalOf(await iam('CreatePolicyVersion', { PolicyArn, PolicyDocument: ALLOW })),
    ).toMatch(/^LimitExceeded: A managed policy can have up to 5 versions\./);
    expect((await good(iam('GetPolicy', { PolicyArn }))).value('DefaultVersionId')).toBe('v3');
    const read = await good(iam('GetPolicyVersion', { PolicyArn, VersionId: 'v3' }));
    expect(decodeURIComponent(read.value('Document')!)).toContain('arn:aws:s3:::v3');
    expect(refusalOf(await iam('DeletePolicyVersion', { PolicyArn, VersionId: 'v3' }))).toBe(
      'DeleteConflict: Cannot delete the default version of a policy.',
    );
    await good(iam('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v5' }));
    expect(refusalOf(await iam('DeletePolicy', { PolicyArn }))).toContain('more than one version');
    for (const VersionId of ['v1', 'v2', 'v3', 'v4']) {
      await good(iam('DeletePolicyVersion', { PolicyArn, VersionId }));
    }
    // Numbers are not given twice.
    const next = await good(iam('CreatePolicyVersion', { PolicyArn, PolicyDocument: ALLOW }));
    expect(next.value('VersionId')).toBe('v6');
    const listed = await good(iam('ListPolicyVersions', { PolicyArn }));
    expect(listed.values('VersionId')).toEqual(['v6', 'v5']);
    await good(iam('DeletePolicyVersion', { PolicyArn, VersionId: 'v6' }));
    await good(iam('DeletePolicy', { PolicyArn }));
  });

  test('stay while they are attached, and say to what', async () => {
    const made = await good(iam('CreatePolicy', { PolicyName: 'used', PolicyDocument: ALLOW }));
    const PolicyArn = made.value('Arn')!;
    await good(iam('CreateRole', { RoleName: 'user', AssumeRolePolicyDocument: OTHER }));
    await good(iam('AttachRolePolicy', { RoleName: 'user', PolicyArn }));
    await good(iam('AttachRolePolicy', { RoleName: 'user', PolicyArn }));
    await good(
      iam('PutRolePermissionsBoundary', { RoleName: 'user', PermissionsBoundary: PolicyArn }),
    );
    const read = await good(iam('GetPolicy', { PolicyArn }));
    expect(read.value('AttachmentCount')).toBe('1');
    expect(read.value('PermissionsBoundaryUsageCount')).toBe('1');
    const entities = await good(iam('ListEntitiesForPolicy', { PolicyArn }));
    expect(entities.values('RoleName')).toEqual(['user']);
    expect(refusalOf(await iam('DeletePolicy', { PolicyArn }))).toContain('attached to entities');
    const attached = await good(iam('ListAttachedRolePolicies', { RoleName: 'user' }));
    expect(attached.values('PolicyArn')).toEqual([PolicyArn]);
    await good(iam('DetachRolePolicy', { RoleName: 'user', PolicyArn }));
    expect(refusalOf(await iam('DetachRolePolicy', { RoleName: 'user', PolicyArn }))).toBe(
      `NoSuchEntity: Policy ${PolicyArn} was not found.`,
    );
    await good(iam('DeleteRolePermissionsBoundary', { RoleName: 'user' }));
    await good(iam('DeleteRole', { RoleName: 'user' }));
    await good(iam('DeletePolicy', { PolicyArn }));
  });

  test('of AWS are there for every account, and nobody changes them', async () => {
    const listed = await good(iam('ListPolicies', { Scope: 'AWS' }));
    expect(listed.values('PolicyName')).toEqual([
      'VPCLatticeFullAccess',
      'VPCLatticeReadOnlyAccess',
      'VPCLatticeServicesInvokeAccess',
    ]);
    const PolicyArn = 'arn:aws:iam::aws:policy/VPCLatticeServicesInvokeAccess';
    const read = await good(iam('GetPolicyVersion', { PolicyArn, VersionId: 'v1' }));
    expect(JSON.parse(decodeURIComponent(read.value('Document')!)).Statement).toEqual([
      { Effect: 'Allow', Action: ['vpc-lattice-svcs:Invoke'], Resource: '*' },
    ]);
    expect((await iam('DeletePolicy', { PolicyArn })).status).toBe(403);
  });

  test('of another account are not there', async () => {
    const made = await good(iam('CreatePolicy', { PolicyName: 'mine', PolicyDocument: ALLOW }));
    const other = iamCaller({ ...control, ...(await control.addAccount('second')) });
    const PolicyArn = made.value('Arn')!;
    expect((await other('GetPolicy', { PolicyArn })).status).toBe(404);
    await good(other('CreateUser', { UserName: 'u' }));
    expect((await other('AttachUserPolicy', { UserName: 'u', PolicyArn })).status).toBe(404);
  });

  test.each([
    { name: 'a principal', change: { Principal: '*' }, text: 'should not specify a principal' },
    { name: 'no resource', change: { Resource: undefined }, text: 'must contain resources' },
    { name: 'no action', change: { Action: undefined }, text: 'must contain actions' },
    { name: 'an action of no service', change: { Action: 'Get' }, text: 'prefaced by a vendor' },
    { name: 'a resource that is no ARN', change: { Resource: 'x' }, text: 'must be in ARN format' },
    { name: 'an unknown element', change: { Colour: 'red' }, text: 'Colour' },
  ])('are refused with $name', async ({ change, text }) => {
    const statement = { Effect: 'Allow', Action: 'ec2:*', Resource: '*', ...change };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const refusal = refusalOf(await iam('CreatePolicy', { PolicyName: 'no', PolicyDocument }));
    expect(refusal).toMatch(/^MalformedPolicyDocument: /);
    expect(refusal).toContain(text);
  });

  test('and inline ones have no more room than AWS gives them', async () => {
    await good(iam('CreateUser', { UserName: 'wordy' }));
    const of = (length: number) =>
      ALLOW.replace('"*"', JSON.stringify(`arn:aws:s3:::${'x'.repeat(length)}`));
    const PolicyDocument = of(2000);
    const put = { UserName: 'wordy', PolicyName: 'p', PolicyDocument };
    expect(refusalOf(await iam('PutUserPolicy', put))).toBe(
      'LimitExceeded: Maximum policy size of 2048 bytes exceeded for user wordy',
    );
    expect(
      refusalOf(await iam('CreatePolicy', { PolicyName: 'big', PolicyDocument: of(6200) })),
    ).toBe('LimitExceeded: Cannot exceed quota for PolicySize: 6144');
  });
});

describe('OIDC providers', () => {
  test('are made, changed and deleted, the last as often as one likes', async () => {
    const made = await good(
      iam('CreateOpenIDConnectProvider', {
        Url: 'https://oidc.example.com/id/one/',
        'ClientIDList.member.1': 'sts.amazonaws.com',
        'ThumbprintList.member.1': '990F4193972F2BECF12DDEDA5237F9C952F20D9E',
      }),
    );
    const OpenIDConnectProviderArn = made.value('OpenIDConnectProviderArn')!;
    expect(OpenIDConnectProviderArn).toBe(
      `arn:aws:iam::${control.accountId}:oidc-provider/oidc.example.com/id/one`,
    );
    const provider = { OpenIDConnectProviderArn };
    await good(iam('AddClientIDToOpenIDConnectProvider', { ...provider, ClientID: 'two' }));
    await good(
      iam('RemoveClientIDFromOpenIDConnectProvider', {
        ...provider,
        ClientID: 'sts.amazonaws.com',
      }),
    );
    const read = await good(iam('GetOpenIDConnectProvider', provider));
    expect(read.value('Url')).toBe('oidc.example.com/id/one');
    expect(read.text).toContain('<ClientIDList><member>two</member></ClientIDList>');
    await good(iam('DeleteOpenIDConnectProvider', provider));
    await good(iam('DeleteOpenIDConnectProvider', provider));
    expect((await iam('GetOpenIDConnectProvider', provider)).status).toBe(404);
  });

  test.each(['http://127.0.0.1:8000', 'http://oidc.example.com', 'oidc.example.com', 'ftp://a.b'])(
    'are not made for %s',
    async (Url) => {
      const parameters = { Url, 'ThumbprintList.member.1': 'a'.repeat(40) };
      const refusal = refusalOf(await iam('CreateOpenIDConnectProvider', parameters));
      expect(refusal).toMatch(/^InvalidInput: Invalid Open ID Connect Provider URL/);
    },
  );
});
