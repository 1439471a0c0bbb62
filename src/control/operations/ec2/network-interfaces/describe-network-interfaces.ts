import { ec2Read } from '../ec2-operation.ts';
import { ec2Error } from '../errors.ts';

/**
 * There are no network interfaces. Terraform asks before it deletes a subnet or a security group,
 * with filters that we need not look at: none of them can match.
 */
export const describeNetworkInterfaces = ec2Read<'DescribeNetworkInterfaces'>(
  async (_tx, { NetworkInterfaceIds: [id] = [] }) => {
    if (id !== undefined) {
      throw ec2Error(
        'InvalidNetworkInterfaceID.NotFound',
        `The networkInterface ID '${id}' does not exist`,
      );
    }
    return { NetworkInterfaces: [] };
  },
);
