import type { StsOperations } from '../../../protocol/generated/sts.ts';
import type { RequiredActions } from '../required-action.ts';

/** "Actions, resources, and condition keys for AWS Security Token Service", and the API reference on who may call. */
export const stsActions: RequiredActions<StsOperations> = {
  AssumeRole: { rule: 'operation' },
  AssumeRoleWithWebIdentity: { rule: 'operation' },
  GetAccessKeyInfo: {},
  GetCallerIdentity: { rule: 'always' },
  GetSessionToken: { rule: 'always' },
};
