import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiClient } from '../../src/cli/api-client.ts';
import { type Credentials, loadCredentials } from '../../src/cli/credentials.ts';
import type { Explanation } from '../../src/protocol/generated/pergola.ts';
import { PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

/** A service whose policy wants a header, in a network open to everybody, and two accounts. */
describe('explanations of a running instance', () => {
  let instance: TestInstance;
  let credentials: Credentials;
  let serviceArn: string;

  const pergola = (...parameters: string[]) =>
    runProgram(PERGOLA, parameters, { env: { ...instance.env, NO_COLOR: '1' } });

  /** Sends a request from within the VPC; answers its id. */
  const refused = async (...parameters: string[]): Promise<string> => {
    const { stdout } = await pergola('exec', '--vpc', 'lab', '--', 'curl', '-sSi', ...parameters);
    expect(stdout).toMatch(/^HTTP\/1\.1 403 /);
    return /^x-amzn-requestid: (.*)\r$/m.exec(stdout)?.[1] ?? '';
  };
  const explained = async (...parameters: string[]): Promise<Explanation> =>
    JSON.parse((await pergola('explain', '--json', ...parameters)).stdout) as Explanation;

  beforeAll(async () => {
    instance = await startInstance('--workers', '2');
    expect((await pergola('account', 'create', 'partner')).code).toBe(0);
    credentials = loadCredentials(join(instance.dataDir, 'credentials'), 'default');
    const client = new ApiClient({ api: instance.api, region: 'us-west-2', credentials });
    const xml = await client.ec2('CreateVpc', {
      CidrBlock: '10.9.0.0/16',
      'TagSpecification.1.ResourceType': 'vpc',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'lab',
    });
    const post = <Answer>(path: string, body: object) =>
      client.call<Answer>('vpc-lattice', 'POST', path, { body });
    const network = await post<{ id: string }>('/servicenetworks', { name: 'open' });
    const service = await post<{ id: string; arn: string }>('/services', {
      name: 'rates',
      customDomainName: 'rates.example',
      authType: 'AWS_IAM',
    });
    serviceArn = service.arn;
    await post('/servicenetworkvpcassociations', {
      serviceNetworkIdentifier: network.id,
      vpcIdentifier: /<vpcId>([^<]+)</.exec(xml)?.[1],
    });
    await post('/servicenetworkserviceassociations', {
      serviceNetworkIdentifier: network.id,
      serviceIdentifier: service.id,
    });
    await post(`/services/${service.id}/listeners`, {
      name: 'http',
      protocol: 'HTTP',
      port: 80,
      defaultAction: { fixedResponse: { statusCode: 404 } },
    });
    const policy = JSON.stringify(aPolicy('gold'));
    await client.call('vpc-lattice', 'PUT', `/authpolicy/${service.id}`, { body: { policy } });
  });
  afterAll(async () => {
    expect(await instance?.stop()).toBe(0);
  });

  const aPolicy = (tier: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyTier',
        Effect: 'Allow',
        Principal: '*',
        Action: 'vpc-lattice-svcs:Invoke',
        Resource: `${serviceArn}/*`,
        Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHeader/x-tier': tier } },
      },
    ],
  });

  test('a refused request is explained down to the condition', async () => {
    const id = await refused('-H', 'x-tier: silver', 'http://rates.example/parking?token=geheim');
    const { code, stdout, stderr } = await pergola('explain', id);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^REFUSED {2}403 AccessDeniedException: User: anonymous is not /);
    expect(stdout).toContain('GET http://rates.example/parking?token=(hidden)\n');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      "statement 1 (`OnlyTier`) of the service's auth policy would allow it if header `x-tier` were `gold` (it is `silver`)",
    );
    expect(stdout).not.toContain('geheim');
  });

  test('an explicit deny is explained down to the condition', async () => {
    const file = join(instance.dataDir, 'signed-only.json');
    const { Version, Statement } = aPolicy('gold');
    const denying = {
      ...Statement[0],
      Sid: 'OnlySigned',
      Effect: 'Deny',
      Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } },
    };
    await writeFile(file, JSON.stringify({ Version, Statement: [...Statement, denying] }));
    const as = ['simulate', '--as', 'anonymous', '--vpc', 'lab', '--service-policy', file];
    const gold = ['-H', 'x-tier: gold', 'GET', 'http://rates.example/'];
    const { stdout } = await pergola(...as, '--json', ...gold);
    const { layers } = JSON.parse(stdout) as Explanation;
    expect(layers.find(({ says }) => says === 'explicitDeny')).toMatchObject({
      statements: [
        { sid: 'OnlyTier', applies: true },
        {
          sid: 'OnlySigned',
          applies: true,
          matches: [
            '`aws:PrincipalType` is `Anonymous` (StringEquals `Anonymous`)',
            expect.stringContaining('its Resource '),
          ],
        },
      ],
      advice: [expect.stringMatching(/ would not apply if the request were signed /)],
    });
  });

  test.each(['a/b?c=%41 "größe"', '.', '..'])('ids are the clients’ choice: %s', async (odd) => {
    const id = await refused('-H', `x-amzn-requestid: ${odd}`, 'http://rates.example/');
    expect(id).toBe(odd);
    expect(await explained(odd)).toMatchObject({ allowed: false, caller: { kind: 'anonymous' } });
  });

  test('of several requests with one id the newest is explained, whichever worker had it', async () => {
    for (const method of ['GET', 'PUT', 'GET', 'POST']) {
      await refused('-X', method, '-H', 'x-amzn-requestid: same', 'http://rates.example/');
      expect(await explained('same')).toMatchObject({ request: { method } });
    }
    expect((await pergola('explain', 'same')).stdout).toContain('\n3 older requests with this id');
  });

  test('a signature for another region is explained, and no secret is told', async () => {
    const user = `${credentials.accessKeyId}:${credentials.secretAccessKey}`;
    const id = await refused(
      '--user',
      user,
      '--aws-sigv4',
      'aws:amz:us-east-1:vpc-lattice-svcs',
      '-H',
      'x-amz-content-sha256: UNSIGNED-PAYLOAD',
      'http://rates.example/',
    );
    const explanation = await explained(id);
    expect(explanation).toMatchObject({
      caller: { kind: 'unverified', accessKeyId: credentials.accessKeyId },
      signature: {
        isValid: false,
        canonicalRequest: expect.stringMatching(/^GET\n\/\n\nhost:rates\.example\n/),
        findings: expect.arrayContaining([
          'the credential is scoped to the region `us-east-1`: sign for `us-west-2`',
        ]),
      },
    });
    expect(JSON.stringify(explanation)).not.toContain(credentials.secretAccessKey);
  });

  test('another account sees no request in which it has no part', async () => {
    const id = await refused('http://rates.example/');
    const { code, stderr } = await pergola('explain', id, '--account', 'partner');
    expect(code).toBe(1);
    expect(stderr).toContain(`no refused request with the id \`${id}\` is kept`);
  });

  test.each(['rates.example', 'a', 'ftp://rates.example/'])(
    'no way is explained to the URL `%s`, and it is said what to give',
    async (url) => {
      const { code, stderr } = await pergola('explain', '--from', 'lab', url);
      expect([code, stderr]).toEqual([1, 'pergola: give a URL with http:// or https://\n']);
    },
  );

  test('a simulation tells by its exit code, also for a policy that is not stored', async () => {
    const file = join(instance.dataDir, 'silver.json');
    await writeFile(file, JSON.stringify(aPolicy('silver')));
    const simulate = (...parameters: string[]) =>
      pergola('simulate', '--as', 'anonymous', '--vpc', 'lab', ...parameters);
    const silver = ['-H', 'x-tier: silver', 'GET', 'http://rates.example/'];
    const asStored = await simulate(...silver);
    expect({ ...asStored, stdout: asStored.stdout.slice(0, 7) }).toEqual({
      code: 3,
      stdout: 'REFUSED',
      stderr: '',
    });
    const asPlanned = await simulate('--service-policy', file, ...silver);
    expect({ ...asPlanned, stdout: asPlanned.stdout.split('\n')[0] }).toEqual({
      code: 0,
      stdout: 'ALLOWED  404 fixed response: Not Found',
      stderr: '',
    });
    // Nothing was stored.
    expect((await simulate(...silver)).code).toBe(3);
    expect((await pergola('lint', file)).code).toBe(0);
  });
});
