import type { TagResourceType } from '../../../../protocol/generated/route53.ts';
import { ServiceError } from '../../../../protocol/service-error.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags, readTags, removeTags } from '../../../tags.ts';
import { invalidInput, noSuchHealthCheck } from '../errors.ts';
import { findZone } from '../find-zone.ts';
import { route53Read, route53Write } from '../route53-operation.ts';
import { tagsOf } from './tag-list.ts';

const findTagged = async (
  tx: ReadTransaction,
  input: { readonly ResourceType: TagResourceType; readonly ResourceId: string },
  context: RequestContext,
) => {
  if (input.ResourceType === 'healthcheck') {
    throw noSuchHealthCheck(`A health check with id ${input.ResourceId} does not exist.`);
  }
  return findZone(tx, input.ResourceId, context);
};

/** What is to go goes first, so a key can be named on both lists. */
export const changeTagsForResource = route53Write<'ChangeTagsForResource'>(
  async (tx, input, context) => {
    const zone = await findTagged(tx, input, context);
    if (input.AddTags === undefined && input.RemoveTagKeys === undefined) {
      throw invalidInput('Give AddTags, RemoveTagKeys, or both.');
    }
    await removeTags(tx, zone.arn, input.RemoveTagKeys ?? [], context);
    try {
      await putTags(tx, asTaggable(zone), tagsOf(input.AddTags), context);
    } catch (error) {
      // The same refusal under the code of this API.
      throw error instanceof ServiceError ? invalidInput(error.message) : error;
    }
    return {};
  },
);

export const listTagsForResource = route53Read<'ListTagsForResource'>(
  async (tx, input, context) => {
    const zone = await findTagged(tx, input, context);
    const tags = Object.entries(await readTags(tx, zone.arn));
    return {
      ResourceTagSet: {
        ResourceType: input.ResourceType,
        ResourceId: zone.id,
        Tags: tags.map(([Key, Value]) => ({ Key, Value })),
      },
    };
  },
);
