import type {
  TaggingOperationName,
  TaggingOperations,
} from '../../../protocol/generated/tagging.ts';
import { ServiceError } from '../../../protocol/service-error.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  writeOperation,
} from '../../operation.ts';

type Input<N extends TaggingOperationName> = TaggingOperations[N]['input'];
type Output<N extends TaggingOperationName> = TaggingOperations[N]['output'];

export const taggingRead = <N extends TaggingOperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => readOperation(run);

export const taggingWrite = <N extends TaggingOperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => writeOperation(run);

/** 400, as the tagging API refuses what its model lets through. */
export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterException', 400, message);
