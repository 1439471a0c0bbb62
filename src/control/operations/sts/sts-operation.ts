import type { StsOperations } from '../../../protocol/generated/sts.ts';
import { ServiceError } from '../../../protocol/service-error.ts';
import { operationsOf } from '../../operation.ts';

/** Tokens may need a new key to seal them, so what issues one is a write. */
export const { read: stsRead, write: stsWrite, staged: stsStaged } = operationsOf<StsOperations>();

export const validationError = (message: string): ServiceError =>
  new ServiceError('ValidationError', 400, message);

export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValue', 400, message);

export const accessDenied = (message: string): ServiceError =>
  new ServiceError('AccessDenied', 403, message);
