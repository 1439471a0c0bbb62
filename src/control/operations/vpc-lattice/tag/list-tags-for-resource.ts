import { readTags } from '../../../tags.ts';
import { latticeRead } from '../shapes.ts';
import { resolveTaggable } from './tagged-resource.ts';

export const listTagsForResource = latticeRead<'ListTagsForResource'>(
  async (tx, input, context) => {
    const { arn } = await resolveTaggable(tx, input.resourceArn, context);
    return { tags: await readTags(tx, arn) };
  },
);
