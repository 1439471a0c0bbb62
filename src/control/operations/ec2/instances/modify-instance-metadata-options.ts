import { ec2Write } from '../ec2-operation.ts';
import { getOwned } from '../owned.ts';
import { changeInstance } from './change-instance.ts';
import { parseMetadataOptions, toMetadataOptionsAnswer } from './metadata-options.ts';

/** Changes what is given and keeps the rest. The answer says pending, as AWS's does; it is applied then. */
export const modifyInstanceMetadataOptions = ec2Write<'ModifyInstanceMetadataOptions'>(
  async (tx, input, context) => {
    const instance = await getOwned(tx, 'instance', input.InstanceId, context);
    const metadataOptions = { ...instance.metadataOptions, ...parseMetadataOptions(input) };
    await changeInstance(tx, instance, { metadataOptions }, context);
    return {
      InstanceId: instance.id,
      InstanceMetadataOptions: toMetadataOptionsAnswer({ ...instance, metadataOptions }, 'pending'),
    };
  },
);
