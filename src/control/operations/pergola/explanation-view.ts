import { accountsIn } from '../../../lattice/request-parties.ts';
import type {
  ExplainedCaller,
  ExplainedLayer,
  Explanation,
} from '../../../protocol/generated/pergola.ts';

/** Who looks at an explanation. */
export interface Viewer {
  readonly accountId: string;
  /** Sees everything. */
  readonly isOperator: boolean;
  /** Layers whose policies the viewer brought along, so that nothing in them is news. */
  readonly ownLayers?: readonly string[];
}

/**
 * The explanation as the viewer may see it: without the statements of policies that are another
 * account's, without the rules of its service, and without whose access key it is that somebody
 * merely named. Undefined when the viewer has no part in the request.
 */
export const explanationFor = (
  explanation: Explanation,
  viewer: Viewer,
): Explanation | undefined => {
  if (viewer.isOperator) return explanation;
  if (!accountsIn(explanation).includes(viewer.accountId)) return undefined;
  return {
    ...explanation,
    outcome: outcomeFor(explanation, viewer),
    caller: callerFor(explanation.caller, viewer),
    layers: explanation.layers.map((layer) => layerFor(layer, viewer)),
  };
};

/** Else everybody could find out the user behind an access key by sending it with any signature. */
const callerFor = (caller: ExplainedCaller, { accountId }: Viewer): ExplainedCaller => {
  if (caller.kind !== 'unverified' || caller.accountId === accountId) return caller;
  const { kind, accessKeyId } = caller;
  return { kind, ...(accessKeyId === undefined ? {} : { accessKeyId }) };
};

/** Rules and target groups are the service's own affair. */
const outcomeFor = (
  { outcome, service }: Explanation,
  { accountId }: Viewer,
): Explanation['outcome'] => {
  if (service === undefined || service.accountId === accountId) return outcome;
  const { statusCode, message } = outcome;
  return { statusCode, message, targetGroupIds: [] };
};

const layerFor = (layer: ExplainedLayer, { accountId, ownLayers = [] }: Viewer): ExplainedLayer => {
  if (layer.accountId === accountId || ownLayers.includes(layer.layer)) return layer;
  const isRefusing = layer.says === 'explicitDeny' || layer.says === 'implicitDeny';
  return {
    ...layer,
    note: `what its policies say is for account ${layer.accountId} to see`,
    statements: [],
    advice: isRefusing
      ? [`ask account ${layer.accountId}, whose ${layer.layer} refuses the request`]
      : [],
    isHidden: true,
  };
};
