import type { AcmOperationName, AcmOperations } from '../../../protocol/generated/acm.ts';
import { operationsOf } from '../../operation.ts';

export type Input<N extends AcmOperationName> = AcmOperations[N]['input'];
export type Output<N extends AcmOperationName> = AcmOperations[N]['output'];

/** `acmRead<'GetCertificate'>(…)`; staged is what does something long before its transaction. */
export const { read: acmRead, write: acmWrite, staged: acmStaged } = operationsOf<AcmOperations>();

/** What an operation answers that has nothing to say. */
export const DONE: Readonly<Record<string, never>> = {};
