import type {
  ExplainedCaller,
  ExplainedOutcome,
  ExplainedResource,
  ExplainedSignature,
  Explanation,
} from '../../snapshot/explanation.ts';
import type { ActionPart, NetworkPart, RulePart, ServicePart } from '../../snapshot/parts.ts';
import type { Identity, PolicyRefusal } from '../auth/verdict.ts';
import type { RequestHead, Source } from '../request-head.ts';
import type { ListenerRuntime, NetworkRuntime, ServiceRuntime, VpcRuntime } from '../state.ts';
import { explainAuthLayers } from './explain-layers.ts';
import { cut, type ExplanationLimits } from './explanation-limits.ts';
import { hideCredentials } from './hide-credentials.ts';

/** A request and the way that it took, as far as it got. */
export interface ExplainedWay {
  readonly head: RequestHead;
  readonly source: Source;
  readonly nowMs: number;
  readonly vpc: VpcRuntime | undefined;
  readonly network: NetworkRuntime | undefined;
  readonly service: ServiceRuntime | undefined;
  readonly listener: ListenerRuntime | undefined;
}

/** What came of a request. */
export interface ExplainedResult {
  readonly allowed: boolean;
  readonly statusCode: number | undefined;
  readonly message: string;
  readonly caller: ExplainedCaller;
  readonly signature?: ExplainedSignature | undefined;
  /** Absent where policies were not asked. */
  readonly question?: PolicyRefusal['question'] | undefined;
  /** Beside what the layers advise. */
  readonly advice?: readonly string[];
}

/** Puts an explanation together: who, where, why. `limits` bound all that strangers and policies say. */
export const explainRequest = (
  way: ExplainedWay,
  result: ExplainedResult,
  limits: ExplanationLimits,
): Explanation => {
  const { head, source, nowMs, vpc, network, service } = way;
  const { question, signature, advice = [] } = result;
  const short = (text: string): string => cut(text, limits.text);
  return {
    at: new Date(nowMs).toISOString(),
    allowed: result.allowed,
    outcome: explainOutcome(way, result, limits),
    request: {
      method: head.method,
      // Cut first: hiding in what nobody will see would cost as much as the longest target.
      target: hideCredentials(short(head.target)),
      authority: short(head.authority),
      protocol: source.protocol,
    },
    source: {
      vpcId: source.vpcId,
      ...(vpc === undefined ? {} : { accountId: vpc.part.accountId }),
      address: source.address,
    },
    caller: result.caller,
    ...(signature === undefined ? {} : { signature }),
    ...(network === undefined ? {} : { network: explainResource(network.part) }),
    ...(service === undefined ? {} : { service: explainResource(service.part) }),
    layers:
      question === undefined || network === undefined || service === undefined
        ? []
        : explainAuthLayers(
            {
              question,
              network: network.part,
              service: service.part,
              callerAccountId: result.caller.accountId,
            },
            limits,
          ),
    advice: advice.map(short),
  };
};

export const explainCaller = (identity: Identity | undefined): ExplainedCaller => {
  if (identity === undefined || identity === 'anonymous') return { kind: 'anonymous' };
  if (identity === 'unverified') return { kind: 'unverified' };
  const { principal, accountId, accessKeyId } = identity;
  return {
    kind: 'verified',
    ...('arn' in principal ? { arn: principal.arn } : {}),
    accountId,
    // Callers of simulations have none.
    ...(accessKeyId === '' ? {} : { accessKeyId }),
  };
};

const explainResource = ({
  id,
  arn,
  accountId,
  authType,
}: NetworkPart | ServicePart): ExplainedResource => ({ id, arn, accountId, authType });

/** The rule that matches and its action, or the default action. Chooses among no target groups, so nobody's turn changes. */
export const routeOf = (
  { part, routes }: ListenerRuntime,
  head: RequestHead,
): { readonly rule: RulePart | undefined; readonly action: ActionPart } => {
  const { ruleId } = routes.select(head);
  const rule = part.rules.find(({ id }) => id === ruleId);
  return { rule, action: rule?.action ?? part.defaultAction };
};

/** The rule that matches does so for requests that are refused, too: that is where they would have gone. */
const explainOutcome = (
  { head, listener }: ExplainedWay,
  { statusCode, message }: ExplainedResult,
  limits: ExplanationLimits,
): ExplainedOutcome => {
  const said = {
    ...(statusCode === undefined ? {} : { statusCode }),
    message: cut(message, limits.text),
  };
  if (listener === undefined) return { ...said, targetGroupIds: [] };
  const { rule, action } = routeOf(listener, head);
  return {
    ...said,
    ...(rule === undefined ? {} : { ruleId: rule.id, rulePriority: rule.priority }),
    listenerPort: listener.part.port,
    targetGroupIds:
      action.type === 'forward'
        ? action.targetGroups
            .filter(({ weight }) => weight > 0)
            .map(({ targetGroupId }) => targetGroupId)
        : [],
  };
};
