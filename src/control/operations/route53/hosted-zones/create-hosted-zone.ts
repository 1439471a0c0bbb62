import { type HostedZone, hostedZoneArn } from '../../../../lattice/hosted-zone.ts';
import { newChange } from '../changes.ts';
import { parseDomainName } from '../domain-name.ts';
import { hostedZoneAlreadyExists, tooManyHostedZones, unsupported } from '../errors.ts';
import { route53Write } from '../route53-operation.ts';
import { vpcAnswer, zoneAnswer } from '../zone-answer.ts';
import { assertNoOtherZone, ownVpcId } from '../zone-vpc.ts';

/** Makes a private hosted zone. Public ones would need name servers that the world asks. */
export const createHostedZone = route53Write<'CreateHostedZone'>(async (tx, input, context) => {
  const { accountId } = context.caller;
  const { CallerReference: callerReference, HostedZoneConfig: config, VPC: vpc } = input;
  if (vpc === undefined) throw unsupported('a public hosted zone (one without a VPC)');
  if (input.DelegationSetId !== undefined) throw unsupported('a delegation set');
  const name = parseDomainName(input.Name);
  const vpcId = await ownVpcId(tx, vpc, context);
  const unique = `${accountId}/${callerReference}`;
  if (await tx.findUnique('hostedZone', 'callerReference', unique)) {
    throw hostedZoneAlreadyExists(
      'A hosted zone has already been created with the specified caller reference.',
    );
  }
  await assertNoOtherZone(tx, vpcId, name, context);
  const most = context.settings.quotas.hostedZonesPerAccount;
  if ((await tx.count('hostedZone', { index: 'account', equals: accountId })) >= most) {
    throw tooManyHostedZones(
      `This account has ${most} hosted zones, which is all it may have. Delete some, or raise \`quotas.hostedZonesPerAccount\` in settings.json of the data folder.`,
    );
  }
  const id = context.newId('hostedZone').toUpperCase();
  const now = context.now.toISOString();
  const zone: HostedZone = {
    id,
    accountId,
    arn: hostedZoneArn(context.settings, id),
    name,
    callerReference,
    ...(config?.Comment && { comment: config.Comment }),
    vpcIds: [vpcId],
    createdAt: now,
    lastUpdatedAt: now,
  };
  await tx.insert('hostedZone', zone);
  return {
    HostedZone: await zoneAnswer(tx, zone),
    ChangeInfo: newChange(context, undefined),
    VPC: vpcAnswer(vpcId, context),
    Location: `https://route53.amazonaws.com/2013-04-01/hostedzone/${id}`,
  };
});
