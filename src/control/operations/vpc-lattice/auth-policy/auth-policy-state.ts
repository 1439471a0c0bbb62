import type { AuthType } from '../../../../lattice/resources.ts';

/** A policy is in force as long as its resource asks for IAM authorisation. */
export const authPolicyState = ({ authType }: { readonly authType: AuthType }) =>
  authType === 'AWS_IAM' ? 'Active' : 'Inactive';
