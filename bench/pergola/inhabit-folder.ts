import { BulkLoad, type Call } from './bulk-load.ts';
import { type LoadedFolder, required, TARGET_ADDRESS } from './data-folder.ts';

/** Of an instance in the VPC of the clients. */
export const CLIENT_ADDRESS = '10.0.0.20';
const SUBNET = '10.0.0.0/24';
/** Any image will do. */
export const IMAGE = 'ami-00000000000000001';

export interface Inhabitants {
  readonly clientVpcId: string;
  readonly clientId: string;
  /** The instance that is the target of all services. */
  readonly targetId: string;
}

/**
 * Gives a folder an instance at the address of its target, whose security group lets services in, and
 * another VPC with the same addresses in the same service network, with an instance for clients.
 */
export const inhabitFolder = async ({
  dataDir,
  networkId,
  services,
}: LoadedFolder): Promise<Inhabitants> => {
  const vpcId = required(services[0]).vpcId;
  const load = await BulkLoad.open(dataDir);
  try {
    return await load.transaction(async (call) => {
      const GroupId = await addOpenGroup(call, vpcId);
      const targetId = await addInstance(call, vpcId, TARGET_ADDRESS, [GroupId]);
      const { Vpc } = await call('CreateVpc', { CidrBlock: '10.0.0.0/16' });
      const clientVpcId = required(Vpc?.VpcId);
      await call('CreateServiceNetworkVpcAssociation', {
        serviceNetworkIdentifier: networkId,
        vpcIdentifier: clientVpcId,
      });
      return {
        clientVpcId,
        clientId: await addInstance(call, clientVpcId, CLIENT_ADDRESS),
        targetId,
      };
    });
  } finally {
    await load.close();
  }
};

/** VPCs with one subnet each, and instances in it; all VPCs have the same addresses. */
export const addNetworks = async (
  dataDir: string,
  vpcs: number,
  instancesOfEach: number,
): Promise<void> => {
  const load = await BulkLoad.open(dataDir);
  try {
    await load.transaction(async (call) => {
      for (let i = 0; i < vpcs; i += 1) {
        const { Vpc } = await call('CreateVpc', { CidrBlock: '10.0.0.0/16' });
        const SubnetId = await addSubnet(call, required(Vpc?.VpcId));
        const count = { MinCount: instancesOfEach, MaxCount: instancesOfEach };
        await call('RunInstances', { SubnetId, ImageId: IMAGE, ...count });
      }
    });
  } finally {
    await load.close();
  }
};

const addSubnet = async (call: Call, VpcId: string): Promise<string> => {
  const { Subnet } = await call('CreateSubnet', { VpcId, CidrBlock: SUBNET });
  return required(Subnet?.SubnetId);
};

const addInstance = async (
  call: Call,
  vpcId: string,
  PrivateIpAddress: string,
  SecurityGroupIds: readonly string[] = [],
): Promise<string> => {
  const { Instances } = await call('RunInstances', {
    SubnetId: await addSubnet(call, vpcId),
    PrivateIpAddress,
    ImageId: IMAGE,
    ...(SecurityGroupIds.length > 0 && { SecurityGroupIds }),
    MinCount: 1,
    MaxCount: 1,
  });
  return required(Instances?.[0]?.InstanceId);
};

/** It lets services in. */
const addOpenGroup = async (call: Call, VpcId: string): Promise<string> => {
  const { GroupId } = await call('CreateSecurityGroup', {
    VpcId,
    GroupName: 'targets',
    Description: 'targets',
  });
  await call('AuthorizeSecurityGroupIngress', {
    GroupId: required(GroupId),
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 1,
        ToPort: 65_535,
        IpRanges: [{ CidrIp: '169.254.171.0/24' }],
      },
    ],
  });
  return required(GroupId);
};
