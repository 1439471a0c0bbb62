import type { CompiledPolicy } from './compile-policy.ts';
import type { Reason } from './reason.ts';
import type { PolicyRequest } from './request.ts';
import { limitWork, WORK_OF_A_REQUEST, WorkLimitError } from './work-limit.ts';

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
  /**
   * Set where the request was refused since its policies take too long to evaluate: a statement
   * that was not asked counts as a Deny of the layer that was under way.
   */
  readonly isCutShort?: true;
}

export interface Question<Name extends string = string> {
  /** In the order in which refusals are reported: the first layer that refuses is named. */
  readonly layers: readonly PolicyLayer<Name>[];
  readonly request: PolicyRequest;
}

/**
 * Decides: denied when any policy of any layer denies, else allowed when every layer allows.
 * Without a layer that could allow, nothing is allowed. Takes some milliseconds at most, whatever
 * policies and request are; what is not decided by then is denied.
 */
export const authorize = <Name extends string>(question: Question<Name>): Decision<Name> =>
  limitWork(WORK_OF_A_REQUEST, () => decide(question));

const decide = <Name extends string>({ layers, request }: Question<Name>): Decision<Name> => {
  const because: Reason[] = [];
  let refusing: PolicyLayer<Name> | undefined;
  for (const layer of layers) {
    if (isSkipped(layer, request)) continue;
    const reason = ask(layer, request);
    if (reason === CUT_SHORT) {
      const denied = { allowed: false, kind: 'explicitDeny', decidedBy: layer.name } as const;
      return { ...denied, because: [], isCutShort: true };
    }
    if (reason?.effect === 'Deny') {
      return { allowed: false, kind: 'explicitDeny', decidedBy: layer.name, because: [reason] };
    }
    if (reason !== undefined) because.push(reason);
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

const CUT_SHORT = 'cutShort';

/** The reason of the first policy that denies, else of the first that allows, else nothing. */
const ask = (
  { policies }: PolicyLayer,
  request: PolicyRequest,
): Reason | undefined | typeof CUT_SHORT => {
  let allowing: Reason | undefined;
  try {
    for (const policy of policies) {
      const reason = policy.evaluate(request);
      if (reason?.effect === 'Deny') return reason;
      allowing ??= reason;
    }
  } catch (error) {
    if (error instanceof WorkLimitError) return CUT_SHORT;
    throw error;
  }
  return allowing;
};

const isSkipped = (layer: PolicyLayer, { principal }: PolicyRequest): boolean =>
  layer.skipAnonymous === true && principal.kind === 'anonymous';

const whyNotAllowed = (layer: PolicyLayer, request: PolicyRequest): readonly Reason[] =>
  reasonsOf(layer, request).filter(({ effect }) => effect === 'Allow');

/** What the statements say, those from the first on left out that takes too long. */
const reasonsOf = ({ policies }: PolicyLayer, request: PolicyRequest): readonly Reason[] => {
  const reasons: Reason[] = [];
  try {
    for (const policy of policies) for (const one of policy.reasons(request)) reasons.push(one);
  } catch (error) {
    if (!(error instanceof WorkLimitError)) throw error;
  }
  return reasons;
};

export interface ExplainedLayer<Name extends string = string> {
  readonly layer: Name;
  readonly says: 'allow' | 'explicitDeny' | 'implicitDeny' | 'skipped';
  /** What every statement of every policy of the layer says. */
  readonly reasons: readonly Reason[];
  /** Set where the layer denies since it takes too long to evaluate. */
  readonly isCutShort?: true;
  /** Statements whose reasons would take too long to work out. */
  readonly unexplained: number;
}

/** What every layer says, those that do not matter to the decision too; for explanations. */
export const explainLayers = <Name extends string>({
  layers,
  request,
}: Question<Name>): readonly ExplainedLayer<Name>[] => {
  // Reasons have a limit of their own, so that what layers say is what they said to `authorize`.
  const answers = limitWork(WORK_OF_A_REQUEST, () =>
    layers.map((layer) => (isSkipped(layer, request) ? 'skipped' : ask(layer, request))),
  );
  return limitWork(WORK_OF_A_REQUEST, () =>
    layers.map((layer, i) => explainLayer(layer, request, answers[i])),
  );
};

const explainLayer = <Name extends string>(
  layer: PolicyLayer<Name>,
  request: PolicyRequest,
  answer: ReturnType<typeof ask> | 'skipped',
): ExplainedLayer<Name> => {
  if (answer === 'skipped') {
    return { layer: layer.name, says: 'skipped', reasons: [], unexplained: 0 };
  }
  const reasons = reasonsOf(layer, request);
  const statements = layer.policies.reduce((sum, { statementCount }) => sum + statementCount, 0);
  const said = { layer: layer.name, reasons, unexplained: statements - reasons.length };
  if (answer === CUT_SHORT) return { ...said, says: 'explicitDeny', isCutShort: true };
  if (answer === undefined) return { ...said, says: 'implicitDeny' };
  return { ...said, says: answer.effect === 'Deny' ? 'explicitDeny' : 'allow' };
};

/** Condition keys that the layers may ask a request for; sorted. */
export const usedKeys = (layers: readonly PolicyLayer[]): readonly string[] =>
  [...new Set(layers.flatMap(({ policies }) => policies.flatMap((one) => one.usedKeys)))].sort();
