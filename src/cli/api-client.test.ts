import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ApiClient, ApiError } from './api-client.ts';

describe('the signed client', () => {
  let server: Server;
  let api: string;
  let seen: { request: IncomingMessage; body: string } | undefined;
  let answer: { status: number; headers?: Record<string, string>; body: string };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        seen = { request, body };
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    answer = { status: 200, body: '{"items":[]}' };
  });

  const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'very-secret' };
  const client = () => new ApiClient({ api, region: 'us-west-2', credentials });

  test('sends JSON, the query encoded as it was signed, and the scope of the service', async () => {
    await client().call('pergola', 'PUT', '/vpcs/vpc-1/mappings', {
      query: { port: 80, text: "a b'(*)", none: undefined },
      body: { address: '10.0.0.1' },
    });
    expect(seen?.request.method).toBe('PUT');
    expect(seen?.request.url).toBe('/vpcs/vpc-1/mappings?port=80&text=a%20b%27%28%2A%29');
    expect(seen?.body).toBe('{"address":"10.0.0.1"}');
    expect(seen?.request.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/us-west-2\/pergola\/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$|^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/us-west-2\/pergola\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
  });

  test('sends the Query protocol to ec2', async () => {
    answer.body = '<CreateVpcResponse/>';
    expect(await client().ec2('CreateVpc', { CidrBlock: '10.0.0.0/16' })).toBe(answer.body);
    expect(seen?.body).toBe('Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0%2F16');
  });

  test('sends JSON 1.1 with the name of the operation to acm', async () => {
    answer.body = '{"CertificateArn":"arn:1"}';
    expect(
      await client().callJson('acm', 'RequestCertificate', { DomainName: 'a.example' }),
    ).toEqual({ CertificateArn: 'arn:1' });
    expect(seen?.request.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'CertificateManager.RequestCertificate',
    });
    expect(seen?.request.headers.authorization).toContain('/us-west-2/acm/aws4_request');
    expect(seen?.request.headers.authorization).toContain('x-amz-target');
    expect(seen?.body).toBe('{"DomainName":"a.example"}');
  });

  test('answers an empty object for an empty answer', async () => {
    answer = { status: 204, body: '' };
    expect(await client().call('vpc-lattice', 'DELETE', '/services/svc-1')).toEqual({});
  });

  const errors = [
    {
      name: 'REST-JSON',
      answer: {
        status: 404,
        headers: { 'x-amzn-errortype': 'ResourceNotFoundException:http://internal/' },
        body: '{"message":"Service svc-1 not found"}',
      },
      expected: { code: 'ResourceNotFoundException', message: 'Service svc-1 not found' },
    },
    {
      name: 'JSON 1.1',
      answer: { status: 400, body: '{"__type":"x#InvalidSignatureException","Message":"no"}' },
      expected: { code: 'InvalidSignatureException', message: 'no' },
    },
    {
      name: 'XML',
      answer: {
        status: 400,
        body: '<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>gone</Message></Error></Errors></Response>',
      },
      expected: { code: 'InvalidVpcID.NotFound', message: 'gone' },
    },
    {
      name: 'something else',
      answer: { status: 502, body: '<html>' },
      expected: { code: 'Unknown', message: 'the API answered 502 without a text' },
    },
  ];
  test.each(errors)('turns an error in $name into an ApiError', async (row) => {
    answer = row.answer;
    const error = await client()
      .call('vpc-lattice', 'GET', '/services/svc-1')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ ...row.expected, status: row.answer.status });
  });

  test('says that nobody answers, without the secret', async () => {
    const gone = new ApiClient({ api: 'http://127.0.0.1:1', region: 'us-west-2', credentials });
    const error = await gone.call('pergola', 'GET', '/status').catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('the API at http://127.0.0.1:1 does not answer');
    expect(String(error)).not.toContain('very-secret');
  });
});
