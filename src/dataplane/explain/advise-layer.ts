import type { ExplainedLayer } from '../../policy/authorize.ts';
import { list } from '../../policy/describe-reason.ts';
import { lint } from '../../policy/lint/lint-policy.ts';
import { vpcLatticeSvcs } from '../../policy/lint/vpc-lattice-svcs.ts';
import { parseResourcePolicy, statementsOf } from '../../policy/policy-document.ts';
import type { Principal } from '../../policy/principal.ts';
import { isSecretName, type Match, type Mismatch, type Reason } from '../../policy/reason.ts';
import type { PolicyRequest } from '../../policy/request.ts';
import type { AuthLayer } from '../auth/verdict.ts';
import { wishAgainstCondition, wishForCondition } from './condition-words.ts';
import { cut } from './explanation-limits.ts';

const LONGEST_SID = 128;

/** Warnings about one statement that are told. */
const MOST_WARNINGS = 3;

export interface AdvisedLayer {
  readonly explained: ExplainedLayer<AuthLayer>;
  readonly request: PolicyRequest;
  /** Of the service network or the service; absent for layers of the caller, and where there is none. */
  readonly authPolicy?: string | undefined;
  /** Id of the service network or the service. */
  readonly resourceId?: string | undefined;
}

/** What would have to change in a layer that refuses, a sentence each; nothing when it does not. */
export const adviseLayer = (layer: AdvisedLayer): readonly string[] => {
  const { says, reasons, isCutShort, unexplained } = layer.explained;
  if (isCutShort) return [TOO_LONG];
  if (says === 'explicitDeny') {
    return reasons.filter(isDenying).map((reason) => adviseDeny(reason, layer.request));
  }
  if (says !== 'implicitDeny') return [];
  const nearest = nearestOf(reasons);
  if (nearest === undefined) return unexplained > 0 ? [] : [adviseNewPolicy(layer)];
  const wish = `${nameStatement(nearest)} would allow it if ${nearest.mismatches
    .map((mismatch) => wishFor(mismatch, layer.request))
    .join(' and ')}`;
  return [wish, ...warningsAbout(nearest, layer.authPolicy)];
};

const TOO_LONG =
  'its statements take too long to compare with the request, which is refused therefore: have fewer patterns with a part between two stars, or send a shorter path, query and headers';

const isDenying = ({ effect, mismatches }: Reason): boolean =>
  effect === 'Deny' && mismatches.length === 0;

const adviseDeny = (reason: Reason, request: PolicyRequest): string => {
  const { matches = [] } = reason;
  const denies = `${nameStatement(reason)} denies it, and no Allow wins over a Deny`;
  // Only in a statement that applies to everything.
  if (matches.some(({ element }) => element === 'Action')) {
    return `${denies}: take the statement away, or have it name fewer, since nothing in it spares any request`;
  }
  // The Resource is mostly all of the service: where there is more to say, it goes without saying.
  const besides = matches.filter(({ element }) => element !== 'Resource');
  const wishes = (besides.length > 0 ? besides : matches).map((match) =>
    wishAgainst(match, request),
  );
  return `${denies}; it would not apply if ${wishes.join(', or if ')}`;
};

/** The Allow that has least against it. One about other actions has nothing to do with the request. */
const nearestOf = (reasons: readonly Reason[]): Reason | undefined => {
  const candidates = reasons.filter(
    ({ effect, mismatches }) =>
      effect === 'Allow' && !mismatches.some(({ element }) => element.endsWith('Action')),
  );
  const fewest = Math.min(...candidates.map(({ mismatches }) => mismatches.length));
  return candidates.find(({ mismatches }) => mismatches.length === fewest);
};

const adviseNewPolicy = ({ explained, request, authPolicy, resourceId }: AdvisedLayer): string => {
  const what = `\`${request.action}\` on \`${request.resource}\``;
  const who = nameOf(request.principal);
  switch (explained.layer) {
    case 'network-based policy':
      return adviseAuthPolicy(`service network ${resourceId}`, authPolicy, what);
    case 'service-based policy':
      return adviseAuthPolicy(`service ${resourceId}`, authPolicy, what);
    case 'identity-based policy':
      return `attach a policy that allows ${what} to ${who}, such as AWS's VPCLatticeServicesInvokeAccess`;
    case 'permissions boundary':
      return `allow ${what} in the permissions boundary of ${who}, or take the boundary away`;
    case 'session policy':
      return `assume the role with a session policy that allows ${what}, or without one`;
    case 'service control policy':
      return `allow ${what} in a service control policy of the account of ${who}, on every level of the organisation`;
  }
};

