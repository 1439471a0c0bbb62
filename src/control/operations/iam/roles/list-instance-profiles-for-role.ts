import { findEntity } from '../entities.ts';
import { iamRead } from '../iam-operation.ts';

/** Instance profiles belong to EC2 instances, which are not here; Terraform asks before it deletes a role. */
export const listInstanceProfilesForRole = iamRead<'ListInstanceProfilesForRole'>(
  async (tx, { RoleName }, context) => {
    await findEntity(tx, 'iamRole', RoleName, context);
    return { InstanceProfiles: [], IsTruncated: false };
  },
);
