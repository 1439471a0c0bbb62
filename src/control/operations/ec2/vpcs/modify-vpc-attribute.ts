import { ec2Write } from '../ec2-operation.ts';
import { onlyAttribute } from '../only-attribute.ts';
import { getOwned } from '../owned.ts';

/** Changes one attribute of a VPC. */
export const modifyVpcAttribute = ec2Write<'ModifyVpcAttribute'>(async (tx, input, context) => {
  const vpc = await getOwned(tx, 'vpc', input.VpcId, context);
  const change = onlyAttribute({
    enableDnsSupport: input.EnableDnsSupport?.Value,
    enableDnsHostnames: input.EnableDnsHostnames?.Value,
    enableNetworkAddressUsageMetrics: input.EnableNetworkAddressUsageMetrics?.Value,
  });
  await tx.update('vpc', { ...vpc, ...change, lastUpdatedAt: context.now.toISOString() });
  return {};
});
