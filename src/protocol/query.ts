import { queryStyle } from './decode-parameters.ts';
import { FailureList, failuresMessage, memberPaths } from './failures.ts';
import { queryErrorContent } from './query-errors.ts';
import { parseQueryRequest } from './query-requests.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceProtocol } from './service-protocol.ts';
import type { ServiceTable } from './service-table.ts';
import type { ProtocolResponse } from './wire.ts';
import { element, encodeXml, escapeXml, xmlDeclaration } from './xml.ts';

/** AWS Query, as STS and IAM speak it: form parameters in, XML out. */
export const queryProtocol = (table: ServiceTable): ServiceProtocol => {
  const namespace = table.model.service.xmlNamespace ?? '';

  const respond = (
    statusCode: number,
    root: string,
    content: string,
    requestId: string,
  ): ProtocolResponse => ({
    statusCode,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: Buffer.from(
      `${xmlDeclaration}<${root} xmlns="${escapeXml(namespace)}">${content}</${root}>`,
    ),
  });

  return {
    parse: (request) =>
      parseQueryRequest(table, queryStyle, request, new FailureList(memberPaths), throwAny),

    serialize: (name, output, requestId) => {
      const operation = table.operations.get(name);
      const content = operation?.output ? encodeXml(operation.output, output ?? {}, 'member') : '';
      const result = operation?.resultWrapper ? element(operation.resultWrapper, content) : content;
      const metadata = element('ResponseMetadata', element('RequestId', escapeXml(requestId)));
      return respond(200, `${name}Response`, result + metadata, requestId);
    },

    serializeError: (error, requestId) => {
      const { statusCode, content } = queryErrorContent(table, error, requestId);
      return respond(statusCode, 'ErrorResponse', content, requestId);
    },
  };
};

const throwAny = ({ failures }: FailureList) => {
  if (failures.length > 0)
    throw new ServiceError('ValidationError', 400, failuresMessage(failures));
};
