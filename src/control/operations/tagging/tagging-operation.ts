import type { TaggingOperations } from '../../../protocol/generated/tagging.ts';
import { ServiceError } from '../../../protocol/service-error.ts';
import { operationsOf } from '../../operation.ts';

export const { read: taggingRead, write: taggingWrite } = operationsOf<TaggingOperations>();

/** 400, as the tagging API refuses what its model lets through. */
export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', 400, message);
