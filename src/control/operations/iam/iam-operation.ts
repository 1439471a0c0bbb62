import type { IamOperationName, IamOperations } from '../../../protocol/generated/iam.ts';
import { operationsOf } from '../../operation.ts';

export type Output<N extends IamOperationName> = IamOperations[N]['output'];

/** `iamRead<'GetUser'>(…)`, `iamWrite<'CreateUser'>(…)` */
export const { read: iamRead, write: iamWrite } = operationsOf<IamOperations>();

/** What an operation answers that has nothing to say. */
export const DONE: Readonly<Record<string, never>> = {};
