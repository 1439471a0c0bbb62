import { notBuiltError, quoted } from './common-errors.ts';
import { decodeJson } from './decode-json.ts';
import { decodeScalar } from './decode-parameters.ts';
import { encodeJson } from './encode-json.ts';
import { FailureList, failureMessage, failuresMessage, listed, memberPaths } from './failures.ts';
import { parseParameters } from './parameters.ts';
import { parseJsonBody, UnreadableBodyError } from './parse-json-body.ts';
import { restRouter } from './rest-router.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceProtocol } from './service-protocol.ts';
import type { ResolvedMember, ResolvedOperation, ServiceTable } from './service-table.ts';
import { formatTimestamp } from './timestamp.ts';
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
    readLabels(operation, match.labels, failures, input);
    readQuery(operation, request, failures, input);
    readHeaders(operation, request, failures, input);
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

const wireName = (member: ResolvedMember) => member.locationName ?? member.name;

const jsonResponse = (
  statusCode: number,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): ProtocolResponse => ({
  statusCode,
  headers: { ...headers, 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
});

const headerMembers = (members: readonly ResolvedMember[], value: unknown) => {
  const headers: Record<string, string> = {};
  for (const member of members) {
    const memberValue = (value as Readonly<Record<string, unknown>>)[member.name];
    if (member.location !== 'header' || memberValue === undefined || memberValue === null) continue;
    headers[wireName(member).toLowerCase()] =
      member.target.type === 'timestamp'
        ? String(formatTimestamp(memberValue as Date | string, member.target.format))
        : String(memberValue);
  }
  return headers;
};

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

const readLabels = (
  operation: ResolvedOperation,
  labels: ReadonlyMap<string, string>,
  failures: FailureList,
  input: Record<string, unknown>,
) => {
  for (const member of operation.input.members) {
    const raw = member.location === 'uri' ? labels.get(wireName(member)) : undefined;
    if (raw === undefined) continue;
    let text: string;
    try {
      text = decodeURIComponent(raw);
    } catch {
      throw cannotParse(
        `the path segment \`${quoted(raw)}\` has a percent-escape that is broken or not UTF-8`,
      );
    }
    input[member.name] = readScalar(member, text, failures);
  }
};

const readQuery = (
  operation: ResolvedOperation,
  request: ProtocolRequest,
  failures: FailureList,
  input: Record<string, unknown>,
) => {
  const members = operation.input.members.filter((member) => member.location === 'querystring');
  if (members.length === 0) return;
  const values = new Map<string, string[]>();
  for (const [name, value] of readParameters(request.query)) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  for (const member of members) {
    const texts = values.get(wireName(member));
    if (!texts) continue;
    if (member.target.type === 'list') {
      const { item } = member.target;
      input[member.name] = texts.map((text, index) => {
        failures.inMember(wireName(member));
        failures.inItem(index);
        const value = isScalar(item) ? decodeScalar(item, text, failures) : undefined;
        failures.leave();
        failures.leave();
        return value;
      });
    } else if (texts.length > 1) {
      failures.inMember(wireName(member));
      failures.add('type', 'must not come more than once');
      failures.leave();
    } else {
      const value = readScalar(member, texts[0] ?? '', failures);
      if (value !== undefined) input[member.name] = value;
    }
  }
};

const readParameters = (query: string) => {
  try {
    return parseParameters(query);
  } catch (error) {
    throw cannotParse((error as Error).message);
  }
};

const readHeaders = (
  operation: ResolvedOperation,
  request: ProtocolRequest,
  failures: FailureList,
  input: Record<string, unknown>,
) => {
  for (const member of operation.input.members) {
    if (member.location !== 'header') continue;
    const text = request.headers[wireName(member).toLowerCase()];
    if (text === undefined) continue;
    const value = readScalar(member, text, failures);
    if (value !== undefined) input[member.name] = value;
  }
};

const isScalar = (
  shape: ResolvedMember['target'],
): shape is Exclude<ResolvedMember['target'], { type: 'structure' | 'list' | 'map' }> =>
  shape.type !== 'structure' && shape.type !== 'list' && shape.type !== 'map';

/** A member in path, query or header. Empty and optional: absent. */
const readScalar = (member: ResolvedMember, text: string, failures: FailureList): unknown => {
  if (!isScalar(member.target))
    throw new Error(`\`${member.name}\` cannot travel in the ${member.location}`);
  if (text === '' && !member.isRequired) return undefined;
  failures.inMember(wireName(member));
  const value = decodeScalar(member.target, text, failures);
  failures.leave();
  return value;
};
