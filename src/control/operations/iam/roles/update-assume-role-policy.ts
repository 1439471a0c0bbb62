import { findEntity } from '../entities.ts';
import { DONE, iamWrite } from '../iam-operation.ts';
import { checkTrust } from './check-trust.ts';

export const updateAssumeRolePolicy = iamWrite<'UpdateAssumeRolePolicy'>(
  async (tx, input, context) => {
    const role = await findEntity(tx, 'iamRole', input.RoleName, context);
    await checkTrust(tx, input.PolicyDocument, context);
    await tx.update('iamRole', {
      ...role,
      trustPolicy: input.PolicyDocument,
      lastUpdatedAt: context.now.toISOString(),
    });
    return DONE;
  },
);
