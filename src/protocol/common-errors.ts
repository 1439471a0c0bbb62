import type { Model } from './model.ts';
import { ServiceError } from './service-error.ts';
import { protocolLimits } from './wire.ts';

/** For an operation that AWS has and that we do not answer (yet). Clients do not retry a 501. */
export const notBuiltError = (model: Model, operation: string): ServiceError =>
  new ServiceError(
    'UnsupportedOperationException',
    501,
    `\`${operation}\` of ${model.service.serviceId} is not built; docs/coverage.md lists the operations that work`,
    { reason: 'other' },
  );

/** A value of the caller's in an error text: shortened, on one line. */
export const quoted = (text: string): string =>
  JSON.stringify(text.slice(0, protocolLimits.echoedCharacters)).slice(1, -1);

type Names = Readonly<Record<string, readonly [code: string, statusCode: number]>>;

/**
 * Errors that any service may answer, which the XML protocols call otherwise. Query: the page "Common
 * errors" of the STS API reference; EC2: "Error codes for the Amazon EC2 API".
 */
export const queryErrorNames: Names = {
  AccessDeniedException: ['AccessDenied', 403],
  ExpiredTokenException: ['ExpiredToken', 403],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  InternalServerException: ['InternalFailure', 500],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  ServiceUnavailableException: ['ServiceUnavailable', 503],
  ThrottlingException: ['Throttling', 400],
  UnknownOperationException: ['InvalidAction', 400],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
  UnsupportedOperationException: ['UnsupportedOperation', 501],
  ValidationException: ['ValidationError', 400],
};

export const ec2ErrorNames: Names = {
  ...queryErrorNames,
  AccessDeniedException: ['UnauthorizedOperation', 403],
  ExpiredTokenException: ['RequestExpired', 400],
  InternalServerException: ['InternalError', 500],
  InvalidSignatureException: ['AuthFailure', 401],
  MissingAuthenticationTokenException: ['AuthFailure', 401],
  ServiceUnavailableException: ['Unavailable', 503],
  ThrottlingException: ['RequestLimitExceeded', 503],
  UnrecognizedClientException: ['AuthFailure', 401],
  ValidationException: ['InvalidParameterValue', 400],
};
