import { removeTags } from '../../../tags.ts';
import { latticeWrite } from '../shapes.ts';
import { resolveTaggable } from './tagged-resource.ts';

export const untagResource = latticeWrite<'UntagResource'>(async (tx, input, context) => {
  const { arn } = await resolveTaggable(tx, input.resourceArn, context);
  await removeTags(tx, arn, input.tagKeys, context);
  return {};
});
