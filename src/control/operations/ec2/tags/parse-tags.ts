import type { ResourceType, Tag, TagSpecification } from '../../../../protocol/generated/ec2.ts';
import type { WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags, readTags, type Tags } from '../../../tags.ts';
import { ec2Error, invalidParameterValue, missingParameter } from '../errors.ts';

/**
 * Checks tags as EC2 does.
 *
 * @throws InvalidParameterValue, MissingParameter
 */
export const parseTags = (list: readonly Tag[]): Tags => {
  const tags: Record<string, string> = Object.create(null);
  for (const { Key: key, Value: value = '' } of list) {
    if (key === undefined || key === '') throw missingParameter('tagKey');
    if (key in tags) throw invalidParameterValue(`Duplicate tag key '${key}' specified.`);
    if (key.length > 128) {
      throw invalidParameterValue('Tag key exceeds the maximum length of 128 characters');
    }
    if (value.length > 256) {
      throw invalidParameterValue('Tag value exceeds the maximum length of 256 characters');
    }
    if (/^aws:/i.test(key)) {
      throw invalidParameterValue("Tag keys starting with 'aws:' are reserved for internal use");
    }
    tags[key] = value;
  }
  return tags;
};

/**
 * The tags that a create operation is to give to what it makes.
 *
 * @param others Types that the operation may give tags to as well, which are not read here.
 * @throws InvalidParameterValue when a specification is for another type of resource.
 */
export const parseTagSpecifications = (
  specifications: readonly TagSpecification[] | undefined = [],
  type: ResourceType,
  others: readonly ResourceType[] = [],
): Tags =>
  parseTags(
    specifications.flatMap(({ ResourceType, Tags = [] }) => {
      if (ResourceType !== type) {
        if (ResourceType !== undefined && others.includes(ResourceType)) return [];
        throw invalidParameterValue(
          `'${ResourceType ?? 'null'}' is not a valid taggable resource type for this operation.`,
        );
      }
      return Tags;
    }),
  );

/** Adds checked tags to a resource. @throws TagLimitExceeded */
export const tagDocument = async (
  tx: WriteTransaction,
  document: { readonly arn: string; readonly accountId: string },
  tags: Tags,
  context: RequestContext,
): Promise<void> => {
  const all = { ...(await readTags(tx, document.arn)), ...tags };
  if (Object.keys(all).length > context.settings.quotas.tagsPerResource) {
    throw ec2Error(
      'TagLimitExceeded',
      'The maximum number of Tags for a resource has been reached.',
    );
  }
  await putTags(tx, asTaggable(document), tags, context);
};
