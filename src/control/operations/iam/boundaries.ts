import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { findEntity } from './entities.ts';
import { noSuchEntity } from './errors.ts';
import { DONE, iamWrite } from './iam-operation.ts';
import { policyByArn } from './managed-policies/find-policy.ts';

/** The boundary as it is kept; nothing when none is given. @throws NoSuchEntity */
export const checkBoundary = async (
  tx: ReadTransaction,
  arn: string | undefined,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<{ readonly permissionsBoundary?: string }> => {
  if (arn === undefined) return {};
  const policy = await policyByArn(tx, arn, caller.accountId);
  if (!policy) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
  return { permissionsBoundary: policy.arn };
};

/** `arn` absent: takes the boundary away, which is done as well when there is none. */
const setBoundary = async (
  tx: WriteTransaction,
  kind: 'iamUser' | 'iamRole',
  name: string,
  arn: string | undefined,
  context: RequestContext,
) => {
  const { permissionsBoundary: _, ...entity } = await findEntity(tx, kind, name, context);
  await tx.update(kind, {
    ...(entity as Parameters<typeof tx.update<typeof kind>>[1]),
    ...(await checkBoundary(tx, arn, context)),
    lastUpdatedAt: context.now.toISOString(),
  });
  return DONE;
};

export const putUserPermissionsBoundary = iamWrite<'PutUserPermissionsBoundary'>(
  (tx, input, context) =>
    setBoundary(tx, 'iamUser', input.UserName, input.PermissionsBoundary, context),
);
export const deleteUserPermissionsBoundary = iamWrite<'DeleteUserPermissionsBoundary'>(
  (tx, input, context) => setBoundary(tx, 'iamUser', input.UserName, undefined, context),
);
export const putRolePermissionsBoundary = iamWrite<'PutRolePermissionsBoundary'>(
  (tx, input, context) =>
    setBoundary(tx, 'iamRole', input.RoleName, input.PermissionsBoundary, context),
);
export const deleteRolePermissionsBoundary = iamWrite<'DeleteRolePermissionsBoundary'>(
  (tx, input, context) => setBoundary(tx, 'iamRole', input.RoleName, undefined, context),
);
