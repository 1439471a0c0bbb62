import type { VpcLatticeOperations } from '../../../protocol/generated/vpc-lattice.ts';
import { operationsOf } from '../../operation.ts';

export type OperationName = keyof VpcLatticeOperations;
export type Input<N extends OperationName> = VpcLatticeOperations[N]['input'];
export type Output<N extends OperationName> = VpcLatticeOperations[N]['output'];

/** `latticeRead<'GetService'>(…)`, `latticeWrite<'CreateService'>(…)` */
export const { read: latticeRead, write: latticeWrite } = operationsOf<VpcLatticeOperations>();
