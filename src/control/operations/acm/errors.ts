import { ServiceError } from '../../../protocol/service-error.ts';

/** Errors of ACM, all with status 400 (its API reference); texts are AWS's where known. */
const acmError =
  (code: string) =>
  (message: string): ServiceError =>
    new ServiceError(code, 400, message);

export const resourceNotFound = acmError('ResourceNotFoundException');
export const resourceInUse = acmError('ResourceInUseException');
export const invalidArn = acmError('InvalidArnException');
export const invalidParameter = acmError('InvalidParameterException');
export const invalidTag = acmError('InvalidTagException');
export const tooManyTags = acmError('TooManyTagsException');
export const limitExceeded = acmError('LimitExceededException');
export const validationError = acmError('ValidationException');
export const invalidDomainValidationOptions = acmError('InvalidDomainValidationOptionsException');
