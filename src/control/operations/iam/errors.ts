import { ServiceError } from '../../../protocol/service-error.ts';

/** Errors of IAM with its codes and statuses (the pages of its API reference); texts are AWS's where known. */
export const noSuchEntity = (message: string): ServiceError =>
  new ServiceError('NoSuchEntity', 404, message);

export const entityAlreadyExists = (message: string): ServiceError =>
  new ServiceError('EntityAlreadyExists', 409, message);

/** `what`: what has to go first, as in `delete access keys`. */
export const deleteConflict = (what: string): ServiceError =>
  new ServiceError('DeleteConflict', 409, `Cannot delete entity, must ${what} first.`);

export const deleteConflictText = (message: string): ServiceError =>
  new ServiceError('DeleteConflict', 409, message);

export const limitExceeded = (message: string): ServiceError =>
  new ServiceError('LimitExceeded', 409, message);

/** `quota` as IAM names it: `AccessKeysPerUser`. */
export const quotaReached = (quota: string, limit: number): ServiceError =>
  limitExceeded(`Cannot exceed quota for ${quota}: ${limit}`);

export const malformedPolicy = (message: string): ServiceError =>
  new ServiceError('MalformedPolicyDocument', 400, message);

export const invalidInput = (message: string): ServiceError =>
  new ServiceError('InvalidInput', 400, message);

export const validationError = (message: string): ServiceError =>
  new ServiceError('ValidationError', 400, message);
