import { ec2Read } from '../ec2-operation.ts';
import { getUsableVpc } from '../usable.ts';

/** One attribute of a VPC; the answer carries only the one asked for. */
export const describeVpcAttribute = ec2Read<'DescribeVpcAttribute'>(async (tx, input, context) => {
  const vpc = await getUsableVpc(tx, input.VpcId, context);
  switch (input.Attribute) {
    case 'enableDnsSupport':
      return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.enableDnsSupport } };
    case 'enableDnsHostnames':
      return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.enableDnsHostnames } };
    case 'enableNetworkAddressUsageMetrics':
      return {
        VpcId: vpc.id,
        EnableNetworkAddressUsageMetrics: { Value: vpc.enableNetworkAddressUsageMetrics ?? false },
      };
    default:
      return input.Attribute satisfies never;
  }
});
