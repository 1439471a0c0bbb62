import type { AcmOperationName, AcmOperations } from '../../../protocol/generated/acm.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  stagedOperation,
  writeOperation,
} from '../../operation.ts';

export type Input<N extends AcmOperationName> = AcmOperations[N]['input'];
export type Output<N extends AcmOperationName> = AcmOperations[N]['output'];

/** A read of the acm API: `acmRead<'GetCertificate'>(…)`. */
export const acmRead = <N extends AcmOperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => readOperation(run);

/** A write of the acm API: `acmWrite<'ImportCertificate'>(…)`. */
export const acmWrite = <N extends AcmOperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => writeOperation(run);

/** One that does something long before its transaction: `acmStaged<'RequestCertificate'>(…)`. */
export const acmStaged = <N extends AcmOperationName>(
  run: (store: Store, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => stagedOperation(run);

/** What an operation answers that has nothing to say. */
export const DONE: Readonly<Record<string, never>> = {};
