import { assertNoPolicies } from '../attachments.ts';
import { findEntity } from '../entities.ts';
import { DONE, iamWrite } from '../iam-operation.ts';

/** Sessions of the role end with it: they name it by its unique id. */
export const deleteRole = iamWrite<'DeleteRole'>(async (tx, { RoleName }, context) => {
  const role = await findEntity(tx, 'iamRole', RoleName, context);
  await assertNoPolicies(tx, role);
  await tx.delete('iamRole', role.id);
  return DONE;
});
