import type { VpcLatticeOperations } from '../../../protocol/generated/vpc-lattice.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  writeOperation,
} from '../../operation.ts';

export type OperationName = keyof VpcLatticeOperations;
export type Input<N extends OperationName> = VpcLatticeOperations[N]['input'];
export type Output<N extends OperationName> = VpcLatticeOperations[N]['output'];

/** `latticeRead<'GetService'>(run)`: a read with the input and output of the named operation. */
export const latticeRead = <N extends OperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => readOperation(run);

/** `latticeWrite<'CreateService'>(run)`: the same for a write. */
export const latticeWrite = <N extends OperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => writeOperation(run);
