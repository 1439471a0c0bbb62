import { roleAnswer } from '../answers.ts';
import { findEntity } from '../entities.ts';
import { DONE, iamWrite } from '../iam-operation.ts';

export const updateRole = iamWrite<'UpdateRole'>(async (tx, input, context) => {
  const role = await findEntity(tx, 'iamRole', input.RoleName, context);
  await tx.update('iamRole', {
    ...role,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    maxSessionSeconds: input.MaxSessionDuration ?? role.maxSessionSeconds,
    lastUpdatedAt: context.now.toISOString(),
  });
  return DONE;
});

/** The older way to the same. */
export const updateRoleDescription = iamWrite<'UpdateRoleDescription'>(
  async (tx, input, context) => {
    const role = {
      ...(await findEntity(tx, 'iamRole', input.RoleName, context)),
      description: input.Description,
      lastUpdatedAt: context.now.toISOString(),
    };
    await tx.update('iamRole', role);
    return { Role: roleAnswer(role) };
  },
);
