import { putTags } from '../../../tags.ts';
import { latticeWrite } from '../shapes.ts';
import { resolveTaggable } from './tagged-resource.ts';

export const tagResource = latticeWrite<'TagResource'>(async (tx, input, context) => {
  const resource = await resolveTaggable(tx, input.resourceArn, context);
  await putTags(tx, resource, input.tags, context);
  return {};
});
