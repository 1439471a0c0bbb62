import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';
import { type SignedCall, signedFetch } from '../support/signed-fetch.ts';

let control: ControlPlane;
beforeAll(async () => {
  control = await startControlPlane();
});
afterAll(() => control.close());

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const jsonRpc = {
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.GetTagKeys',
};

/** One good call for each protocol. */
const GOOD = {
  'rest-json': { service: 'vpc-lattice', path: '/services' },
  json: { service: 'tagging', method: 'POST', headers: jsonRpc, body: '{}' },
  query: {
    service: 'sts',
    method: 'POST',
    headers: form,
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  },
  ec2: {
    service: 'ec2',
    method: 'POST',
    headers: form,
    body: 'Action=DescribeVpcs&Version=2016-11-15',
  },
} as const satisfies Record<string, Partial<SignedCall> & { service: string }>;
type Protocol = keyof typeof GOOD;

const call = (protocol: Protocol, change: Partial<SignedCall> = {}) =>
  signedFetch({
    url: control.url,
    credentials: control.credentials,
    ...(GOOD[protocol] as { service: string }),
    ...change,
  });

/** Code and text of an error, wherever the protocol has them. */
const errorOf = ({ headers, text }: { headers: Headers; text: string }) => {
  if (text.startsWith('<')) {
    return {
      code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
      message: /<Message>(.*?)<\/Message>/s.exec(text)?.[1]?.replaceAll('&apos;', "'"),
    };
  }
  const body = JSON.parse(text);
  return {
    code: headers.get('x-amzn-errortype') ?? body.__type,
    message: body.message ?? body.Message,
  };
};

describe('a good signature', () => {
  test.each(Object.keys(GOOD) as Protocol[])('is accepted for %s', async (protocol) => {
    expect((await call(protocol)).status).toBe(200);
  });

  test('is accepted in a presigned URL', async () => {
    const answer = await call('query', {
      method: 'GET',
      headers: {},
      body: undefined as never,
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      presigned: true,
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`<Account>${control.accountId}</Account>`);
  });

  test('of botocore is accepted, in both forms and for encoded ARNs', async (context) => {
    const script = `
import boto3, sys, json, urllib.request
from botocore.config import Config
url, key, secret = sys.argv[1:4]
session = boto3.session.Session(aws_access_key_id=key, aws_secret_access_key=secret, region_name='us-west-2')
config = Config(retries={'max_attempts': 0})
client = lambda name: session.client(name, endpoint_url=url, config=config)
arn = client('vpc-lattice').create_service(name='boto', tags={'a b': 'c+d/é'})['arn']
service = client('vpc-lattice').get_service(serviceIdentifier=arn)
tags = client('vpc-lattice').list_tags_for_resource(resourceArn=arn)['tags']
client('vpc-lattice').untag_resource(resourceArn=arn, tagKeys=['a b', 'x'])
presigned = client('sts').generate_presigned_url('get_caller_identity', HttpMethod='GET')
identity = urllib.request.urlopen(presigned).read().decode()
client('vpc-lattice').delete_service(serviceIdentifier=arn)
print(json.dumps({'name': service['name'], 'tags': tags, 'identity': '<GetCallerIdentityResponse' in identity}))
`;
    const { accessKeyId, secretAccessKey } = control.credentials;
    const run = promisify(execFile);
    try {
      await run('python3', ['-c', 'import boto3']);
    } catch {
      context.skip('python3 with boto3 is not installed here');
    }
    const { stdout } = await run('python3', [
      '-c',
      script,
      control.url,
      accessKeyId,
      secretAccessKey,
    ]);
    expect(JSON.parse(stdout)).toEqual({ name: 'boto', tags: { 'a b': 'c+d/é' }, identity: true });
  });
});

describe('a caller is refused, in the words of the protocol', () => {
  const unknown = { credentials: { accessKeyId: 'AKIAUNKNOWN234567ABC', secretAccessKey: 'x' } };
  const wrong = (): Partial<SignedCall> => ({
    credentials: { ...control.credentials, secretAccessKey: 'wrong' },
  });
  const old = { signedAt: new Date(Date.now() - 20 * 60_000) };
  const abroad = { region: 'eu-west-1' };
  const regions =
    "Credential should be scoped to a valid region, not 'eu-west-1'. This endpoint serves the region 'us-west-2'.";
  const mismatch = 'The request signature we calculated does not match the signature you provided.';
  const token = 'The security token included in the request is invalid.';

  const cases: readonly (readonly [
    Protocol,
    string,
    () => Partial<SignedCall>,
    number,
    string,
    string,
  ])[] = [
    ['rest-json', 'unknown key', () => unknown, 403, 'UnrecognizedClientException', token],
    ['rest-json', 'wrong secret', wrong, 403, 'InvalidSignatureException', mismatch],
    [
      'rest-json',
      'old signature',
      () => old,
      403,
      'InvalidSignatureException',
      'Signature expired: ',
    ],
    ['rest-json', 'other region', () => abroad, 403, 'InvalidSignatureException', regions],
    ['json', 'unknown key', () => unknown, 400, 'UnrecognizedClientException', token],
    ['json', 'wrong secret', wrong, 400, 'InvalidSignatureException', mismatch],
    ['json', 'old signature', () => old, 400, 'InvalidSignatureException', 'Signature expired: '],
    ['json', 'other region', () => abroad, 400, 'InvalidSignatureException', regions],
    ['query', 'unknown key', () => unknown, 403, 'InvalidClientTokenId', token],
    ['query', 'wrong secret', wrong, 403, 'SignatureDoesNotMatch', mismatch],
    ['query', 'old signature', () => old, 403, 'SignatureDoesNotMatch', 'Signature expired: '],
    ['query', 'other region', () => abroad, 403, 'SignatureDoesNotMatch', regions],
    ['ec2', 'unknown key', () => unknown, 401, 'AuthFailure', 'AWS was not able to validate'],
    ['ec2', 'wrong secret', wrong, 403, 'SignatureDoesNotMatch', mismatch],
    ['ec2', 'old signature', () => old, 400, 'RequestExpired', 'Signature expired: '],
    ['ec2', 'other region', () => abroad, 401, 'AuthFailure', regions],
  ];
  test.each(cases)('%s: %s', async (protocol, _name, change, status, code, message) => {
    const answer = await call(protocol, change());
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe(code);
    expect(errorOf(answer).message).toContain(message);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('with a session token that was not issued here', async () => {
    const answer = await call('rest-json', { headers: { 'x-amz-security-token': 'abc' } });
    expect(errorOf(answer).code).toBe('UnrecognizedClientException');
  });

  test('and the SDK makes the error of it that it makes of AWS’s', async () => {
    const sts = new STSClient({
      endpoint: control.url,
      region: 'us-west-2',
      credentials: unknown.credentials,
      maxAttempts: 1,
    });
    await expect(sts.send(new GetCallerIdentityCommand())).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    });
    sts.destroy();
  });
});

describe('without a signature', () => {
  const requests: readonly { name: string; path: string; init?: RequestInit; code: string }[] = [
    { name: 'a read', path: '/services', code: 'MissingAuthenticationTokenException' },
    { name: 'an unknown path', path: '/no/such', code: 'MissingAuthenticationTokenException' },
    {
      name: 'a path beside ready',
      path: '/-/ready/x',
      code: 'MissingAuthenticationTokenException',
    },
    {
      name: 'a JSON call',
      path: '/',
      init: { method: 'POST', headers: jsonRpc, body: '{}' },
      code: 'MissingAuthenticationTokenException',
    },
    {
      name: 'a form',
      path: '/',
      init: { method: 'POST', headers: form, body: 'Action=DescribeVpcs&Version=2016-11-15' },
      code: 'MissingAuthenticationToken',
    },
    {
      name: 'a form in the query',
      path: '/?Action=GetCallerIdentity&Version=2011-06-15',
      code: 'MissingAuthenticationToken',
    },
  ];
  test.each(requests)('$name gets nothing but that it lacks one', async ({ path, init, code }) => {
    const response = await fetch(control.url + path, init);
    const text = await response.text();
    expect(errorOf({ headers: response.headers, text }).code).toBe(code);
    expect(text.toLowerCase()).not.toContain('pergola');
    expect(response.headers.get('server')).toBeNull();
  });

  test('only GET /-/ready is answered', async () => {
    const response = await fetch(`${control.url}/-/ready`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ready: true });
    expect((await fetch(`${control.url}/-/ready`, { method: 'POST' })).status).toBe(403);
  });
});

