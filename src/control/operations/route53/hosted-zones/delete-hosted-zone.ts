import { dropTags } from '../../../tags.ts';
import { newChange } from '../changes.ts';
import { hostedZoneNotEmpty } from '../errors.ts';
import { findZone } from '../find-zone.ts';
import { route53Write } from '../route53-operation.ts';

export const deleteHostedZone = route53Write<'DeleteHostedZone'>(async (tx, { Id }, context) => {
  const zone = await findZone(tx, Id, context);
  if ((await tx.count('recordSet', { index: 'zone', equals: zone.id })) > 0) {
    throw hostedZoneNotEmpty(
      'The specified hosted zone contains non-required resource record sets and so cannot be deleted.',
    );
  }
  await dropTags(tx, zone.arn);
  await tx.delete('hostedZone', zone.id);
  return { ChangeInfo: newChange(context, undefined) };
});
