import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/control/session/open-session.ts';
import type { LogFields } from '../../src/telemetry/logger.ts';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { type IamAnswer, iamCaller } from '../support/iam-call.ts';
import { issuerKey, type OidcIssuer, signToken, startOidcIssuer } from '../support/oidc-issuer.ts';

const inline = issuerKey('RS256');
const INLINE = 'https://oidc.example.com/id/one';

let control: ControlPlane;
let issuer: OidcIssuer;
let sts: STSClient;
let RoleArn: string;
const logged: string[] = [];

const good = async (call: Promise<IamAnswer>): Promise<IamAnswer> => {
  const answer = await call;
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
};

beforeAll(async () => {
  issuer = await startOidcIssuer('ES256');
  const log = (message: string, fields?: LogFields) => {
    logged.push(message + JSON.stringify(fields ?? {}));
  };
  control = await startControlPlane({
    settings: {
      webIdentity: { allowHttpLoopback: true, keys: { [INLINE]: { keys: [inline.jwk as never] } } },
    },
    logger: { debug: log, info: log, warn: log, error: log } as never,
  });
  // Credentials that nobody knows: this call needs none.
  sts = new STSClient({
    endpoint: control.url,
    region: control.region,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 1,
  });
  const iam = iamCaller(control);
  for (const Url of [issuer.url, INLINE]) {
    await good(
      iam('CreateOpenIDConnectProvider', {
        Url,
        'ClientIDList.member.1': 'sts.amazonaws.com',
        'ThumbprintList.member.1': 'a'.repeat(40),
      }),
    );
  }
  const trust = (url: string) => {
    const name = url.replace(/^https?:\/\//, '');
    return {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${control.accountId}:oidc-provider/${name}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${name}:aud`]: 'sts.amazonaws.com' },
        StringLike: { [`${name}:sub`]: 'system:serviceaccount:shop:*' },
      },
    };
  };
  const made = await good(
    iam('CreateRole', {
      RoleName: 'workload',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [trust(issuer.url), trust(INLINE)],
      }),
    }),
  );
  RoleArn = made.value('Arn')!;
});
afterAll(async () => {
  sts.destroy();
  issuer.close();
  await control.close();
});

const now = () => Math.floor(Date.now() / 1000);
const claims = (change: object = {}) => ({
  iss: issuer.url,
  aud: 'sts.amazonaws.com',
  sub: 'system:serviceaccount:shop:cart',
  iat: now(),
  exp: now() + 600,
  ...change,
});
const assume = (WebIdentityToken: string, ofRole = RoleArn) =>
  sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: ofRole,
      RoleSessionName: 'cart',
      WebIdentityToken,
    }),
  );

describe('AssumeRoleWithWebIdentity', () => {
  test('takes a token of an issuer whose keys it fetches, once', async () => {
    const answer = await assume(issuer.token(claims()));
    expect(answer.AssumedRoleUser?.Arn).toBe(
      `arn:aws:sts::${control.accountId}:assumed-role/workload/cart`,
    );
    expect(answer.SubjectFromWebIdentityToken).toBe('system:serviceaccount:shop:cart');
    expect(answer.Audience).toBe('sts.amazonaws.com');
    const { SessionToken = '', AccessKeyId = '' } = answer.Credentials!;
    const opened = await control.store.read((tx) => openSession(tx, SessionToken, AccessKeyId));
    expect(opened?.webIdentity?.subject).toBe('system:serviceaccount:shop:cart');
    const before = issuer.fetches();
    await assume(issuer.token(claims()));
    expect(issuer.fetches()).toBe(before);
  });

  test('takes a token of an issuer whose keys are in the settings', async () => {
    const answer = await assume(signToken(inline, claims({ iss: INLINE })));
    expect(answer.AssumedRoleUser?.Arn).toContain('workload/cart');
  });

  test('asks where the call comes from', async () => {
    const token = () => signToken(inline, claims({ iss: INLINE }));
    const Federated = `arn:aws:iam::${control.accountId}:oidc-provider/oidc.example.com/id/one`;
    const trusted = {
      Effect: 'Allow',
      Principal: { Federated },
      Action: 'sts:AssumeRoleWithWebIdentity',
    };
    const here = { IpAddress: { 'aws:SourceIp': ['127.0.0.0/8', '::1'] } };
    const role = async (RoleName: string, ...Statement: object[]) => {
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
      return good(iamCaller(control)('CreateRole', { RoleName, AssumeRolePolicyDocument }));
    };
    const made = await role('from-here', { ...trusted, Condition: here });
    await assume(token(), made.value('Arn'));
    const denied = await role('nowhere', trusted, { ...trusted, Effect: 'Deny', Condition: here });
    await expect(assume(token(), denied.value('Arn'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    });
  });

  const refused: { name: string; token: () => string; code: string }[] = [
    {
      name: 'of another audience',
      token: () => issuer.token(claims({ aud: 'another' })),
      code: 'InvalidIdentityTokenException',
    },
    {
      name: 'that is over',
      token: () => issuer.token(claims({ exp: now() - 1 })),
      code: 'ExpiredTokenException',
    },
    {
      name: 'that begins later',
      token: () => issuer.token(claims({ nbf: now() + 900 })),
      code: 'InvalidIdentityTokenException',
    },
    {
      name: 'without an end',
      token: () => issuer.token(claims({ exp: undefined })),
      code: 'InvalidIdentityTokenException',
    },
    {
      name: 'without a subject',
      token: () => issuer.token(claims({ sub: undefined })),
      code: 'InvalidIdentityTokenException',
    },
    {
      name: 'of a subject that the role does not trust',
      token: () => issuer.token(claims({ sub: 'system:serviceaccount:other:cart' })),
      code: 'AccessDenied',
    },
    {
      name: 'of an issuer that the account does not know',
      token: () => issuer.token(claims({ iss: 'https://unknown.example.com' })),
      code: 'InvalidIdentityTokenException',
    },
    {
      name: 'that another key signed under the name of the issuer’s',
      token: () =>
        signToken({ ...issuerKey('RS256'), keyId: inline.keyId }, claims({ iss: INLINE })),
      code: 'InvalidIdentityTokenException',
    },
    {
      name: 'that nobody signed',
      token: () => {
        const [, payload] = issuer.token(claims()).split('.');
        const header = Buffer.from('{"alg":"none"}').toString('base64url');
        return `${header}.${payload}.AAAA`;
      },
      code: 'InvalidIdentityTokenException',
    },
    {
      name: 'signed in another way than its key is for',
      token: () => signToken(inline, claims({ iss: INLINE }), { alg: 'ES256' }),
      code: 'InvalidIdentityTokenException',
    },
    { name: 'that is none', token: () => 'not.a.token', code: 'InvalidIdentityTokenException' },
  ];
  test.each(refused)('refuses a token $name', async ({ token, code }) => {
    await expect(assume(token())).rejects.toMatchObject({ name: code });
  });

  test('refuses a token of which any part was changed', async () => {
    const [header, payload, signature] = signToken(inline, claims({ iss: INLINE })).split('.');
    const other = Buffer.from(
      JSON.stringify(claims({ iss: INLINE, sub: 'system:serviceaccount:shop:admin' })),
    ).toString('base64url');
    const swapped = signature!.startsWith('A')
      ? `B${signature!.slice(1)}`
      : `A${signature!.slice(1)}`;
    for (const token of [`${header}.${other}.${signature}`, `${header}.${payload}.${swapped}`]) {
      await expect(assume(token)).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' });
    }
  });

  test('without a signature nothing else is answered', async () => {
    const form = (body: string, path = '/') =>
      fetch(control.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    const bodies = [
      'Action=GetCallerIdentity&Version=2011-06-15',
      'Action=AssumeRole&Version=2011-06-15',
      `Action=GetSessionToken&Version=2011-06-15&x=${encodeURIComponent('&Action=AssumeRoleWithWebIdentity')}`,
      'Action=AssumeRoleWithWebIdentity&Act%69on=GetSessionToken&Version=2011-06-15',
    ];
    for (const body of bodies) {
      const response = await form(body);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).toMatch(/MissingAuthenticationToken|MalformedQueryString/);
    }
    // The name of a parameter of a signature, spelled another way.
    const spelled = await form(
      'Action=AssumeRoleWithWebIdentity&Version=2011-06-15',
      '/?X%2DAmz-Signature=a&Action=GetSessionToken',
    );
    expect(spelled.status).toBeGreaterThanOrEqual(400);
    const large = await form(`Action=AssumeRoleWithWebIdentity&x=${'y'.repeat(70_000)}`);
    expect(await large.text()).toContain('MissingAuthenticationToken');
  });

  test('puts no token into an error or the log', async () => {
    const token = issuer.token(claims({ aud: 'another' }));
    const error = await assume(token).catch((thrown: Error) => thrown);
    const all = JSON.stringify([String(error), logged]);
    expect(String(error)).toContain('audience');
    for (const part of token.split('.')) expect(all).not.toContain(part);
  });
});