describe('with a good signature', () => {
  const notBuilt: readonly { name: string; change: Partial<SignedCall>; code: string }[] = [
    {
      name: 'elasticloadbalancing, in XML',
      change: {
        service: 'elasticloadbalancing',
        method: 'POST',
        headers: form,
        body: 'Action=DescribeLoadBalancers',
      },
      code: 'AccessDenied',
    },
    {
      name: 'logs, in JSON',
      change: {
        service: 'logs',
        method: 'POST',
        headers: { 'x-amz-target': 'Logs_20140328.DescribeLogGroups' },
        body: '{}',
      },
      code: 'AccessDeniedException',
    },
    { name: 'ram', change: { service: 'ram', path: '/x' }, code: 'AccessDeniedException' },
    {
      name: 'a service of no name',
      change: { service: 'nonesuch' },
      code: 'AccessDeniedException',
    },
  ];
  test.each(notBuilt)('a service that is not built says so: $name', async ({ change, code }) => {
    const answer = await call('rest-json', { path: '/', ...change });
    expect(errorOf(answer)).toEqual({
      code,
      message: `the service \`${change.service}\` is not built in this version of Pergola; see docs/coverage.md`,
    });
    expect(answer.status).toBe(403);
  });

  test('an operation that is not built says so, and SDKs do not repeat it', async () => {
    const answer = await call('rest-json', {
      method: 'POST',
      path: '/resourcegateways',
      body: JSON.stringify({
        name: 'gateway',
        vpcIdentifier: 'vpc-0123456789abcdef0',
        subnetIds: ['subnet-0123456789abcdef0'],
      }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(501);
    expect(errorOf(answer).message).toContain(
      '`CreateResourceGateway` of VPC Lattice is not built',
    );
  });
});
