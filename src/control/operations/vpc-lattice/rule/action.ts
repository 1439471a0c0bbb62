import type {
  Listener,
  RuleAction,
  TargetGroup,
  WeightedTargetGroup,
} from '../../../../lattice/resources.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { conflict, invalid, invalidField } from '../../../errors.ts';
import { targetGroupIdsOf } from '../../../lifecycle/target-group-use.ts';
import type { RequestContext } from '../../../operation.ts';
import { requireQuota } from '../quota.ts';
import { idOf, resolveResource } from '../resolve.ts';
import { requireActive } from '../settled.ts';
import type { Input } from '../shapes.ts';

/** AWS's model allows 100 to 599, its text these two. */
const FIXED_STATUS_CODES = [404, 500];

const ONLY_GROUP_WEIGHT = 100;

/** Where the action is to stand. */
type ActionPlace = Pick<Listener, 'protocol' | 'serviceId'>;

/**
 * The action to store: as it was sent, target groups in the form in which they were named, and
 * with the weight that a single target group has by default.
 *
 * @param name of the member that holds the action, for errors
 * @throws ValidationException, ResourceNotFoundException, ConflictException or
 * ServiceQuotaExceededException when the listener cannot have the action
 */
export const acceptAction = async (
  tx: ReadTransaction,
  sent: Input<'CreateRule'>['action'],
  name: 'action' | 'defaultAction',
  place: ActionPlace,
  context: RequestContext,
): Promise<RuleAction> => {
  if (sent.fixedResponse !== undefined) {
    const { statusCode } = sent.fixedResponse;
    if (place.protocol === 'TLS_PASSTHROUGH') {
      throw invalid('TLS_PASSTHROUGH listeners support the forward action only.');
    }
    if (!FIXED_STATUS_CODES.includes(statusCode)) {
      throw invalidField(`${name}.fixedResponse.statusCode`, 'Status code must be 404 or 500.');
    }
    return { fixedResponse: { statusCode } };
  }
  const groups = sent.forward.targetGroups;
  requireDistinct(groups);
  const targetGroups: WeightedTargetGroup[] = [];
  for (const { targetGroupIdentifier, weight } of groups) {
    const group = await resolveResource(tx, 'targetGroup', targetGroupIdentifier, context);
    requireActive(group, 'TARGET_GROUP');
    requireSameKind(group, place);
    requireUnusedElsewhere(group, place);
    if (weight === undefined && groups.length > 1) {
      throw invalidField(
        `${name}.forward.targetGroups`,
        'Weight is required when there is more than one target group.',
      );
    }
    targetGroups.push({ targetGroupIdentifier, weight: weight ?? ONLY_GROUP_WEIGHT });
  }
  return { forward: { targetGroups } };
};

/**
 * To be called with a service's new actions, before they are written.
 * @throws ServiceQuotaExceededException when the service would use too many target groups
 */
export const requireTargetGroupQuota = async (
  tx: ReadTransaction,
  serviceId: string,
  actions: readonly RuleAction[],
  context: RequestContext,
): Promise<void> => {
  const added = new Set(actions.flatMap(targetGroupIdsOf));
  if (added.size === 0) return;
  const used = await tx.list('targetGroup', { index: 'service', equals: serviceId });
  const all = new Set([...used.items.map(({ id }) => id), ...added]);
  // A service that is over a lowered quota may still change among the groups that it has.
  if (all.size === used.items.length) return;
  requireQuota('targetGroupsPerService', all.size, 'TARGET_GROUP', context, serviceId);
};

const requireDistinct = (groups: readonly { readonly targetGroupIdentifier: string }[]): void => {
  const ids = groups.map(({ targetGroupIdentifier }) => idOf(targetGroupIdentifier));
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) {
    throw invalid(`Target group ${twice} occurs more than once in the action.`);
  }
};

const requireSameKind = (group: TargetGroup, { protocol }: ActionPlace): void => {
  const isTcp = group.config.protocol === 'TCP';
  if (protocol === 'TLS_PASSTHROUGH' && !isTcp) {
    throw invalid(
      `TLS_PASSTHROUGH listeners forward to TCP target groups only; ${group.id} is not one.`,
    );
  }
  if (protocol !== 'TLS_PASSTHROUGH' && isTcp) {
    throw invalid(`${protocol} listeners do not forward to TCP target groups; ${group.id} is one.`);
  }
};

const requireUnusedElsewhere = (group: TargetGroup, { serviceId }: ActionPlace): void => {
  if (group.serviceId === undefined || group.serviceId === serviceId) return;
  throw conflict(
    'TARGET_GROUP',
    group.id,
    `A target group may be used by a single service only. ${group.id} is used by ${group.serviceId}.`,
  );
};
