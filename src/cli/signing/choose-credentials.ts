import { ApiClient } from '../api-client.ts';
import type { Instance } from '../instance.ts';
import { assumeRole } from './assume-role.ts';
import {
  type CredentialSource,
  fixedCredentials,
  refreshingCredentials,
} from './credential-source.ts';
import {
  environmentKeys,
  type ProfilePlan,
  planProfile,
  type RolePlan,
  userProfileFiles,
} from './profiles.ts';

export interface IdentityOptions {
  /** Profile. Without it, the keys in the environment, then the profile that it names, then `default`. */
  readonly as?: string;
  /** Name or ARN of a role to assume with these credentials. */
  readonly role?: string;
}

/**
 * Where the credentials come from that a command signs with. Profiles are looked for among those of
 * the instance, which are its accounts, then in the files of AWS's tools. Roles are assumed through
 * the instance's API.
 *
 * @throws CliError when there are none
 */
export const chooseCredentials = (
  { as, role }: IdentityOptions,
  instance: Instance,
  env: NodeJS.ProcessEnv,
  now: () => Date = () => new Date(),
): CredentialSource => {
  const source = sourceOf(choosePlan(as, instance, env), instance, now);
  return role === undefined ? source : assumed({ roleArn: role }, source, instance, now);
};

const choosePlan = (
  as: string | undefined,
  instance: Instance,
  env: NodeJS.ProcessEnv,
): ProfilePlan => {
  const keys = as === undefined ? environmentKeys(env) : undefined;
  if (keys !== undefined) return { kind: 'keys', credentials: keys };
  const profile = as ?? (env['AWS_PROFILE'] || 'default');
  return planProfile(profile, [instance, userProfileFiles(env)], env);
};

const sourceOf = (plan: ProfilePlan, instance: Instance, now: () => Date): CredentialSource =>
  plan.kind === 'keys'
    ? fixedCredentials(plan.credentials)
    : assumed(plan.role, sourceOf(plan.source, instance, now), instance, now);

const assumed = (
  role: RolePlan,
  source: CredentialSource,
  { api, region }: Instance,
  now: () => Date,
): CredentialSource =>
  refreshingCredentials(async () => {
    const credentials = await source.current();
    return assumeRole(new ApiClient({ api, region, credentials }), role);
  }, now);
