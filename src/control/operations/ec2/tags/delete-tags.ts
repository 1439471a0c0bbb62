import type { Tag } from '../../../../protocol/generated/ec2.ts';
import { readTags, removeTags, type Tags } from '../../../tags.ts';
import { ec2Write } from '../ec2-operation.ts';
import { missingParameter } from '../errors.ts';
import { MOST_RESOURCES, tooMany } from './create-tags.ts';
import { findTagged } from './find-tagged.ts';

/** Takes tags away from resources; without a list of tags, all of them. Tags that are not there are passed over. */
export const deleteTags = ec2Write<'DeleteTags'>(async (tx, { Resources, Tags }, context) => {
  if (Resources.length === 0) throw missingParameter('resourceIdSet');
  if (Resources.length > MOST_RESOURCES) throw tooMany();
  for (const id of new Set(Resources)) {
    const { arn } = await findTagged(tx, id, context);
    await removeTags(tx, arn, keysToRemove(await readTags(tx, arn), Tags), context);
  }
  return {};
});

/** A tag with a value is removed only when it has that value, an empty one included. */
const keysToRemove = (present: Tags, asked: readonly Tag[] | undefined): readonly string[] => {
  if (!asked?.length) return Object.keys(present);
  return asked.flatMap(({ Key, Value }) => {
    if (Key === undefined) throw missingParameter('tagKey');
    return Value === undefined || present[Key] === Value ? [Key] : [];
  });
};
