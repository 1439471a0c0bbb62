import type { IamOperationName, IamOperations } from '../../../protocol/generated/iam.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  writeOperation,
} from '../../operation.ts';

export type Input<N extends IamOperationName> = IamOperations[N]['input'];
export type Output<N extends IamOperationName> = IamOperations[N]['output'];

/** A read of the iam API: `iamRead<'GetUser'>(…)`. */
export const iamRead = <N extends IamOperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => readOperation(run);

/** A write of the iam API: `iamWrite<'CreateUser'>(…)`. */
export const iamWrite = <N extends IamOperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => writeOperation(run);

/** What an operation answers that has nothing to say. */
export const DONE: Readonly<Record<string, never>> = {};
