import type { StsOperationName, StsOperations } from '../../../protocol/generated/sts.ts';
import { ServiceError } from '../../../protocol/service-error.ts';
import type { ReadTransaction, Store, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  stagedOperation,
  writeOperation,
} from '../../operation.ts';

type Input<N extends StsOperationName> = StsOperations[N]['input'];
type Output<N extends StsOperationName> = StsOperations[N]['output'];

/** A read of the sts API: `stsRead<'GetCallerIdentity'>(…)`. */
export const stsRead = <N extends StsOperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => readOperation(run);

/** Tokens may need a new key to seal them, so what issues one is a write. */
export const stsWrite = <N extends StsOperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => writeOperation(run);

export const stsStaged = <N extends StsOperationName>(
  run: (store: Store, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => stagedOperation(run);

export const validationError = (message: string): ServiceError =>
  new ServiceError('ValidationError', 400, message);

export const invalidParameter = (message: string): ServiceError =>
  new ServiceError('InvalidParameterValue', 400, message);

export const accessDenied = (message: string): ServiceError =>
  new ServiceError('AccessDenied', 403, message);