const adviseAuthPolicy = (resource: string, policy: string | undefined, what: string): string =>
  policy === undefined
    ? `put an auth policy on ${resource} with put-auth-policy: its auth type is AWS_IAM and it has none, so nobody is allowed`
    : `add a statement to the auth policy of ${resource} that allows ${what}: it has none about that action`;

/** Names of policies are words here: ``statement 2 (`OnlyReaders`) of the service's auth policy``. */
const nameStatement = ({ policy, statement, sid }: Reason): string =>
  `statement ${statement + 1}${sid === undefined || sid === '' ? '' : ` (\`${cut(sid, LONGEST_SID)}\`)`} of ${policy}`;

/** As IAM's console would show it: ``role `reader` ``. */
const nameOf = (principal: Principal): string => {
  switch (principal.kind) {
    case 'roleSession':
      return `role \`${principal.roleArn.split('/').at(-1)}\``;
    case 'user':
      return `user \`${principal.arn.split('/').at(-1)}\``;
    case 'root':
      return `the root of account ${principal.accountId}`;
    default:
      return 'the caller';
  }
};

/** What is passed through cannot be signed, so it does not help to say that it is not. */
const isUnsigned = ({ principal, action }: PolicyRequest): boolean =>
  principal.kind === 'anonymous' && action !== CONNECT;

const CONNECT = 'vpc-lattice-svcs:Connect';

const wishFor = (mismatch: Mismatch, request: PolicyRequest): string => {
  const { principal, action } = request;
  if (mismatch.element === 'Condition') return wishForCondition(mismatch, isUnsigned(request));
  const { element, actual } = mismatch;
  if (element === 'Principal' && principal.kind === 'anonymous') {
    return action === CONNECT
      ? 'its Principal were `*` (who connects is not known)'
      : 'the request were signed by one of its principals (it is anonymous)';
  }
  // A session's ARN names one session only, and the next one has another.
  const isOfSession = element === 'Principal' && principal.kind === 'roleSession';
  const wanted = isOfSession ? principal.roleArn : actual;
  return `its ${element} ${element.startsWith('Not') ? 'did not include' : 'included'} \`${wanted}\``;
};

const wishAgainst = (match: Match, request: PolicyRequest): string => {
  const { principal, action } = request;
  if (match.element === 'Condition') return wishAgainstCondition(match, isUnsigned(request));
  const { element, wanted, actual } = match;
  if (!element.startsWith('Not')) return `its ${element} did not include ${list(wanted)}`;
  if (element !== 'NotPrincipal') return `its ${element} included \`${actual}\``;
  if (principal.kind === 'anonymous') {
    return action === CONNECT
      ? 'it had no NotPrincipal (who connects is not known)'
      : 'the request were signed by one of its NotPrincipal (it is anonymous)';
  }
  return `its NotPrincipal included \`${actual}\`${BELONGINGS[principal.kind] ?? ''}`;
};

/** What a NotPrincipal of a Deny has to name besides a caller to spare it. */
const BELONGINGS: Partial<Record<Principal['kind'], string>> = {
  user: ' and its account',
  roleSession: ', its role and its account',
};

/** What the linter finds in this statement, alone since that takes long: often why it does not do what was meant. */
const warningsAbout = (
  { policy, statement: index }: Reason,
  text: string | undefined,
): readonly string[] => {
  const parsed = text === undefined ? undefined : parseResourcePolicy(text);
  if (parsed === undefined || !('document' in parsed)) return [];
  const Statement = statementsOf(parsed.document)[index];
  if (Statement === undefined) return [];
  return (
    lint({ ...parsed.document, Statement }, vpcLatticeSvcs)
      // It may quote what the policy wants of a credential.
      .filter(({ place }) => !isSecretName(place))
      .slice(0, MOST_WARNINGS)
      .map(
        ({ place, text: found }) =>
          `${place.replace('Statement.', '')} of statement ${index + 1} of ${policy}: ${found}`,
      )
  );
};
