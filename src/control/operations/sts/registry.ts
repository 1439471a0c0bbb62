import type { StsOperationName } from '../../../protocol/generated/sts.ts';
import { getCallerIdentity } from './get-caller-identity.ts';

export const stsOperations = {
  GetCallerIdentity: getCallerIdentity,
} satisfies Record<StsOperationName, unknown>;
