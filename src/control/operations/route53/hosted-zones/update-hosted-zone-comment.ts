import { findZone } from '../find-zone.ts';
import { route53Write } from '../route53-operation.ts';
import { zoneAnswer } from '../zone-answer.ts';

/** Without a comment, or with an empty one, the zone has none any more. */
export const updateHostedZoneComment = route53Write<'UpdateHostedZoneComment'>(
  async (tx, { Id, Comment }, context) => {
    const { comment: _, ...zone } = await findZone(tx, Id, context);
    const changed = {
      ...zone,
      ...(Comment && { comment: Comment }),
      lastUpdatedAt: context.now.toISOString(),
    };
    await tx.update('hostedZone', changed);
    return { HostedZone: await zoneAnswer(tx, changed) };
  },
);
