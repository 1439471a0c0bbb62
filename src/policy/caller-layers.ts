/** Layers of policies that are attached to callers, named as in explanations and in texts of refusal. */
export type CallerLayer =
  | 'service control policy'
  | 'identity-based policy'
  | 'permissions boundary'
  | 'session policy';

/** What limits a caller. A kind that is absent does not; one that is there and empty allows nothing. */
export interface CallerPolicies<Policy> {
  /** A list for each level of the organisation that has any, from its root down. */
  readonly serviceControl: readonly (readonly Policy[])[];
  /** Absent for the root of an account, whom only service control policies limit. */
  readonly identity?: readonly Policy[] | undefined;
  readonly boundary?: readonly Policy[] | undefined;
  readonly session?: readonly Policy[] | undefined;
}

/**
 * The layers that decide about a caller, in the order in which AWS looks at them ("Policy evaluation
 * logic" in its IAM user guide). The first that refuses is named to the caller, so somebody without any
 * policy is told that no identity-based policy allows the action, whatever a boundary or session would
 * have said, unless the organisation refuses already.
 */
export const callerLayers = <Policy, Layer>(
  { serviceControl, identity, boundary, session }: CallerPolicies<Policy>,
  toLayer: (name: CallerLayer, policies: readonly Policy[]) => Layer,
): readonly Layer[] => {
  const layers = serviceControl.map((level) => toLayer('service control policy', level));
  if (identity !== undefined) layers.push(toLayer('identity-based policy', identity));
  if (boundary !== undefined) layers.push(toLayer('permissions boundary', boundary));
  if (session !== undefined) layers.push(toLayer('session policy', session));
  return layers;
};
