import { fileURLToPath } from 'node:url';
import { Server, ServerCredentials, type UntypedHandleCall } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findOrCreate } from '../../examples/storefront/lattice.ts';
import { loadCredentials } from '../../src/cli/credentials.ts';
import { type EchoNetwork, startEchoNetwork } from './echo-network.ts';
import { PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/signing/signed-grpc.mjs', import.meta.url));
const PLAIN = 'http://health.example:8080';
const PATH = '/grpc.health.v1.Health/Check';

/** An instance with a gRPC service, over TLS and in the clear, for whoever signs. */
let instance: TestInstance;
let network: EchoNetwork;
let generatedName: string;
const target = new Server();
/** Metadata that the target got. */
const seen: (readonly string[])[] = [];

beforeAll(async () => {
  instance = await startInstance();
  network = await startEchoNetwork(instance);
  const bytes = (value: Buffer) => value;
  const check: UntypedHandleCall = (
    call: { request: Buffer; metadata: { getMap(): object } },
    callback: (error: null, answer: Buffer) => void,
  ) => {
    seen.push(Object.keys(call.metadata.getMap()));
    // `SERVING`, but for a service that is not there.
    callback(null, Buffer.from([0x08, call.request.includes('nobody') ? 3 : 1]));
  };
  target.addService(
    {
      check: {
        path: PATH,
        requestStream: false,
        responseStream: false,
        requestSerialize: bytes,
        requestDeserialize: bytes,
        responseSerialize: bytes,
        responseDeserialize: bytes,
      },
    },
    { check },
  );
  const port = await new Promise<number>((resolve, reject) => {
    target.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  const forward = await network.addGroup(
    'health',
    { protocol: 'HTTP', protocolVersion: 'GRPC' },
    port,
  );
  const service = await findOrCreate(network.client, '/services', {
    name: 'health',
    authType: 'AWS_IAM',
    customDomainName: 'health.example',
  });
  const allowed = {
    Effect: 'Allow',
    Principal: { AWS: service.arn.split(':')[4] },
    Action: 'vpc-lattice-svcs:Invoke',
    Resource: `${service.arn}${PATH}`,
  };
  await network.client.call('vpc-lattice', 'PUT', `/authpolicy/${service.id}`, {
    body: { policy: JSON.stringify({ Version: '2012-10-17', Statement: [allowed] }) },
  });
  await network.serve(service, forward, [
    { protocol: 'HTTP', port: 8080 },
    { protocol: 'HTTPS', port: 443 },
  ]);
  const { dnsEntry } = await network.client.call<{ dnsEntry: { domainName: string } }>(
    'vpc-lattice',
    'GET',
    `/services/${service.id}`,
  );
  generatedName = dnsEntry.domainName;
});

afterAll(async () => {
  network?.stop();
  expect(await instance?.stop()).toBe(0);
  target.forceShutdown();
});

const signed = (parameters: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const file = `${instance.dataDir}/credentials`;
  const { accessKeyId, secretAccessKey } = loadCredentials(file, 'default');
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  return runProgram(
    PERGOLA,
    ['exec', '--vpc', 'lab', '--', process.execPath, EXAMPLE, ...parameters],
    {
      env: { ...instance.env, ...keys, ...env },
    },
  );
};

describe('the example of a signed gRPC call', () => {
  test.each([
    { name: 'over TLS', url: () => `https://${generatedName}` },
    { name: 'in the clear, on a port of its own', url: () => PLAIN },
  ])('is answered $name', async ({ url }) => {
    expect(await signed([url()])).toEqual({ code: 0, stdout: 'SERVING\n', stderr: '' });
    expect(seen.at(-1)).toContain('x-amzn-lattice-identity');
    expect(seen.at(-1)).not.toContain('authorization');
  });

  test('passes messages on, and tells what is not well', async () => {
    const answer = await signed([PLAIN, 'nobody']);
    expect(answer).toEqual({ code: 1, stdout: 'SERVICE_UNKNOWN\n', stderr: '' });
  });

  test('says why it was refused', async () => {
    const before = seen.length;
    const wrong = { AWS_SECRET_ACCESS_KEY: 'not the secret' };
    const { code, stdout, stderr } = await signed([PLAIN], wrong);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^no health of health\.example:8080: 7 PERMISSION_DENIED: .*signature.*\n$/i,
    );
    expect(seen).toHaveLength(before);
  });
});
