import { describe, expect, onTestFinished, test } from 'vitest';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import {
  aPolicyText,
  arnOf,
  aSignedRequest,
  callerParts,
  type SampleRequest,
} from '../support/sample-callers.ts';
import { DataPlane, secureShop } from './data-plane.ts';
import { Http2Client, type Http2Response, http2Target } from './http2-peers.ts';

const METHOD = '/shop.Orders/List';
const ALLOW = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

const CERTIFICATE = { host: 'shop.example', certificateId: aCertificate().id };

const guarded = (...statements: readonly object[]) => ({
  authType: 'AWS_IAM' as const,
  authPolicy: aPolicyText(statements),
});

/** What a signer adds to a call; it signs the host without a port. */
const signatureOf = async (
  sample: Partial<SampleRequest> = {},
): Promise<Record<string, string>> => {
  const text = await aSignedRequest({
    who: 'checkout',
    request: `POST ${METHOD}`,
    signedAt: new Date(),
    ...sample,
  });
  const lines = text.split('\r\n').slice(1, -2);
  const fields = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2),
  ]);
  const { host: _, ...signature } = Object.fromEntries(fields) as Record<string, string>;
  return signature;
};

const started = async (...statements: readonly object[]) => {
  const target = await http2Target((stream) => {
    stream.respond({ ':status': 200, 'grpc-status': '0' }, { endStream: true });
  });
  const plane = await DataPlane.start({
    parts: [
      ...callerParts(),
      ...secureShop({
        targets: [target.port],
        group: { protocolVersion: 'GRPC' },
        service: { ...guarded(...statements), certificates: [CERTIFICATE] },
      }),
    ],
  });
  const client = new Http2Client(plane.port, 'https');
  onTestFinished(async () => {
    client.destroy();
    await plane.stop();
    await target.close();
  });
  const call = (fields: Record<string, string>): Promise<Http2Response> =>
    client.ask(
      {
        ':method': 'POST',
        ':path': METHOD,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...fields,
      },
      '\0\0\0\0\0',
    );
  return { plane, target, call };
};

describe('a gRPC call over TLS', () => {
  test('that is signed passes, and its target is told who sent it, without the signature', async () => {
    const { plane, target, call } = await started(ALLOW);
    const answer = await call(await signatureOf());
    expect(answer.headers['grpc-status']).toBe('0');
    const { headers } = target.requests[0]!;
    expect(headers['x-amzn-lattice-identity']).toContain(`Principal=${arnOf('checkout')}; `);
    expect(headers['x-amzn-lattice-identity-tags']).toContain(';team=orders;stage=prod');
    expect(headers).toMatchObject({ te: 'trailers', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' });
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-amz-security-token');
    expect(await plane.stop()).toMatchObject([
      { callerPrincipal: arnOf('checkout'), grpcResponseCode: 0 },
    ]);
  });

  test.each<{ name: string; sample: Partial<SampleRequest> }>([
    { name: 'another method', sample: { request: 'POST /shop.Orders/Delete' } },
    { name: 'another verb', sample: { request: `GET ${METHOD}` } },
    { name: 'another service of AWS', sample: { service: 's3' } },
  ])('with a signature for $name is refused in the form of gRPC', async ({ sample }) => {
    const { plane, target, call } = await started(ALLOW);
    const answer = await call(await signatureOf(sample));
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/grpc',
      'grpc-status': '7',
    });
    expect(answer.headers['grpc-message']).toMatch(/^InvalidSignatureException: [ -~]+$/);
    expect(target.requests).toHaveLength(0);
    expect(await plane.stop()).toMatchObject([{ responseCode: 200, grpcResponseCode: 7 }]);
  });

  const when = (header: string, value: string) => ({
    ...ALLOW,
    Condition: { StringEquals: { [`vpc-lattice-svcs:RequestHeader/${header}`]: value } },
  });
  test.each([
    { name: 'sees what targets get', header: 'x-tenant', value: 'a', status: '0' },
    { name: 'sees the host', header: 'host', value: 'shop.example', status: '0' },
    {
      name: 'does not see what only we may say',
      header: 'x-amzn-source-vpc',
      value: 'v',
      status: '7',
    },
    {
      name: 'does not see it with underscores',
      header: 'x_forwarded_for',
      value: 'v',
      status: '7',
    },
    { name: 'does not see what not all targets get', header: 'te', value: 'trailers', status: '7' },
  ])('a policy $name', async ({ header, value, status }) => {
    const { target, call } = await started(when(header, value));
    const sent = header === 'host' ? {} : { [header]: value };
    const answer = await call({ ...sent, ...(await signatureOf()) });
    expect(answer.headers['grpc-status']).toBe(status);
    for (const { headers } of target.requests)
      expect(headers).not.toHaveProperty('x_forwarded_for');
  });
});
