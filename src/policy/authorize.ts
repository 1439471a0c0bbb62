import type { CompiledPolicy } from './compile-policy.ts';
import type { Reason } from './reason.ts';
import type { PolicyRequest } from './request.ts';

/**
 * Policies that answer together: one that allows is enough. A layer that is there has to allow, so
 * one without policies refuses; leave out what does not limit the request, such as the boundary of a
 * role that has none.
 *
 * Put together so, each of the kinds of policies in "Policy evaluation logic" of AWS's IAM user guide
 * is a layer: service control policies (one layer for each level of the organisation), permission
 * boundary, session policy, identity policies, the policies of resources. Where a policy of the resource
 * suffices inside one account, put it into the same layer as the identity policies.
 */
export interface PolicyLayer<Name extends string = string> {
  readonly name: Name;
  readonly policies: readonly CompiledPolicy[];
  /** For what is attached to callers: not asked about anonymous ones, who have nothing attached. */
  readonly skipAnonymous?: boolean;
}

export interface Decision<Name extends string = string> {
  readonly allowed: boolean;
  readonly kind: 'allow' | 'explicitDeny' | 'implicitDeny';
  /** The layer that refuses; absent when the request is allowed, or when no layer was asked. */
  readonly decidedBy: Name | undefined;
  /**
   * Of an explicit deny, the statement that denies. Of an implicit one, the Allow statements of the
   * layer and what keeps each from applying. Of an allow, the statement of each layer that allows.
   */
  readonly because: readonly Reason[];
}

export interface Question<Name extends string = string> {
  /** In the order in which refusals are reported: the first layer that refuses is named. */
  readonly layers: readonly PolicyLayer<Name>[];
  readonly request: PolicyRequest;
}

/**
 * Decides: denied when any policy of any layer denies, else allowed when every layer allows.
 * Without a layer that could allow, nothing is allowed.
 */
export const authorize = <Name extends string>({
  layers,
  request,
}: Question<Name>): Decision<Name> => {
  const because: Reason[] = [];
  let refusing: PolicyLayer<Name> | undefined;
  for (const layer of layers) {
    if (isSkipped(layer, request)) continue;
    let allowing: Reason | undefined;
    for (const policy of layer.policies) {
      const reason = policy.evaluate(request);
      if (reason === undefined) continue;
      if (reason.effect === 'Deny') {
        return { allowed: false, kind: 'explicitDeny', decidedBy: layer.name, because: [reason] };
      }
      allowing ??= reason;
    }
    if (allowing !== undefined) because.push(allowing);
    else refusing ??= layer;
  }
  if (refusing === undefined && because.length > 0) {
    return { allowed: true, kind: 'allow', decidedBy: undefined, because };
  }
  return {
    allowed: false,
    kind: 'implicitDeny',
    decidedBy: refusing?.name,
    because: refusing === undefined ? [] : whyNotAllowed(refusing, request),
  };
};

const isSkipped = (layer: PolicyLayer, { principal }: PolicyRequest): boolean =>
  layer.skipAnonymous === true && principal.kind === 'anonymous';

const whyNotAllowed = ({ policies }: PolicyLayer, request: PolicyRequest): readonly Reason[] =>
  policies.flatMap((policy) => policy.explain(request)).filter(({ effect }) => effect === 'Allow');

export interface ExplainedLayer<Name extends string = string> {
  readonly layer: Name;
  readonly says: 'allow' | 'explicitDeny' | 'implicitDeny' | 'skipped';
  /** What every statement of every policy of the layer says. */
  readonly reasons: readonly Reason[];
}

/** What every layer says, those that do not matter to the decision too; for explanations. */
export const explainLayers = <Name extends string>({
  layers,
  request,
}: Question<Name>): readonly ExplainedLayer<Name>[] =>
  layers.map((layer) => {
    if (isSkipped(layer, request)) return { layer: layer.name, says: 'skipped', reasons: [] };
    const reasons = layer.policies.flatMap((policy) => policy.explain(request));
    const applying = reasons.filter(({ mismatches }) => mismatches.length === 0);
    const isDenied = applying.some(({ effect }) => effect === 'Deny');
    const isAllowed = applying.length > 0;
    const says = isDenied ? 'explicitDeny' : isAllowed ? 'allow' : 'implicitDeny';
    return { layer: layer.name, says, reasons };
  });

/** Condition keys that the layers may ask a request for; sorted. */
export const usedKeys = (layers: readonly PolicyLayer[]): readonly string[] =>
  [...new Set(layers.flatMap(({ policies }) => policies.flatMap((one) => one.usedKeys)))].sort();
