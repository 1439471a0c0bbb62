import { newIamId } from '../../../../lattice/iam-ids.ts';
import type { IamRole } from '../../../../lattice/identity.ts';
import { roleAnswer } from '../answers.ts';
import { checkBoundary } from '../boundaries.ts';
import { newEntity } from '../entities.ts';
import { iamWrite } from '../iam-operation.ts';
import { withTags } from '../tag-list.ts';
import { checkTrust } from './check-trust.ts';

const DEFAULT_SESSION_SECONDS = 3600;

export const createRole = iamWrite<'CreateRole'>(async (tx, input, context) => {
  const id = newIamId('role');
  const common = await newEntity(tx, 'iamRole', id, input.RoleName, input.Path ?? '/', context);
  await checkTrust(tx, input.AssumeRolePolicyDocument, context);
  const role: IamRole = {
    ...common,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    trustPolicy: input.AssumeRolePolicyDocument,
    maxSessionSeconds: input.MaxSessionDuration ?? DEFAULT_SESSION_SECONDS,
    ...(await checkBoundary(tx, input.PermissionsBoundary, context)),
    tags: withTags({}, input.Tags ?? [], 'Role', context.settings.quotas.tagsPerResource),
  };
  await tx.insert('iamRole', role);
  return { Role: roleAnswer(role) };
});
