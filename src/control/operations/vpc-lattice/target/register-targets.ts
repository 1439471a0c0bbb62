import type { Target, TargetGroup } from '../../../../lattice/resources.ts';
import { targetDocumentId } from '../../../../lattice/target-key.ts';
import { cidrsOf, type Instance, type Vpc } from '../../../../lattice/vpc.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { sharedSubnetsIn } from '../../../shared-subnets.ts';
import { requireQuota } from '../quota.ts';
import { resolveResource } from '../resolve.ts';
import { requireActive } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { portOf, targetAnswer } from './port.ts';
import { type TargetPlace, whyUnsupported } from './target-id.ts';

/**
 * Registering what is registered already succeeds and changes nothing, so that its health stays;
 * what is draining is taken back.
 */
export const registerTargets = latticeWrite<'RegisterTargets'>(async (tx, input, context) => {
  const group = await resolveResource(tx, 'targetGroup', input.targetGroupIdentifier, context);
  requireActive(group, 'TARGET_GROUP');
  const { vpcIdentifier } = group.config;
  const vpc = vpcIdentifier === undefined ? undefined : await tx.get('vpc', vpcIdentifier);
  const place = {
    group,
    blocks: vpc && (await blocksFor(tx, vpc, context)),
    region: context.settings.region,
  };
  const successful = [];
  const unsuccessful = [];
  let count = await tx.count('target', { index: 'targetGroup', equals: group.id });
  for (const sent of input.targets) {
    const target = { targetId: sent.id, port: portOf(group, sent.port) };
    const id = targetDocumentId(group.id, target.targetId, target.port);
    const before = await tx.get('target', id);
    const instance = await tx.get('instance', sent.id);
    const reason = before === undefined ? whyRefused(sent.id, place, instance, count) : undefined;
    if (reason !== undefined) {
      unsuccessful.push({ ...sent, failureCode: 'UnsupportedTarget', failureMessage: reason });
      continue;
    }
    if (before !== undefined) await takeBack(tx, before, context.now);
    else {
      count += 1;
      requireQuota('targetsPerTargetGroup', count, 'TARGET', context, group.id);
      const now = context.now.toISOString();
      await tx.insert('target', {
        id,
        accountId: group.accountId,
        targetGroupId: group.id,
        ...target,
        createdAt: now,
        lastUpdatedAt: now,
      });
    }
    successful.push(targetAnswer(target));
  }
  return { successful, unsuccessful };
});

/** Participants of a shared VPC have targets in the subnets that are shared with them. */
const blocksFor = async (
  tx: ReadTransaction,
  vpc: Vpc,
  context: RequestContext,
): Promise<readonly string[]> => {
  const isOwn = vpc.accountId === context.caller.accountId;
  const places = isOwn ? [vpc] : await sharedSubnetsIn(tx, vpc.id, context);
  return places.flatMap(cidrsOf);
};

const whyRefused = (
  id: string,
  place: TargetPlace,
  instance: Instance | undefined,
  count: number,
): string | undefined =>
  whyUnsupported(id, place, instance) ??
  (isSingle(place.group) && count > 0
    ? `A target group of type ${place.group.type} has one target only`
    : undefined);

const isSingle = ({ type }: TargetGroup): boolean => type === 'LAMBDA' || type === 'ALB';

const takeBack = async (tx: WriteTransaction, target: Target, now: Date): Promise<void> => {
  if (target.drainUntil === undefined) return;
  const { drainUntil: _, ...rest } = target;
  await tx.update('target', { ...rest, lastUpdatedAt: now.toISOString() });
};
