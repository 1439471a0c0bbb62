import type { ExplainedLayer, Explanation } from '../../../protocol/generated/pergola.ts';

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
 * account's, and without the rules of its service. Undefined when nothing of the request is the viewer's: neither the VPC, nor the service
 * network, the service or the caller.
 */
export const explanationFor = (
  explanation: Explanation,
  viewer: Viewer,
): Explanation | undefined => {
  if (viewer.isOperator) return explanation;
  const { source, network, service, caller, layers } = explanation;
  const isConcerned = [source, network, service, caller].some(
    (one) => one?.accountId === viewer.accountId,
  );
  if (!isConcerned) return undefined;
  return {
    ...explanation,
    outcome: outcomeFor(explanation, viewer),
    layers: layers.map((layer) => layerFor(layer, viewer)),
  };
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
