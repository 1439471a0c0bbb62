import { resolvePolicyResource } from '../policy-resource.ts';
import { latticeRead } from '../shapes.ts';

/** A resource without a policy answers without members. */
export const getResourcePolicy = latticeRead<'GetResourcePolicy'>(async (tx, input, context) => {
  const { document } = await resolvePolicyResource(tx, input.resourceArn, context);
  const resourcePolicy = await tx.get('resourcePolicy', document.arn);
  return resourcePolicy === undefined ? {} : { policy: resourcePolicy.policy };
});
