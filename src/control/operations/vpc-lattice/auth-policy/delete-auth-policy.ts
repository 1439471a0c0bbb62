import { resolvePolicyResource } from '../policy-resource.ts';
import { latticeWrite } from '../shapes.ts';

/**
 * Succeeds also while the resource asks for IAM authorisation, and then leaves it closed to
 * everybody. AWS's guide wants the auth type changed first, but its API model has no error that
 * would say so, and Terraform, which deletes the policy before its service, relies on success.
 */
export const deleteAuthPolicy = latticeWrite<'DeleteAuthPolicy'>(async (tx, input, context) => {
  const { document } = await resolvePolicyResource(tx, input.resourceIdentifier, context);
  await tx.delete('authPolicy', document.id);
  return {};
});
