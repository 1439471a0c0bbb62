import { notBuiltError, quoted } from './common-errors.ts';
import { decodeXml } from './decode-xml.ts';
import { FailureList, failuresMessage, memberPaths } from './failures.ts';
import { UnreadableBodyError } from './parse-json-body.ts';
import { parseXmlBody } from './parse-xml.ts';
import { queryErrorContent } from './query-errors.ts';
import { headerMembers, readLocations, wireName } from './rest-locations.ts';
import { restRouter } from './rest-router.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceProtocol } from './service-protocol.ts';
import type { ResolvedOperation, ServiceTable } from './service-table.ts';
import { validate } from './validate.ts';
import type { ProtocolRequest, ProtocolResponse } from './wire.ts';
import { encodeXml, escapeXml, xmlDeclaration } from './xml.ts';

/** REST-XML as Route 53 speaks it: operation in method and path, members in path, query and XML body. */
export const restXmlProtocol = (table: ServiceTable): ServiceProtocol => {
  const namespace = table.model.service.xmlNamespace ?? '';
  // Some of the model's paths end in a slash, and some clients leave it out.
  const route = restRouter(
    [...table.operations.values()].map((operation) => ({
      ...operation,
      http: { ...operation.http, uri: withoutSlash(operation.http.uri) },
    })),
  );

  const respond = (
    statusCode: number,
    root: string,
    content: string,
    headers: Readonly<Record<string, string>>,
  ): ProtocolResponse => ({
    statusCode,
    headers: { ...headers, 'content-type': 'text/xml' },
    body: Buffer.from(
      `${xmlDeclaration}<${root} xmlns="${escapeXml(namespace)}">${content}</${root}>`,
    ),
  });

  const serializeError: ServiceProtocol['serializeError'] = (error, requestId) => {
    const { statusCode, content } = queryErrorContent(table, error, requestId);
    return respond(statusCode, 'ErrorResponse', content, { 'x-amzn-requestid': requestId });
  };

  return {
    parse: (request) => {
      const match = route(request.method, withoutSlash(request.rawPath));
      if (!match) throw unknownRoute(table, request);
      const { operation } = match;
      const failures = new FailureList(memberPaths);
      const input = readBody(operation, request, failures);
      readLocations(match, request, failures, input, cannotRead);
      throwAny(failures);
      validate(operation.input, input, failures, wireName);
      throwAny(failures);
      return { operation: operation.name, input };
    },

    serialize: (name, output, requestId) => {
      const operation = table.operations.get(name);
      if (!operation) return serializeError(notBuiltError(table.model, name), requestId);
      const shape = operation.output;
      const value = output ?? {};
      const root = table.model.operations[name]?.output ?? `${name}Response`;
      return respond(operation.http.code, root, shape ? encodeXml(shape, value, 'member') : '', {
        ...(shape && headerMembers(shape.members, value)),
        'x-amzn-requestid': requestId,
      });
    },

    serializeError,
  };
};

const withoutSlash = (path: string): string => path.replace(/(?<=.)\/$/, '');

/** Only some of the service's operations have a route here, so the others cannot be told from none. */
const unknownRoute = ({ model }: ServiceTable, { method, rawPath }: ProtocolRequest) =>
  new ServiceError(
    'UnsupportedOperationException',
    501,
    `no operation of ${model.service.serviceId} that is built has the route \`${quoted(`${method} ${rawPath}`)}\`; docs/coverage.md lists those that work`,
  );

const cannotRead = (message: string) => new ServiceError('InvalidInput', 400, message);

const throwAny = ({ failures }: FailureList) => {
  if (failures.length > 0) throw cannotRead(failuresMessage(failures));
};

const readBody = (
  operation: ResolvedOperation,
  request: ProtocolRequest,
  failures: FailureList,
): Record<string, unknown> => {
  if (operation.input.members.every((member) => member.location !== undefined)) return {};
  try {
    const root = parseXmlBody(request.body);
    return root === undefined ? {} : decodeXml(operation.input, root, failures);
  } catch (error) {
    if (!(error instanceof UnreadableBodyError)) throw error;
    throw error.tooLarge
      ? new ServiceError('RequestEntityTooLarge', 413, error.message)
      : new ServiceError('MalformedInput', 400, error.message);
  }
};
