import { interfaceArnOf } from '../../../../lattice/vpc.ts';
import type { NetworkInterface } from '../../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { readTags } from '../../../tags.ts';
import { ec2Arn } from '../ec2-arn.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable } from '../filters.ts';
import { groupsOf } from '../instances/instance-answer.ts';
import { instancesOf, isRunning } from '../instances/instances-of.ts';
import { toNetworkInterface } from '../instances/network-interface-answer.ts';
import { cutPage } from '../page.ts';
import { toInterfaceAnswer } from './interface-answer.ts';
import { noSuchInterface } from './no-such-interface.ts';

/** Network interfaces of the caller: those that were made by themselves, and those of running instances. */
export const describeNetworkInterfaces = ec2Read<'DescribeNetworkInterfaces'>(
  async (tx, input, context) => {
    const all = [...(await ofInstances(tx, context)), ...(await ofTheirOwn(tx, context))];
    const { NetworkInterfaceIds: ids = [] } = input;
    const unknown = ids.find((id) => !all.some((one) => one.NetworkInterfaceId === id));
    if (unknown !== undefined) throw noSuchInterface(unknown);
    const named = ids.length
      ? all.filter(({ NetworkInterfaceId }) => ids.includes(NetworkInterfaceId!))
      : all;
    const arnOf = ({ NetworkInterfaceId }: NetworkInterface) =>
      ec2Arn(context, 'network-interface', NetworkInterfaceId!);
    const matching = await applyFilters(tx, named, input.Filters, FILTERS, arnOf);
    const page = cutPage(
      matching,
      ({ NetworkInterfaceId }) => NetworkInterfaceId!,
      'DescribeNetworkInterfaces',
      input,
      context,
    );
    return { NetworkInterfaces: page.rows, NextToken: page.nextToken };
  },
);

const ofInstances = async (
  tx: ReadTransaction,
  context: RequestContext,
): Promise<readonly NetworkInterface[]> => {
  const all: NetworkInterface[] = [];
  for (const instance of (await instancesOf(tx, undefined, context)).filter(isRunning)) {
    const surroundings = {
      subnet: await tx.get('subnet', instance.subnetId),
      groups: await groupsOf(tx, instance),
      tags: await readTags(tx, interfaceArnOf(instance)),
    };
    all.push(toNetworkInterface(instance, surroundings, context));
  }
  return all;
};

const ofTheirOwn = async (
  tx: ReadTransaction,
  context: RequestContext,
): Promise<readonly NetworkInterface[]> => {
  const ofCaller = { index: 'account', equals: context.caller.accountId };
  const all: NetworkInterface[] = [];
  for (const document of (await tx.list('networkInterface', ofCaller)).items) {
    const surroundings = {
      subnet: await tx.get('subnet', document.subnetId),
      groups: await groupsOf(tx, { securityGroupIds: document.groupIds }),
      tags: await readTags(tx, document.arn),
    };
    all.push(toInterfaceAnswer(document, surroundings, context));
  }
  return all;
};

const none = () => undefined;

/** Those of "DescribeNetworkInterfaces" in the EC2 API reference; what no interface has here, none has. */
const FILTERS: FilterTable<NetworkInterface> = {
  'addresses.association.owner-id': none,
  'addresses.association.public-ip': none,
  'addresses.primary': ({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.map(({ Primary }) => Primary),
  'addresses.private-ip-address': ({ PrivateIpAddresses = [] }) =>
    PrivateIpAddresses.map(({ PrivateIpAddress }) => PrivateIpAddress),
  'association.allocation-id': none,
  'association.association-id': none,
  'association.ip-owner-id': none,
  'association.public-dns-name': none,
  'association.public-ip': none,
  'attachment.attach-time': ({ Attachment }) => Attachment?.AttachTime?.toISOString(),
  'attachment.attachment-id': ({ Attachment }) => Attachment?.AttachmentId,
  'attachment.delete-on-termination': ({ Attachment }) => Attachment?.DeleteOnTermination,
  'attachment.device-index': ({ Attachment }) => Attachment?.DeviceIndex,
  'attachment.instance-id': ({ Attachment }) => Attachment?.InstanceId,
  'attachment.instance-owner-id': ({ Attachment }) => Attachment?.InstanceOwnerId,
  'attachment.status': ({ Attachment }) => Attachment?.Status,
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
  'availability-zone-id': ({ AvailabilityZoneId }) => AvailabilityZoneId,
  description: ({ Description }) => Description,
  'group-id': ({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId),
  'group-name': ({ Groups = [] }) => Groups.map(({ GroupName }) => GroupName),
  'interface-type': ({ InterfaceType }) => InterfaceType,
  'ipv6-addresses.ipv6-address': ({ Ipv6Addresses = [] }) =>
    Ipv6Addresses.map(({ Ipv6Address }) => Ipv6Address),
  'mac-address': ({ MacAddress }) => MacAddress,
  'network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId,
  'operator.managed': () => false,
  'operator.principal': none,
  'owner-id': ({ OwnerId }) => OwnerId,
  'private-dns-name': ({ PrivateDnsName }) => PrivateDnsName,
  'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
  'requester-id': none,
  'requester-managed': ({ RequesterManaged }) => RequesterManaged,
  'source-dest-check': ({ SourceDestCheck }) => SourceDestCheck,
  status: ({ Status }) => Status,
  'subnet-id': ({ SubnetId }) => SubnetId,
  'vpc-id': ({ VpcId }) => VpcId,
};
