import { expect, test } from 'vitest';
import { loadModel } from './load-model.ts';
import type { Model } from './model.ts';
import { protocolFor } from './protocol.ts';
import { aRequest, refusal } from './sample-request.ts';
import { ServiceError } from './service-error.ts';

const sts = protocolFor(loadModel('sts'));

test('a form body names the operation', () => {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  expect(sts.parse(aRequest({ body }))).toEqual({ operation: 'GetCallerIdentity', input: {} });
});

test('an answer stands in its result, with the request id behind it', () => {
  const output = { UserId: 'A', Account: '123456789012', Arn: 'arn:aws:iam::123456789012:root' };
  expect(sts.serialize('GetCallerIdentity', output, 'request-1').body.toString()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      '<UserId>A</UserId><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:root</Arn>' +
      '</GetCallerIdentityResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  );
});

test.each([
  {
    code: 'UnrecognizedClientException',
    status: 403,
    answers: 'InvalidClientTokenId',
    type: 'Sender',
  },
  {
    code: 'InvalidSignatureException',
    status: 403,
    answers: 'SignatureDoesNotMatch',
    type: 'Sender',
  },
  { code: 'InternalServerException', status: 500, answers: 'InternalFailure', type: 'Receiver' },
])('the error $code is $answers', ({ code, status, answers, type }) => {
  const response = sts.serializeError(new ServiceError(code, status, 'sorry'), 'request-2');
  expect(response.statusCode).toBe(status);
  expect(response.body.toString()).toContain(
    `<Error><Type>${type}</Type><Code>${answers}</Code><Message>sorry</Message></Error><RequestId>request-2</RequestId>`,
  );
});

test.each([
  {
    name: 'an operation that is not built',
    action: 'GetFederationToken',
    code: 'UnsupportedOperationException',
  },
  { name: 'an operation that does not exist', action: 'AssumeControl', code: 'InvalidAction' },
])('$name is refused', ({ action, code }) => {
  const body = `Action=${action}&Version=2011-06-15`;
  expect(refusal(() => sts.parse(aRequest({ body })))).toMatchObject({ code });
});

const listModel: Model = {
  service: {
    serviceId: 'Lists',
    apiVersion: '1',
    protocol: 'query',
    signingName: 'lists',
    xmlNamespace: 'urn:lists',
  },
  operations: {
    Echo: {
      http: { method: 'POST', uri: '/', code: 200 },
      input: 'EchoShape',
      output: 'EchoShape',
      resultWrapper: 'EchoResult',
    },
  },
  shapes: {
    EchoShape: {
      type: 'structure',
      required: ['Plain'],
      members: {
        Plain: { shape: 'Plain' },
        Flat: { shape: 'Flat' },
        At: { shape: 'At' },
        Secret: { shape: 'Secret' },
      },
    },
    Plain: { type: 'list', member: { shape: 'Text' } },
    Flat: { type: 'list', member: { shape: 'Text' }, flattened: true },
    Text: { type: 'string' },
    At: { type: 'timestamp' },
    Secret: { type: 'string', max: 3, sensitive: true },
  },
};
const lists = protocolFor(listModel);

test('lists stand under member, unless they are flattened, in both directions', () => {
  const body =
    'Action=Echo&Plain.member.1=a&Plain.member.2=b%20c&Flat.1=d&Flat.2=e&At=2026-04-01T12:00:00Z';
  const { input } = lists.parse(aRequest({ body }));
  expect(input).toEqual({
    Plain: ['a', 'b c'],
    Flat: ['d', 'e'],
    At: new Date('2026-04-01T12:00:00Z'),
  });
  expect(lists.serialize('Echo', input, 'r').body.toString()).toContain(
    '<EchoResult><Plain><member>a</member><member>b c</member></Plain><Flat>d</Flat><Flat>e</Flat>' +
      '<At>2026-04-01T12:00:00.000Z</At></EchoResult>',
  );
});

test('an empty parameter is an empty list', () => {
  expect(lists.parse(aRequest({ body: 'Action=Echo&Plain=' })).input).toEqual({ Plain: [] });
});

test('failures are a ValidationError, and a sensitive value is not repeated', () => {
  const error = refusal(() => lists.parse(aRequest({ body: 'Action=Echo&Secret=hunter2' })));
  expect(error.code).toBe('ValidationError');
  expect(error.message).toBe(
    "2 validation errors detected: Value null at 'plain' failed to satisfy constraint: Member must not be null; " +
      "Value at 'secret' failed to satisfy constraint: Member must have length less than or equal to 3",
  );
});
