import { ec2Read } from '../ec2-operation.ts';
import { invalidParameterValue } from '../errors.ts';

/** Attributes of the caller's account: networks are VPCs, none of them is the default. */
export const describeAccountAttributes = ec2Read<'DescribeAccountAttributes'>(
  async (_tx, { AttributeNames }, context) => {
    const all: Readonly<Record<string, string>> = {
      'supported-platforms': 'VPC',
      'default-vpc': 'none',
      'vpc-max-security-groups-per-interface': String(
        context.settings.quotas.securityGroupsPerAssociation,
      ),
      'max-instances': '0',
      'max-elastic-ips': '0',
      'vpc-max-elastic-ips': '0',
    };
    for (const name of AttributeNames ?? []) {
      if (!Object.hasOwn(all, name)) {
        throw invalidParameterValue(`Value (${name}) for parameter attributeName is invalid.`);
      }
    }
    const asked = Object.entries(all).filter(
      ([name]) => !AttributeNames?.length || AttributeNames.some((one) => one === name),
    );
    return {
      AccountAttributes: asked.map(([AttributeName, AttributeValue]) => ({
        AttributeName,
        AttributeValues: [{ AttributeValue }],
      })),
    };
  },
);
