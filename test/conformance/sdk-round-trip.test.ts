import { Readable } from 'node:stream';
import * as ec2 from '@aws-sdk/client-ec2';
import * as tagging from '@aws-sdk/client-resource-groups-tagging-api';
import * as sts from '@aws-sdk/client-sts';
import * as lattice from '@aws-sdk/client-vpc-lattice';
import { describe, expect, test } from 'vitest';
import { loadModel, type ServiceName } from '../../src/protocol/load-model.ts';
import { protocolFor } from '../../src/protocol/protocol.ts';
import { ServiceError } from '../../src/protocol/service-error.ts';
import type { ParsedRequest } from '../../src/protocol/service-protocol.ts';
import { resolveModel } from '../../src/protocol/service-table.ts';
import type { ProtocolResponse } from '../../src/protocol/wire.ts';
import { sampleValue } from './sample-value.ts';

/** Every operation of every model whose official client is installed, sent by the official client and answered by our bytes, without a socket. */
const clients: Readonly<
  Record<
    Exclude<ServiceName, 'acm' | 'iam' | 'route53' | 'pergola'>,
    readonly [exports: object, client: string]
  >
> = {
  'vpc-lattice': [lattice, 'VPCLatticeClient'],
  ec2: [ec2, 'EC2Client'],
  sts: [sts, 'STSClient'],
  tagging: [tagging, 'ResourceGroupsTaggingAPIClient'],
};

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

type SdkClient = { send(command: unknown): Promise<Readonly<Record<string, unknown>>> };

const queryText = (query: SdkRequest['query']) =>
  Object.entries(query)
    .flatMap(([name, value]) => [value ?? ''].flat().map((one) => [name, one] as const))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

describe.each(Object.entries(clients))('%s', (service, [exported, clientName]) => {
  const model = loadModel(service as ServiceName);
  const table = resolveModel(model);
  const protocol = protocolFor(model);
  const constructors = exported as Readonly<Record<string, new (input: unknown) => unknown>>;

  /** Sends `input`; `answer` gets what we parsed. */
  const send = async (
    operation: string,
    input: unknown,
    answer: (parsed: ParsedRequest) => ProtocolResponse,
  ) => {
    const handle = async (request: SdkRequest) => {
      const parsed = protocol.parse({
        method: request.method,
        rawPath: request.path,
        query: queryText(request.query),
        headers: request.headers,
        body:
          typeof request.body === 'string'
            ? Buffer.from(request.body)
            : Buffer.concat(request.body ? [request.body] : []),
      });
      const { statusCode, headers, body } = answer(parsed);
      return { response: { statusCode, headers: { ...headers }, body: Readable.from([body]) } };
    };
    const client = new constructors[clientName]!({
      region: 'us-west-2',
      endpoint: 'http://127.0.0.1:1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
      requestHandler: { handle },
      maxAttempts: 1,
    }) as SdkClient;
    const { $metadata, ...output } = await client.send(
      new constructors[`${operation}Command`]!(input),
    );
    expect($metadata).toMatchObject({ requestId: 'request-1' });
    return output;
  };

  test.each([...table.operations.values()])('$name', async ({ name, input, output }) => {
    const sentInput = sampleValue(input);
    const sentOutput = output === undefined ? {} : sampleValue(output);
    let parsed: ParsedRequest | undefined;
    const received = await send(name, sentInput, (request) => {
      parsed = request;
      return protocol.serialize(request.operation, sentOutput, 'request-1');
    });
    expect(parsed).toEqual({ operation: name, input: sentInput });
    expect(received).toEqual(sentOutput);
  });

  test('empty answers and empty lists arrive as such', async () => {
    for (const { name, input, output } of table.operations.values()) {
      const lists = Object.fromEntries(
        (output?.members ?? [])
          .filter((member) => member.target.type === 'list')
          .map((member) => [member.name, []]),
      );
      const received = await send(name, sampleValue(input), () =>
        protocol.serialize(name, lists, 'request-1'),
      );
      expect({ name, ...received }).toEqual({ name, ...lists });
    }
  });

  test('an error arrives with its code, message, status and request id', async () => {
    const [name, operation] = [...table.operations][0]!;
    const error = new ServiceError('AccessDeniedException', 403, 'you & <I> may not');
    const code = { ec2: 'UnauthorizedOperation', sts: 'AccessDenied' }[service as string];
    await expect(
      send(name, sampleValue(operation.input), () => protocol.serializeError(error, 'request-2')),
    ).rejects.toMatchObject({
      name: code ?? 'AccessDeniedException',
      message: 'you & <I> may not',
      $metadata: { httpStatusCode: 403, requestId: 'request-2' },
    });
  });
});

test('the members of a modelled error reach the class of the SDK', async () => {
  const protocol = protocolFor(loadModel('vpc-lattice'));
  const error = new ServiceError('ThrottlingException', 429, 'Rate exceeded', {
    quotaCode: 'L-1',
    retryAfterSeconds: 3,
  });
  const { statusCode, headers, body } = protocol.serializeError(error, 'request-1');
  const client = new lattice.VPCLatticeClient({
    region: 'us-west-2',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    requestHandler: {
      handle: async () => ({
        response: { statusCode, headers: { ...headers }, body: Readable.from([body]) } as never,
      }),
    },
    maxAttempts: 1,
  });
  const failure = await client.send(new lattice.ListServicesCommand({})).catch((caught) => caught);
  expect(failure).toBeInstanceOf(lattice.ThrottlingException);
  expect(failure).toMatchObject({
    message: 'Rate exceeded',
    quotaCode: 'L-1',
    retryAfterSeconds: 3,
  });
});
