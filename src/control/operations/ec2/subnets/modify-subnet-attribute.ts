import { isIpv6Only, type Subnet } from '../../../../lattice/vpc.ts';
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
    if (isIpv6Only(subnet)) refuseIpv4(subnet, { ...change, hostnameType, aRecord });
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

/** What an IPv6-only subnet cannot do without: IPv6 addresses, and names that do not come from IPv4 ones. */
const refuseIpv4 = (
  { id }: Subnet,
  wanted: {
    readonly mapPublicIpOnLaunch?: boolean;
    readonly assignIpv6AddressOnCreation?: boolean;
    readonly hostnameType?: string | undefined;
    readonly aRecord?: boolean | undefined;
  },
): void => {
  const refused: readonly (readonly [name: string, value: unknown, refused: unknown])[] = [
    ['mapPublicIpOnLaunch', wanted.mapPublicIpOnLaunch, true],
    ['assignIpv6AddressOnCreation', wanted.assignIpv6AddressOnCreation, false],
    ['privateDnsHostnameTypeOnLaunch', wanted.hostnameType, 'ip-name'],
    ['enableResourceNameDnsARecordOnLaunch', wanted.aRecord, true],
  ];
  const found = refused.find(([, value, bad]) => value === bad);
  if (found === undefined) return;
  throw invalidParameterValue(
    `Invalid value '${found[1]}' for ${found[0]}. Subnet ${id} is an IPv6-only subnet.`,
  );
};

const refuseUnbuilt = (input: ModifySubnetAttributeRequest): void => {
  if (input.MapCustomerOwnedIpOnLaunch?.Value || input.CustomerOwnedIpv4Pool !== undefined) {
    throw unsupported('MapCustomerOwnedIpOnLaunch', 'leave it out');
  }
  if (input.EnableLniAtDeviceIndex !== undefined || input.DisableLniAtDeviceIndex?.Value) {
    throw unsupported('EnableLniAtDeviceIndex', 'leave it out');
  }
};
