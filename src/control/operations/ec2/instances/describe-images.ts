import type { Image } from '../../../../protocol/generated/ec2.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters, type FilterTable } from '../filters.ts';
import { cutPage } from '../page.ts';

/** The one image of the list; instances may name any, since none is booted. */
const IMAGE_ID = 'ami-00000000000000001';

/** Images by whichever ids are asked for, all the same one but for the id; without ids that one. */
export const describeImages = ec2Read<'DescribeImages'>(async (tx, input, context) => {
  const ids = input.ImageIds?.length ? [...new Set(input.ImageIds)] : [IMAGE_ID];
  const matching = await applyFilters(tx, ids.map(toImage), input.Filters, FILTERS);
  const page = cutPage(matching, ({ ImageId }) => ImageId!, 'DescribeImages', input, context);
  return { Images: page.rows, NextToken: page.nextToken };
});

const FILTERS: FilterTable<Image> = {
  architecture: ({ Architecture }) => Architecture,
  'image-id': ({ ImageId }) => ImageId,
  'image-type': ({ ImageType }) => ImageType,
  name: ({ Name }) => Name,
  'owner-alias': ({ ImageOwnerAlias }) => ImageOwnerAlias,
  'owner-id': ({ OwnerId }) => OwnerId,
  'root-device-type': ({ RootDeviceType }) => RootDeviceType,
  state: ({ State }) => State,
  'virtualization-type': ({ VirtualizationType }) => VirtualizationType,
};

const toImage = (ImageId: string): Image => ({
  ImageId,
  Name: 'pergola-namespace',
  Description: 'a network namespace of this machine; nothing is booted',
  ImageLocation: 'amazon/pergola-namespace',
  ImageOwnerAlias: 'amazon',
  // AWS's own account for images that it makes.
  OwnerId: '137112412989',
  CreationDate: '2026-01-01T00:00:00.000Z',
  State: 'available',
  Public: true,
  Architecture: 'x86_64',
  ImageType: 'machine',
  PlatformDetails: 'Linux/UNIX',
  UsageOperation: 'RunInstances',
  EnaSupport: true,
  Hypervisor: 'xen',
  RootDeviceName: '/dev/xvda',
  RootDeviceType: 'ebs',
  VirtualizationType: 'hvm',
  BlockDeviceMappings: [],
  ProductCodes: [],
  Tags: [],
});
