import { ec2Read } from '../ec2-operation.ts';
import { ec2Error } from '../errors.ts';

/**
 * There are no volumes: instances have no disks of their own. Terraform asks for those of an
 * instance, with filters that we need not look at: none of them can match.
 */
export const describeVolumes = ec2Read<'DescribeVolumes'>(async (_tx, { VolumeIds: [id] = [] }) => {
  if (id !== undefined) {
    throw ec2Error('InvalidVolume.NotFound', `The volume '${id}' does not exist.`);
  }
  return { Volumes: [] };
});
