import {
  type ExplainedLayer as AuthLayerAnswer,
  explainLayers,
  type Question,
} from '../../policy/authorize.ts';
import { describeMatch, describeMismatch } from '../../policy/describe-reason.ts';
import type { Reason } from '../../policy/reason.ts';
import type { ExplainedLayer, ExplainedStatement } from '../../snapshot/explanation.ts';
import type { NetworkPart, ServicePart } from '../../snapshot/parts.ts';
import type { AuthLayer } from '../auth/verdict.ts';
import { adviseLayer } from './advise-layer.ts';
import { cut, type ExplanationLimits } from './explanation-limits.ts';
import { hideInReason } from './hide-credentials.ts';

/** What was asked of whom. */
export interface AskedLayers {
  readonly question: Question<AuthLayer>;
  readonly network: NetworkPart;
  readonly service: ServicePart;
  /** Absent for anonymous callers. */
  readonly callerAccountId: string | undefined;
}

/** What every layer says, those of the network and the service first, whether they were asked or not. */
export const explainAuthLayers = (
  asked: AskedLayers,
  limits: ExplanationLimits,
): readonly ExplainedLayer[] => {
  const { question, network, service } = asked;
  const layers = explainLayers(question).map((one) => explainLayer(one, asked, limits));
  const find = (name: AuthLayer) => layers.find(({ layer }) => layer === name);
  const ofNetwork = find(NETWORK) ?? notAsked(NETWORK, network.accountId, 'service network');
  const ofService = find(SERVICE) ?? notAsked(SERVICE, service.accountId, 'service');
  const ofCaller = layers.filter((layer) => layer !== ofNetwork && layer !== ofService);
  return [ofNetwork, ofService, ...ofCaller];
};

const NETWORK = 'network-based policy';
const SERVICE = 'service-based policy';

const notAsked = (layer: AuthLayer, accountId: string, what: string): ExplainedLayer => ({
  layer,
  accountId,
  says: 'notAsked',
  note: `the auth type of the ${what} is NONE`,
  statements: [],
  advice: [],
});

const explainLayer = (
  answer: AuthLayerAnswer<AuthLayer>,
  { question, network, service, callerAccountId }: AskedLayers,
  limits: ExplanationLimits,
): ExplainedLayer => {
  const explained = { ...answer, reasons: answer.reasons.map(hideInReason) };
  const { layer, says, reasons, unexplained } = explained;
  const part = { [NETWORK]: network, [SERVICE]: service }[layer as string];
  const kept = mostTelling(reasons, limits.statements);
  const note = noteOf(reasons.length + unexplained, kept.length, part !== undefined);
  const advice = adviseLayer({
    explained,
    request: question.request,
    authPolicy: part?.authPolicy,
    resourceId: part?.id,
  });
  return {
    layer,
    // Layers of a caller are there only when there is one.
    accountId: part?.accountId ?? callerAccountId ?? '',
    says: says === 'skipped' ? 'notAsked' : says,
    ...(note === undefined ? {} : { note }),
    statements: kept.map((reason) => explainStatement(reason, limits)),
    advice: advice.slice(0, limits.statements).map((text) => cut(text, limits.text)),
  };
};

const noteOf = (all: number, kept: number, isAuthPolicy: boolean): string | undefined => {
  if (all === 0) {
    return isAuthPolicy
      ? 'there is no auth policy, and the auth type is AWS_IAM'
      : 'there is no policy';
  }
  if (all === kept) return undefined;
  return all - kept === 1
    ? '1 more statement is left out'
    : `${all - kept} more statements are left out`;
};

/** Those that apply, then those with least against them; in the order of the policies. */
const mostTelling = (reasons: readonly Reason[], limit: number): readonly Reason[] => {
  if (reasons.length <= limit) return reasons;
  const chosen = new Set(
    reasons.toSorted((a, b) => a.mismatches.length - b.mismatches.length).slice(0, limit),
  );
  return reasons.filter((reason) => chosen.has(reason));
};

const explainStatement = (
  { policy, statement, sid, effect, mismatches, matches }: Reason,
  limits: ExplanationLimits,
): ExplainedStatement => {
  const tell = <Facts>(all: readonly Facts[], describe: (one: Facts) => string): string[] => {
    const left = all.length - limits.mismatches;
    const told = all.slice(0, limits.mismatches).map((one) => cut(describe(one), limits.text));
    return left > 0 ? [...told, `and ${left} more`] : told;
  };
  return {
    policy: cut(policy, limits.text),
    number: statement + 1,
    ...(sid === undefined || sid === '' ? {} : { sid: cut(sid, limits.text) }),
    effect,
    applies: mismatches.length === 0,
    mismatches: tell(mismatches, describeMismatch),
    ...(matches === undefined ? {} : { matches: tell(matches, describeMatch) }),
  };
};
