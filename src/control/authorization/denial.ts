import { ServiceError } from '../../protocol/service-error.ts';

/** The kinds of policies that decide about a call of the API, in AWS's words. */
export const POLICY_KINDS = {
  serviceControl: { one: 'a service control policy', none: 'no service control policy' },
  identity: { one: 'an identity-based policy', none: 'no identity-based policy' },
  boundary: { one: 'a permissions boundary', none: 'no permissions boundary' },
  session: { one: 'a session policy', none: 'no session policy' },
} as const;

export type PolicyKind = keyof typeof POLICY_KINDS;

export interface Denial {
  readonly principalArn: string;
  readonly action: string;
  /** `*` where the action is done to nothing in particular. */
  readonly resource: string;
  readonly kind: PolicyKind;
  readonly isExplicit: boolean;
}

/**
 * The refusal as AWS words it ("Troubleshoot access denied error messages" in AWS's IAM user guide).
 * What is done to nothing in particular has no resource in it; EC2 begins with a sentence of its own.
 */
export const denialError = (service: string, denial: Denial): ServiceError => {
  const { principalArn, action, resource, kind, isExplicit } = denial;
  const why = isExplicit
    ? `with an explicit deny in ${POLICY_KINDS[kind].one}`
    : `because ${POLICY_KINDS[kind].none} allows the ${action} action`;
  const where = resource === '*' ? '' : ` on resource: ${resource}`;
  const text = `User: ${principalArn} is not authorized to perform: ${action}${where} ${why}`;
  return new ServiceError(
    'AccessDeniedException',
    // The JSON protocols of AWS say all that is wrong with a call with 400.
    service === 'tagging' ? 400 : 403,
    service === 'ec2' ? `You are not authorized to perform this operation. ${text}` : text,
  );
};
