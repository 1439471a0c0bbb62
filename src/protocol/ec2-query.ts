import { ec2ErrorNames } from './common-errors.ts';
import { ec2Style } from './decode-parameters.ts';
import { FailureList, parameterPaths } from './failures.ts';
import { parseQueryRequest } from './query-requests.ts';
import { ServiceError } from './service-error.ts';
import type { ServiceProtocol } from './service-protocol.ts';
import type { ServiceTable } from './service-table.ts';
import type { ProtocolResponse } from './wire.ts';
import { element, encodeXml, escapeXml, xmlDeclaration } from './xml.ts';

/** EC2's variant of Query: its own list and naming rules, its own envelopes. */
export const ec2QueryProtocol = (table: ServiceTable): ServiceProtocol => {
  // The model has it without the slash; the service answers with it.
  const namespace = `${table.model.service.xmlNamespace ?? ''}/`;

  return {
    parse: (request) =>
      parseQueryRequest(table, ec2Style, request, new FailureList(parameterPaths), throwFirst),

    serialize: (name, output, requestId) => {
      const shape = table.operations.get(name)?.output;
      // Operations without an output answer that they worked.
      const content = shape ? encodeXml(shape, output ?? {}, 'member') : element('return', 'true');
      const root = `${name}Response`;
      return respond(
        200,
        `<${root} xmlns="${escapeXml(namespace)}">${element('requestId', escapeXml(requestId))}${content}</${root}>`,
        requestId,
      );
    },

    serializeError: (error, requestId) => {
      const [code, statusCode] = ec2ErrorNames[error.code] ?? [error.code, error.statusCode];
      const detail = element(
        'Error',
        element('Code', escapeXml(code)) + element('Message', escapeXml(error.message)),
      );
      const content = element('Errors', detail) + element('RequestID', escapeXml(requestId));
      return respond(statusCode, element('Response', content), requestId);
    },
  };
};

const respond = (statusCode: number, xml: string, requestId: string): ProtocolResponse => ({
  statusCode,
  headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
  body: Buffer.from(xmlDeclaration + xml),
});

/** EC2 names one failure at a time, a missing parameter before a wrong one. */
const throwFirst = ({ failures }: FailureList) => {
  const failure = failures.find(({ kind }) => kind === 'missing') ?? failures[0];
  if (!failure) return;
  if (failure.kind === 'missing')
    throw new ServiceError(
      'MissingParameter',
      400,
      `The request must contain the parameter ${failure.path}`,
    );
  const value = failure.value === undefined ? 'Value' : `Value (${failure.value})`;
  throw new ServiceError(
    'InvalidParameterValue',
    400,
    `${value} for parameter ${failure.path} is invalid. It ${failure.constraint}`,
  );
};
