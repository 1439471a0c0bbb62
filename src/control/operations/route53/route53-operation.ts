import type {
  Route53OperationName,
  Route53Operations,
} from '../../../protocol/generated/route53.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  writeOperation,
} from '../../operation.ts';

export type Input<N extends Route53OperationName> = Route53Operations[N]['input'];
export type Output<N extends Route53OperationName> = Route53Operations[N]['output'];

/** A read of the route53 API: `route53Read<'GetHostedZone'>(…)`. */
export const route53Read = <N extends Route53OperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => readOperation(run);

/** A write of the route53 API: `route53Write<'CreateHostedZone'>(…)`. */
export const route53Write = <N extends Route53OperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> => writeOperation(run);
