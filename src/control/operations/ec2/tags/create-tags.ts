import { ec2Write } from '../ec2-operation.ts';
import { ec2Error, missingParameter } from '../errors.ts';
import { findTagged } from './find-tagged.ts';
import { parseTags, tagDocument } from './parse-tags.ts';

/** "Up to 1000 IDs" in one call (EC2 API, CreateTags). */
export const MOST_RESOURCES = 1000;

/** Adds tags to resources or replaces their values: everywhere or nowhere. */
export const createTags = ec2Write<'CreateTags'>(async (tx, { Resources, Tags }, context) => {
  if (Resources.length === 0) throw missingParameter('resourceIdSet');
  if (Tags.length === 0) throw missingParameter('tagSet');
  if (Resources.length > MOST_RESOURCES) throw tooMany();
  const tags = parseTags(Tags);
  for (const id of new Set(Resources)) {
    await tagDocument(tx, await findTagged(tx, id, context), tags, context);
  }
  return {};
});

export const tooMany = () =>
  ec2Error('InvalidParameterValue', `At most ${MOST_RESOURCES} resources can be given in a call`);
