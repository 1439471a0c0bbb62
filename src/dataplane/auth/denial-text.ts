import type { Decision, Question } from '../../policy/authorize.ts';
import { principalName } from '../../policy/principal.ts';
import type { AuthDeniedReason, AuthLayer } from './verdict.ts';

/**
 * What a client reads whose request no layer of policies, or not every one, allows. The sentences are
 * those of AWS ("Troubleshoot access denied error messages" in its IAM user guide) with the words that
 * VPC Lattice has for its own layers; the resource is not cut short, long as a path may be. AWS has
 * none for policies that take too long, which is ours.
 */
export const denialText = (
  { request }: Question<AuthLayer>,
  { kind, decidedBy, isCutShort }: Decision<AuthLayer>,
): string => {
  const { action } = request;
  const who = principalName(request.principal);
  const refused = `AccessDeniedException: User: ${who} is not authorized to perform: ${action} on resource: ${request.resource}`;
  if (decidedBy === undefined) return refused;
  if (isCutShort) return `${refused} because the ${decidedBy} takes too long to evaluate`;
  return kind === 'explicitDeny'
    ? `${refused} with an explicit deny in ${article(decidedBy)} ${decidedBy}`
    : `${refused} because no ${decidedBy} allows the ${action} action`;
};

const article = (layer: AuthLayer): 'a' | 'an' => (layer === 'identity-based policy' ? 'an' : 'a');

/** Service control policies, boundaries and session policies belong to the caller's identity. */
export const authDeniedReason = (layer: AuthLayer | undefined): AuthDeniedReason => {
  if (layer === 'network-based policy') return 'Network';
  return layer === 'service-based policy' ? 'Service' : 'Identity';
};
