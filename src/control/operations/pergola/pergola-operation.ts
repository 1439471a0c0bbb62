import type {
  PergolaOperationName,
  PergolaOperations,
} from '../../../protocol/generated/pergola.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  stagedOperation,
  writeOperation,
} from '../../operation.ts';

export type Input<N extends PergolaOperationName> = PergolaOperations[N]['input'];
export type Output<N extends PergolaOperationName> = PergolaOperations[N]['output'];

export const pergolaRead = <N extends PergolaOperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => readOperation(run);

export const pergolaWrite = <N extends PergolaOperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => writeOperation(run);

export const pergolaStaged = <N extends PergolaOperationName>(
  run: (store: Store, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => stagedOperation(run);
