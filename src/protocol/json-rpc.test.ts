import { describe, expect, test } from 'vitest';
import { notBuiltError } from './common-errors.ts';
import { loadModel } from './load-model.ts';
import { protocolFor } from './protocol.ts';
import { aRequest, jsonBody, refusal } from './sample-request.ts';
import { ServiceError } from './service-error.ts';

const model = loadModel('tagging');
const tagging = protocolFor(model);

const call = (operation: string, body: string) =>
  aRequest({
    headers: { 'x-amz-target': `ResourceGroupsTaggingAPI_20170126.${operation}` },
    body,
  });

const arn = 'arn:aws:vpc-lattice:us-west-2:123456789012:service/svc-0123456789abcdef0';

test('the operation is named by X-Amz-Target and all members are in the body', () => {
  expect(
    tagging.parse(
      call('TagResources', JSON.stringify({ ResourceARNList: [arn], Tags: { a: '' } })),
    ),
  ).toEqual({
    operation: 'TagResources',
    input: { ResourceARNList: [arn], Tags: { a: '' } },
  });
});

test('an empty body is an empty input', () => {
  expect(tagging.parse(call('GetResources', ''))).toEqual({ operation: 'GetResources', input: {} });
});

describe('refusals', () => {
  test.each([
    { name: 'no target', headers: {} },
    { name: 'a target without an operation', headers: { 'x-amz-target': 'GetResources' } },
    {
      name: 'the target of another service',
      headers: { 'x-amz-target': 'CertificateManager.ListCertificates' },
    },
    {
      name: 'an unknown operation',
      headers: { 'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.toString' },
    },
  ])('$name is an unknown operation', ({ headers }) => {
    expect(refusal(() => tagging.parse(aRequest({ headers })))).toMatchObject({
      code: 'UnknownOperationException',
      statusCode: 400,
    });
  });

  test('an operation that AWS has and we do not answers so', () => {
    const error = refusal(() => tagging.parse(call('StartReportCreation', '{}')));
    expect(error).toEqual(notBuiltError(model, 'StartReportCreation'));
    expect(error.message).toContain('`StartReportCreation` of Resource Groups Tagging API');
    expect(error.statusCode).toBe(501);
  });

  test.each([
    { name: 'broken JSON', body: '{', code: 'SerializationException' },
    {
      name: 'a wrong type',
      body: '{"ResourceARNList":"x","Tags":{}}',
      code: 'SerializationException',
    },
    {
      name: 'a null item',
      body: '{"ResourceARNList":[null],"Tags":{}}',
      code: 'SerializationException',
    },
    { name: 'a missing member', body: '{"Tags":{"a":"b"}}', code: 'ValidationException' },
    {
      name: 'an empty key',
      body: `{"ResourceARNList":["${arn}"],"Tags":{"":"b"}}`,
      code: 'ValidationException',
    },
  ])('$name is a $code', ({ body, code }) => {
    expect(refusal(() => tagging.parse(call('TagResources', body)))).toMatchObject({
      code,
      statusCode: 400,
    });
  });
});

test('an error has its type in the body, and the name of the message that the model has', () => {
  const error = new ServiceError('InvalidParameterException', 400, 'no such ARN');
  expect(jsonBody(tagging.serializeError(error, 'r'))).toEqual({
    __type: 'InvalidParameterException',
    Message: 'no such ARN',
  });
});

test('an answer has the content type of the protocol and leaves out undefined members', () => {
  const response = tagging.serialize(
    'GetResources',
    { ResourceTagMappingList: [], PaginationToken: undefined },
    'r',
  );
  expect(response.headers).toEqual({
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': 'r',
  });
  expect(jsonBody(response)).toEqual({ ResourceTagMappingList: [] });
});
