import type { Tag } from '../../../../protocol/generated/ec2.ts';
import type { Tags } from '../../../tags.ts';

/** Tags as ec2 answers carry them. */
export const toTagList = (tags: Tags): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
