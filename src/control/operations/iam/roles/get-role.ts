import { roleAnswer } from '../answers.ts';
import { findEntity } from '../entities.ts';
import { iamRead } from '../iam-operation.ts';

export const getRole = iamRead<'GetRole'>(async (tx, { RoleName }, context) => ({
  Role: roleAnswer(await findEntity(tx, 'iamRole', RoleName, context)),
}));
