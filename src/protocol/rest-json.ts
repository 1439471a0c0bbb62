import { notBuiltError, quoted } from './common-errors.ts';
import { decodeJson } from './decode-json.ts';
import { encodeJson } from './encode-json.ts';
import { FailureList, failureMessage, failuresMessage, listed, memberPaths } from './failures.ts';
import { parseJsonBody, UnreadableBodyError } from './parse-json-body.ts';
import { headerMembers, readLocations, wireName } from './rest-locations.ts';
import { restRouter } from './rest-router.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceProtocol } from './service-protocol.ts';
import type { ResolvedOperation, ServiceTable } from './service-table.ts';
import { validate } from './validate.ts';
import type { ProtocolRequest, ProtocolResponse } from './wire.ts';

/** REST-JSON 1: the operation is in method and path, members are in path, query, headers and JSON body. */
export const restJsonProtocol = (table: ServiceTable): ServiceProtocol => {
  const route = restRouter(table.operations.values());

  const parse: ServiceProtocol['parse'] = (request) => {
    const match = route(request.method, request.rawPath);
    if (!match) throw unknownRoute(request);
    const { operation } = match;
    const failures = new FailureList(memberPaths);
    const input = readBody(operation, request, failures);
    readLocations(match, request, failures, input, cannotParse);
    throwAny(failures, 'cannotParse');
    validate(operation.input, input, failures, wireName);
    throwAny(failures, 'fieldValidationFailed');
    return { operation: operation.name, input };
  };

  const serialize: ServiceProtocol['serialize'] = (name, output, requestId) => {
    const operation = table.operations.get(name);
    if (!operation) return serializeError(notBuiltError(table.model, name), requestId);
    const { code } = operation.http;
    if (code === 204)
      return { statusCode: 204, headers: { [requestIdHeader]: requestId }, body: none };
    const value = output ?? {};
    const body = operation.output ? encodeJson(operation.output, value) : {};
    const headers = operation.output ? headerMembers(operation.output.members, value) : {};
    return jsonResponse(code, { ...headers, [requestIdHeader]: requestId }, body);
  };

  const serializeError: ServiceProtocol['serializeError'] = (error, requestId) => {
    const shape = table.errors.get(error.code);
    const value = { ...error.members, message: error.message };
    return jsonResponse(
      error.statusCode,
      {
        ...(shape && headerMembers(shape.members, value)),
        [requestIdHeader]: requestId,
        'x-amzn-errortype': error.code,
      },
      shape ? encodeJson(shape, value) : value,
    );
  };

  return { parse, serialize, serializeError };
};

const requestIdHeader = 'x-amzn-requestid';
const none = Buffer.alloc(0);

const jsonResponse = (
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): ProtocolResponse => ({
  statusCode,
  headers: { ...headers, 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
});

/** AWS answers routes that it does not know with 404; `reason` is what ValidationException calls it. */
const unknownRoute = (request: ProtocolRequest) =>
  new ServiceError(
    'UnknownOperationException',
    404,
    `no operation has the route \`${quoted(`${request.method} ${request.rawPath}`)}\``,
    { reason: 'unknownOperation' },
  );

const cannotParse = (message: string) =>
  new ServiceError('ValidationException', 400, message, { reason: 'cannotParse' });

const throwAny = ({ failures }: FailureList, reason: 'cannotParse' | 'fieldValidationFailed') => {
  if (failures.length === 0) return;
  throw new ServiceError('ValidationException', 400, failuresMessage(failures), {
    reason,
    fieldList: listed(failures).map((failure) => ({
      name: failure.path,
      message: failureMessage(failure),
    })),
  });
};

const readBody = (
  operation: ResolvedOperation,
  request: ProtocolRequest,
  failures: FailureList,
): Record<string, unknown> => {
  // Clients send `{}` with operations that take no body; what it says is of no interest.
  if (operation.input.members.every((member) => member.location !== undefined)) return {};
  try {
    const value = parseJsonBody(request.body);
    return decodeJson(operation.input, value, failures, true) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof UnreadableBodyError)) throw error;
    if (error.tooLarge)
      throw new ServiceError('RequestEntityTooLargeException', 413, error.message);
    throw cannotParse(error.message);
  }
};
