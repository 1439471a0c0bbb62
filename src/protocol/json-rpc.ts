import { notBuiltError, quoted } from './common-errors.ts';
import { decodeJson } from './decode-json.ts';
import { encodeJson } from './encode-json.ts';
import { FailureList, failuresMessage, memberPaths } from './failures.ts';
import { parseJsonBody, UnreadableBodyError } from './parse-json-body.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceProtocol } from './service-protocol.ts';
import type { ServiceTable } from './service-table.ts';
import { validate } from './validate.ts';

/** AWS JSON 1.0 and 1.1: the operation is in X-Amz-Target, all members are in the body, times are numbers. */
export const jsonRpcProtocol = (table: ServiceTable): ServiceProtocol => {
  const { targetPrefix, jsonVersion = '1.1' } = table.model.service;

  const operationOf = (target: string | undefined) => {
    const dot = target?.lastIndexOf('.') ?? -1;
    if (target === undefined || dot < 0 || target.slice(0, dot) !== targetPrefix)
      throw unknown(
        `the header x-amz-target must name an operation, as \`${targetPrefix}.<operation>\``,
      );
    const name = target.slice(dot + 1);
    const operation = table.operations.get(name);
    if (operation) return operation;
    if (table.otherOperations.has(name)) throw notBuiltError(table.model, name);
    throw unknown(`${table.model.service.serviceId} has no operation \`${quoted(name)}\``);
  };

  const parse: ServiceProtocol['parse'] = (request) => {
    const operation = operationOf(request.headers['x-amz-target']);
    const failures = new FailureList(memberPaths);
    const input = decodeJson(operation.input, readBody(request.body), failures, false);
    throwAny(failures, 'SerializationException');
    validate(operation.input, input, failures, (member) => member.locationName ?? member.name);
    throwAny(failures, 'ValidationException');
    return { operation: operation.name, input };
  };

  const respond = (statusCode: number, body: unknown, requestId: string) => ({
    statusCode,
    headers: {
      'content-type': `application/x-amz-json-${jsonVersion}`,
      'x-amzn-requestid': requestId,
    },
    body: Buffer.from(JSON.stringify(body)),
  });

  const serialize: ServiceProtocol['serialize'] = (name, output, requestId) => {
    const shape = table.operations.get(name)?.output;
    return respond(200, shape ? encodeJson(shape, output ?? {}) : {}, requestId);
  };

  const serializeError: ServiceProtocol['serializeError'] = (error, requestId) => {
    const shape = table.errors.get(error.code);
    // Some services call the member `Message`; a client that parses by the model reads only that.
    const messageName = shape?.members.some((member) => member.name === 'Message')
      ? 'Message'
      : 'message';
    const value = { ...error.members, [messageName]: error.message };
    const members = shape ? (encodeJson(shape, value) as object) : value;
    return respond(error.statusCode, { __type: error.code, ...members }, requestId);
  };

  return { parse, serialize, serializeError };
};

const unknown = (message: string) => new ServiceError('UnknownOperationException', 400, message);

const readBody = (body: Buffer): unknown => {
  try {
    return parseJsonBody(body);
  } catch (error) {
    if (!(error instanceof UnreadableBodyError)) throw error;
    throw error.tooLarge
      ? new ServiceError('RequestEntityTooLargeException', 413, error.message)
      : new ServiceError('SerializationException', 400, error.message);
  }
};

const throwAny = ({ failures }: FailureList, code: string) => {
  if (failures.length > 0) throw new ServiceError(code, 400, failuresMessage(failures));
};
