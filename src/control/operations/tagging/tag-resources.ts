import { findTaggable } from '../../taggable.ts';
import { assertTags, putTags } from '../../tags.ts';
import { forEachResource } from './for-each-resource.ts';
import { invalidParameter, taggingWrite } from './tagging-operation.ts';

/** Tags what it can; what it cannot is in FailedResourcesMap, with the reason. */
export const tagResources = taggingWrite<'TagResources'>(async (tx, input, context) => {
  try {
    assertTags(input.Tags);
  } catch (error) {
    throw invalidParameter((error as Error).message);
  }
  return forEachResource(input.ResourceARNList, async (arn) => {
    const resource = await findTaggable(tx, arn);
    if (resource?.accountId !== context.caller.accountId) return false;
    await putTags(tx, resource, input.Tags, context);
    return true;
  });
});
