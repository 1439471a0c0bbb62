import { notBuiltError, quoted } from './common-errors.ts';
import { decodeParameters, type ParameterStyle } from './decode-parameters.ts';
import type { FailureList } from './failures.ts';
import {
  InvalidParameterError,
  type ParameterNode,
  parameterTree,
  parseParameters,
} from './parameters.ts';
import { bodyText, UnreadableBodyError } from './parse-json-body.ts';
import { ServiceError } from './service-error.ts';
import type { ParsedRequest } from './service-protocol.ts';
import type { ServiceTable } from './service-table.ts';
import { validate } from './validate.ts';
import type { ProtocolRequest } from './wire.ts';

/**
 * Reads the requests of the Query protocol and of EC2's: operation and members are parameters, in the query
 * of a GET or in a form body. `failures` collects what is wrong with the members; `throwAny` turns it into
 * the protocol's error.
 */
export const parseQueryRequest = (
  table: ServiceTable,
  style: ParameterStyle,
  request: ProtocolRequest,
  failures: FailureList,
  throwAny: (failures: FailureList) => void,
): ParsedRequest => {
  const parameters = readParameters(request);
  const operation = operationOf(table, parameters);
  const input = decodeParameters(operation.input, parameters, failures, style);
  throwAny(failures);
  validate(operation.input, input, failures, style.wireName);
  throwAny(failures);
  return { operation: operation.name, input };
};

const readParameters = (request: ProtocolRequest): ParameterNode => {
  try {
    const text = request.method === 'GET' ? request.query : bodyText(request.body);
    return parameterTree(parseParameters(text));
  } catch (error) {
    if (error instanceof InvalidParameterError)
      throw new ServiceError('MalformedQueryString', 400, error.message);
    if (!(error instanceof UnreadableBodyError)) throw error;
    throw error.tooLarge
      ? new ServiceError('RequestEntityTooLarge', 413, error.message)
      : new ServiceError('MalformedQueryString', 400, error.message);
  }
};

const operationOf = (table: ServiceTable, parameters: ParameterNode) => {
  const { apiVersion, serviceId } = table.model.service;
  const action = parameters.children?.get('Action')?.value;
  if (!action)
    throw new ServiceError('MissingAction', 400, 'The request must contain the parameter Action');
  const operation = table.operations.get(action);
  if (!operation && table.otherOperations.has(action)) throw notBuiltError(table.model, action);
  const version = parameters.children?.get('Version')?.value ?? apiVersion;
  if (!operation)
    throw new ServiceError(
      'InvalidAction',
      400,
      `Could not find operation ${quoted(action)} for version ${quoted(version)}`,
    );
  if (version !== apiVersion)
    throw new ServiceError(
      'NoSuchVersion',
      400,
      `${serviceId} is served in version ${apiVersion}, not in version \`${quoted(version)}\``,
    );
  return operation;
};
