import type { TagSet } from '../../../lattice/resources.ts';
import type { TaggingOperations } from '../../../protocol/generated/tagging.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { PageScope } from '../../pagination.ts';
import { readCursor, writeToken } from './pagination-token.ts';
import { invalidParameter, taggingRead } from './tagging-operation.ts';

type Input = TaggingOperations['GetResources']['input'];

const DEFAULT_RESOURCES = 50;
const MAX_RESOURCES = 100;

/** The caller's resources that have tags, in order of the first tag each got. */
export const getResources = taggingRead<'GetResources'>(async (tx, input, { caller }) => {
  assertCombination(input);
  if (input.ResourceARNList !== undefined) {
    return {
      PaginationToken: '',
      ResourceTagMappingList: await byArn(tx, input.ResourceARNList, caller.accountId),
    };
  }
  const scope: PageScope = {
    accountId: caller.accountId,
    operation: 'GetResources',
    filter: {
      tags: JSON.stringify(input.TagFilters ?? []),
      types: JSON.stringify(input.ResourceTypeFilters ?? []),
    },
  };
  const accept = filterOf(input);
  const maxTags = input.TagsPerPage ?? Number.POSITIVE_INFINITY;
  const maxResources = input.ResourcesPerPage ?? input.TagsPerPage ?? DEFAULT_RESOURCES;
  const found: TagSet[] = [];
  let tags = 0;
  let after = readCursor(input.PaginationToken, scope);
  do {
    const page = await tx.list('tagSet', {
      index: 'account',
      equals: caller.accountId,
      // The cursor must stand behind the last one in the answer, and tags are known only when read.
      limit: input.TagsPerPage === undefined ? maxResources - found.length : 1,
      ...(after === undefined ? {} : { after }),
    });
    const accepted = page.items.filter(accept);
    for (const document of accepted) tags += Object.keys(document.tags).length;
    if (tags > maxTags && found.length > 0 && accepted.length > 0) break;
    found.push(...accepted);
    after = page.cursor;
  } while (after !== undefined && found.length < maxResources);
  return {
    PaginationToken: writeToken(after, scope),
    ResourceTagMappingList: found.map(mapping),
  };
});

const assertCombination = (input: Input): void => {
  const { ResourcesPerPage: resources, TagsPerPage: tags } = input;
  if (
    input.ResourceARNList !== undefined &&
    (input.TagFilters !== undefined ||
      input.ResourceTypeFilters !== undefined ||
      resources !== undefined ||
      tags !== undefined ||
      input.PaginationToken)
  ) {
    throw invalidParameter('ResourceARNList cannot be combined with any other parameter.');
  }
  if (resources !== undefined && tags !== undefined) {
    throw invalidParameter('ResourcesPerPage and TagsPerPage cannot be combined.');
  }
  if (resources !== undefined && (resources < 1 || resources > MAX_RESOURCES)) {
    throw invalidParameter(`ResourcesPerPage must be between 1 and ${MAX_RESOURCES}.`);
  }
  if (tags !== undefined && (tags < 100 || tags > 500 || tags % 100 !== 0)) {
    throw invalidParameter('TagsPerPage must be 100, 200, 300, 400 or 500.');
  }
};

/** Filters on tags must all hold, of their values one; of the types one. `ec2` means all of EC2. */
const filterOf = (input: Input): ((document: TagSet) => boolean) => {
  const tagFilters = input.TagFilters ?? [];
  const types = input.ResourceTypeFilters ?? [];
  return ({ tags, resourceType }) =>
    (types.length === 0 ||
      types.some((type) => resourceType === type || resourceType.startsWith(`${type}:`))) &&
    tagFilters.every(({ Key: key, Values: values = [] }) => {
      if (key === undefined) return true;
      const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
      return value !== undefined && (values.length === 0 || values.includes(value));
    });
};

const byArn = async (tx: ReadTransaction, arns: readonly string[], accountId: string) => {
  const documents = await Promise.all([...new Set(arns)].map((arn) => tx.get('tagSet', arn)));
  return documents.filter((document) => document?.accountId === accountId).map((d) => mapping(d!));
};

const mapping = (document: TagSet) => ({
  ResourceARN: document.id,
  Tags: Object.entries(document.tags).map(([Key, Value]) => ({ Key, Value })),
});
