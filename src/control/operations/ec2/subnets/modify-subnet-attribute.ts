import type { Subnet } from '../../../../lattice/vpc.ts';
import type { ModifySubnetAttributeRequest } from '../../../../protocol/generated/ec2.ts';
import { ec2Write } from '../ec2-operation.ts';
import { invalidParameterValue, unsupported } from '../errors.ts';
import { onlyAttribute } from '../only-attribute.ts';
import { getOwned } from '../owned.ts';
import { privateDnsNameOptions } from './subnet-answer.ts';

/** Changes one attribute of a subnet. */
export const modifySubnetAttribute = ec2Write<'ModifySubnetAttribute'>(
  async (tx, input, context) => {
    refuseUnbuilt(input);
    const subnet = await getOwned(tx, 'subnet', input.SubnetId, context);
    const { hostnameType, aRecord, aaaaRecord, ...change } = onlyAttribute({
      mapPublicIpOnLaunch: input.MapPublicIpOnLaunch?.Value,
      assignIpv6AddressOnCreation: input.AssignIpv6AddressOnCreation?.Value,
      enableDns64: input.EnableDns64?.Value,
      hostnameType: input.PrivateDnsHostnameTypeOnLaunch,
      aRecord: input.EnableResourceNameDnsARecordOnLaunch?.Value,
      aaaaRecord: input.EnableResourceNameDnsAAAARecordOnLaunch?.Value,
    });
    if (change.assignIpv6AddressOnCreation && subnet.ipv6CidrBlock === undefined) {
      throw invalidParameterValue(
        `Invalid value 'true' for assignIpv6AddressOnCreation. Subnet ${subnet.id} does not have an IPv6 CIDR block.`,
      );
    }
    const before = privateDnsNameOptions(subnet);
    const after: Subnet = {
      ...subnet,
      ...change,
      privateDnsNameOptions: {
        hostnameType: hostnameType ?? before.hostnameType,
        enableResourceNameDnsARecord: aRecord ?? before.enableResourceNameDnsARecord,
        enableResourceNameDnsAAAARecord: aaaaRecord ?? before.enableResourceNameDnsAAAARecord,
      },
      lastUpdatedAt: context.now.toISOString(),
    };
    await tx.update('subnet', after);
    return {};
  },
);

const refuseUnbuilt = (input: ModifySubnetAttributeRequest): void => {
  if (input.MapCustomerOwnedIpOnLaunch?.Value || input.CustomerOwnedIpv4Pool !== undefined) {
    throw unsupported('MapCustomerOwnedIpOnLaunch', 'leave it out');
  }
  if (input.EnableLniAtDeviceIndex !== undefined || input.DisableLniAtDeviceIndex?.Value) {
    throw unsupported('EnableLniAtDeviceIndex', 'leave it out');
  }
};
