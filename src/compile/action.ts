import type { ListenerProtocol, RuleAction, TargetGroup } from '../lattice/resources.ts';
import type { ActionPart, WeightPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import type { Report } from './problem.ts';

/** Id of a target group that a client named by id or ARN. */
export const targetGroupIdOf = (identifier: string): string =>
  identifier.slice(identifier.lastIndexOf('/') + 1);

/** Ids of all target groups that the action names, each once. */
export const actionTargetGroupIds = (action: RuleAction): string[] =>
  'forward' in action
    ? [...new Set(action.forward.targetGroups.map((g) => targetGroupIdOf(g.targetGroupIdentifier)))]
    : [];

/** What AWS says for a single target group; with several the API requires weights. */
const DEFAULT_WEIGHT = 100;

/**
 * Target groups that are missing or cannot take the listener's traffic are left out. When that
 * leaves none the action stays a forward to nothing, which the data plane answers with 503.
 * `id`: of the listener or rule, for problems.
 */
export const compileAction = (
  index: DocumentIndex,
  action: RuleAction,
  protocol: ListenerProtocol,
  id: string,
  report: Report,
): ActionPart => {
  if (!('forward' in action)) {
    if (protocol === 'TLS_PASSTHROUGH') {
      report(
        'unsuitableAction',
        id,
        `\`${id}\` answers with a fixed response, which a TLS_PASSTHROUGH listener cannot give: use a forward action`,
      );
    }
    return { type: 'fixed', statusCode: action.fixedResponse.statusCode };
  }
  const targetGroups: WeightPart[] = [];
  for (const { targetGroupIdentifier, weight = DEFAULT_WEIGHT } of action.forward.targetGroups) {
    const targetGroupId = targetGroupIdOf(targetGroupIdentifier);
    const targetGroup = index.get('targetGroup', targetGroupId);
    if (!targetGroup || !hasPart(targetGroup)) {
      report(
        'danglingTargetGroup',
        id,
        `\`${id}\` forwards to target group \`${targetGroupIdentifier}\`, which does not exist`,
      );
    } else if (!isSuitable(targetGroup, protocol)) {
      report(
        'unsuitableTargetGroup',
        id,
        `\`${id}\` of a ${protocol} listener forwards to target group \`${targetGroupId}\` with protocol ${targetGroup.config.protocol ?? 'of ' + targetGroup.type}: it needs one ${protocol === 'TLS_PASSTHROUGH' ? 'with' : 'without'} protocol TCP`,
      );
    } else {
      targetGroups.push({ targetGroupId, weight });
    }
  }
  return { type: 'forward', targetGroups };
};

/** A group that is still being made is known already: it has no targets yet. */
export const hasPart = ({ status }: TargetGroup): boolean =>
  status !== 'CREATE_FAILED' && status !== 'DELETE_IN_PROGRESS';

/** TCP groups serve TLS_PASSTHROUGH listeners, and nothing else does (AWS: TLS listeners). */
const isSuitable = ({ config }: TargetGroup, protocol: ListenerProtocol): boolean =>
  (config.protocol === 'TCP') === (protocol === 'TLS_PASSTHROUGH');
