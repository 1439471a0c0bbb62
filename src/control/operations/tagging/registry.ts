import type { TaggingOperationName } from '../../../protocol/generated/tagging.ts';
import { getResources } from './get-resources.ts';
import { getTagKeys } from './get-tag-keys.ts';
import { getTagValues } from './get-tag-values.ts';
import { tagResources } from './tag-resources.ts';
import { untagResources } from './untag-resources.ts';

export const taggingOperations = {
  GetResources: getResources,
  GetTagKeys: getTagKeys,
  GetTagValues: getTagValues,
  TagResources: tagResources,
  UntagResources: untagResources,
} satisfies Record<TaggingOperationName, unknown>;
