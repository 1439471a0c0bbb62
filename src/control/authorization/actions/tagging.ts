import type { TaggingOperations } from '../../../protocol/generated/tagging.ts';
import { taggableType } from '../../taggable.ts';
import { requestTags, tagKeys } from '../key-values.ts';
import type { CallScope, Check, RequiredActions } from '../required-action.ts';
import { ec2ResourceById } from './ec2-resources.ts';
import { resourceWithArn } from './lattice-resources.ts';

/** What the service of a resource calls what this API does to it. */
const OF_SERVICE = {
  'vpc-lattice': { tag: 'vpc-lattice:TagResource', untag: 'vpc-lattice:UntagResource' },
  ec2: { tag: 'ec2:CreateTags', untag: 'ec2:DeleteTags' },
} as const;

/** Tags of each resource are that service's matter too. What can have no tags fails in the operation. */
const changing = (arns: readonly string[], change: 'tag' | 'untag', scope: CallScope) =>
  Promise.all(
    [...new Set(arns)].map(async (arn): Promise<readonly Check[]> => {
      const type = taggableType(arn);
      if (type === undefined) return [];
      const isEc2 = type.startsWith('ec2:');
      const resource = isEc2
        ? await ec2ResourceById(arn.slice(arn.lastIndexOf('/') + 1), scope)
        : await resourceWithArn(arn, scope);
      return [{ action: OF_SERVICE[isEc2 ? 'ec2' : 'vpc-lattice'][change], resource }];
    }),
  );

/** "Actions, resources, and condition keys for Amazon Resource Group Tagging API": its prefix is `tag`. */
export const taggingActions: RequiredActions<TaggingOperations> = {
  GetResources: {},
  GetTagKeys: {},
  GetTagValues: {},
  TagResources: {
    keys: ({ Tags }) => requestTags(Tags),
    also: async (input, scope) => (await changing(input.ResourceARNList, 'tag', scope)).flat(),
  },
  UntagResources: {
    keys: ({ TagKeys }) => tagKeys(TagKeys),
    also: async (input, scope) => (await changing(input.ResourceARNList, 'untag', scope)).flat(),
  },
};
