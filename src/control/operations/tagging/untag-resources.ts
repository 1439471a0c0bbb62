import { findTaggable } from '../../taggable.ts';
import { removeTags } from '../../tags.ts';
import { forEachResource } from './for-each-resource.ts';
import { taggingWrite } from './tagging-operation.ts';

/** Untags what it can; what it cannot is in FailedResourcesMap, with the reason. */
export const untagResources = taggingWrite<'UntagResources'>(async (tx, input, context) =>
  forEachResource(input.ResourceARNList, async (arn) => {
    const resource = await findTaggable(tx, arn);
    if (resource?.accountId !== context.caller.accountId) return false;
    await removeTags(tx, arn, input.TagKeys, context);
    return true;
  }),
);
