import { newChange } from '../changes.ts';
import { lastVpcAssociation, limitsExceeded, vpcAssociationNotFound } from '../errors.ts';
import { findZone } from '../find-zone.ts';
import { route53Write } from '../route53-operation.ts';
import { assertNoOtherZone, ownVpcId } from '../zone-vpc.ts';

export const associateVpcWithHostedZone = route53Write<'AssociateVPCWithHostedZone'>(
  async (tx, input, context) => {
    const zone = await findZone(tx, input.HostedZoneId, context);
    const vpcId = await ownVpcId(tx, input.VPC, context);
    await assertNoOtherZone(tx, vpcId, zone.name, context);
    const most = context.settings.quotas.vpcsPerHostedZone;
    if (zone.vpcIds.length >= most) {
      throw limitsExceeded(
        `The hosted zone is associated with ${most} VPCs, which is all it may be. Raise \`quotas.vpcsPerHostedZone\` in settings.json of the data folder.`,
      );
    }
    const lastUpdatedAt = context.now.toISOString();
    await tx.update('hostedZone', { ...zone, vpcIds: [...zone.vpcIds, vpcId], lastUpdatedAt });
    return { ChangeInfo: newChange(context, input.Comment) };
  },
);

/** The VPC may be gone already. */
export const disassociateVpcFromHostedZone = route53Write<'DisassociateVPCFromHostedZone'>(
  async (tx, input, context) => {
    const zone = await findZone(tx, input.HostedZoneId, context);
    const vpcIds = zone.vpcIds.filter((id) => id !== input.VPC.VPCId);
    if (vpcIds.length === zone.vpcIds.length) {
      throw vpcAssociationNotFound('The specified VPC and hosted zone are not associated.');
    }
    if (vpcIds.length === 0) {
      throw lastVpcAssociation('Cannot remove last VPC association for the private zone');
    }
    await tx.update('hostedZone', { ...zone, vpcIds, lastUpdatedAt: context.now.toISOString() });
    return { ChangeInfo: newChange(context, input.Comment) };
  },
);
