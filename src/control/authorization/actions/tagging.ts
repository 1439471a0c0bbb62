import type { TaggingOperations } from '../../../protocol/generated/tagging.ts';
import { taggableType } from '../../taggable.ts';
import { requestTags, tagKeys } from '../key-values.ts';
import type { AskedResource, CallScope, Check, RequiredActions } from '../required-action.ts';
import { certificateResource } from './acm.ts';
import { ec2ResourceById } from './ec2-resources.ts';
import { resourceWithArn } from './lattice-resources.ts';

interface TagActions {
  /** What the service calls what this API does to its resources. */
  readonly tag: string;
  readonly untag: string;
  resource(arn: string, scope: CallScope): Promise<AskedResource>;
}

const OF_SERVICE: Readonly<Record<string, TagActions>> = {
  'vpc-lattice': {
    tag: 'vpc-lattice:TagResource',
    untag: 'vpc-lattice:UntagResource',
    resource: resourceWithArn,
  },
  ec2: {
    tag: 'ec2:CreateTags',
    untag: 'ec2:DeleteTags',
    resource: (arn, scope) => ec2ResourceById(arn.slice(arn.lastIndexOf('/') + 1), scope),
  },
  acm: {
    tag: 'acm:AddTagsToCertificate',
    untag: 'acm:RemoveTagsFromCertificate',
    resource: certificateResource,
  },
  route53: {
    tag: 'route53:ChangeTagsForResource',
    untag: 'route53:ChangeTagsForResource',
    resource: async (arn) => ({ arn }),
  },
};

/** Tags of each resource are that service's matter too. What can have no tags fails in the operation. */
const changing = (arns: readonly string[], change: 'tag' | 'untag', scope: CallScope) =>
  Promise.all(
    [...new Set(arns)].map(async (arn): Promise<readonly Check[]> => {
      const [service = ''] = taggableType(arn)?.split(':') ?? [];
      const actions = OF_SERVICE[service];
      if (actions === undefined) return [];
      return [{ action: actions[change], resource: await actions.resource(arn, scope) }];
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
