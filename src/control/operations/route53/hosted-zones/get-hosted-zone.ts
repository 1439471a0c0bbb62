import { findZone, zonesOf } from '../find-zone.ts';
import { route53Read } from '../route53-operation.ts';
import { vpcAnswer, zoneAnswer } from '../zone-answer.ts';

export const getHostedZone = route53Read<'GetHostedZone'>(async (tx, { Id }, context) => {
  const zone = await findZone(tx, Id, context);
  return {
    HostedZone: await zoneAnswer(tx, zone),
    VPCs: zone.vpcIds.map((id) => vpcAnswer(id, context)),
  };
});

export const getHostedZoneCount = route53Read<'GetHostedZoneCount'>(
  async (tx, _input, context) => ({ HostedZoneCount: (await zonesOf(tx, context)).length }),
);
