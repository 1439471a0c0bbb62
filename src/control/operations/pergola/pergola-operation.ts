import type {
  PergolaOperationName,
  PergolaOperations,
} from '../../../protocol/generated/pergola.ts';
import { operationsOf } from '../../operation.ts';

export type Output<N extends PergolaOperationName> = PergolaOperations[N]['output'];

export const {
  read: pergolaRead,
  write: pergolaWrite,
  staged: pergolaStaged,
} = operationsOf<PergolaOperations>();
