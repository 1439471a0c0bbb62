import type { Decision } from '../../policy/authorize.ts';
import type { CallerLayer } from '../../policy/caller-layers.ts';
import { ServiceError } from '../../protocol/service-error.ts';

/** Without `decidedBy` the refusal does not say why. */
export interface Denial extends Pick<Decision<CallerLayer>, 'kind' | 'decidedBy'> {
  readonly principalArn: string;
  readonly action: string;
  /** `*` where the action is done to nothing in particular. */
  readonly resource: string;
}

/**
 * The refusal as AWS words it ("Troubleshoot access denied error messages" in AWS's IAM user guide).
 * What is done to nothing in particular has no resource in it; EC2 begins with a sentence of its own.
 */
export const denialError = (service: string, denial: Denial): ServiceError => {
  const { principalArn, action, resource } = denial;
  const where = resource === '*' ? '' : ` on resource: ${resource}`;
  const text = `User: ${principalArn} is not authorized to perform: ${action}${where}${why(denial)}`;
  return new ServiceError(
    'AccessDeniedException',
    // The JSON protocols of AWS say all that is wrong with a call with 400.
    service === 'tagging' ? 400 : 403,
    service === 'ec2' ? `You are not authorized to perform this operation. ${text}` : text,
  );
};

const why = ({ kind, decidedBy, action }: Denial): string => {
  if (decidedBy === undefined) return '';
  if (kind === 'implicitDeny') return ` because no ${decidedBy} allows the ${action} action`;
  const article = decidedBy === 'identity-based policy' ? 'an' : 'a';
  return ` with an explicit deny in ${article} ${decidedBy}`;
};
