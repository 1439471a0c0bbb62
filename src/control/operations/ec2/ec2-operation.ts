import type { Ec2OperationName, Ec2Operations } from '../../../protocol/generated/ec2.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import {
  type Operation,
  type RequestContext,
  readOperation,
  writeOperation,
} from '../../operation.ts';
import { ec2Error } from './errors.ts';

type Input<N extends Ec2OperationName> = Ec2Operations[N]['input'];
type Output<N extends Ec2OperationName> = Ec2Operations[N]['output'];

/** A read of the ec2 API: `ec2Read<'DescribeVpcs'>(…)`. */
export const ec2Read = <N extends Ec2OperationName>(
  run: (tx: ReadTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> =>
  readOperation(async (tx, input, context) => {
    const output = await run(tx, input, context);
    stopDryRun(input);
    return output;
  });

/** A write of the ec2 API: `ec2Write<'CreateVpc'>(…)`. */
export const ec2Write = <N extends Ec2OperationName>(
  run: (tx: WriteTransaction, input: Input<N>, context: RequestContext) => Promise<Output<N>>,
): Operation<Input<N>, Output<N>> =>
  writeOperation(async (tx, input, context) => {
    const output = await run(tx, input, context);
    stopDryRun(input);
    return output;
  });

/** A dry run does everything and then throws, which rolls the transaction back: all refusals come first. */
const stopDryRun = (input: object): void => {
  if ('DryRun' in input && input.DryRun === true) {
    throw ec2Error('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
};
