import { resolvePolicyResource } from '../policy-resource.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteResourcePolicy = latticeWrite<'DeleteResourcePolicy'>(
  async (tx, input, context) => {
    const { document } = await resolvePolicyResource(tx, input.resourceArn, context);
    await tx.delete('resourcePolicy', document.arn);
    return {};
  },
);
