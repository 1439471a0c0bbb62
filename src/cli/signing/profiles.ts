import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { type Credentials, parseIni } from '../credentials.ts';

/** A pair of files in which AWS's tools keep profiles. */
export interface ProfileFiles {
  readonly credentialsFile: string;
  readonly configFile: string;
}

/** How to come by the credentials of a profile. */
export type ProfilePlan =
  | { readonly kind: 'keys'; readonly credentials: Credentials }
  | { readonly kind: 'role'; readonly role: RolePlan; readonly source: ProfilePlan };

/** A role to assume. */
export interface RolePlan {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly durationSeconds?: string;
  readonly externalId?: string;
}

/** The files of the person, as AWS's tools find them. */
export const userProfileFiles = (env: NodeJS.ProcessEnv): ProfileFiles => {
  const folder = join(env['HOME'] || homedir(), '.aws');
  return {
    credentialsFile: env['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials'),
    configFile: env['AWS_CONFIG_FILE'] || join(folder, 'config'),
  };
};

/** The keys in the environment, when both parts are there. */
export const environmentKeys = (env: NodeJS.ProcessEnv): Credentials | undefined =>
  keysFrom(env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY'], env['AWS_SESSION_TOKEN']);

const keysFrom = (
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
): Credentials | undefined =>
  accessKeyId && secretAccessKey
    ? { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }
    : undefined;

/** What AWS's tools could do with a profile and this program cannot. */
const NOT_SUPPORTED = [
  'web_identity_token_file',
  'credential_process',
  'sso_session',
  'sso_start_url',
  'mfa_serial',
];

/**
 * Finds a profile, and for one with a role those that it is assumed from. `places` are searched in
 * order; each name is taken from the first place that has it.
 *
 * @throws CliError that names the profile and what is wrong with it, never a secret
 */
export const planProfile = (
  name: string,
  places: readonly ProfileFiles[],
  env: NodeJS.ProcessEnv,
): ProfilePlan => {
  const read = places.map(readProfiles);
  const plan = (profile: string, path: readonly string[]): ProfilePlan => {
    const settings = read.map((profiles) => profiles.get(profile)).find((found) => found);
    if (settings === undefined) throw unknownProfile(profile, places, read);
    const roleArn = settings.get('role_arn');
    const keys = keysOf(settings);
    if (roleArn === undefined) {
      if (keys === undefined) throw unusable(profile, settings);
      return { kind: 'keys', credentials: keys };
    }
    const way = NOT_SUPPORTED.find((key) => settings.has(key));
    if (way !== undefined) throw notSupported(profile, way);
    return {
      kind: 'role',
      role: {
        roleArn,
        ...optional('sessionName', settings.get('role_session_name')),
        ...optional('durationSeconds', settings.get('duration_seconds')),
        ...optional('externalId', settings.get('external_id')),
      },
      source: planSource(profile, settings, keys, path),
    };
  };
  const planSource = (
    profile: string,
    settings: ReadonlyMap<string, string>,
    keys: Credentials | undefined,
    path: readonly string[],
  ): ProfilePlan => {
    const source = settings.get('source_profile');
    if (source === undefined) {
      const credentials =
        settings.get('credential_source') === 'Environment' ? environmentKeys(env) : undefined;
      if (credentials !== undefined) return { kind: 'keys', credentials };
      throw new CliError(
        `the profile \`${profile}\` has a role_arn and nothing to assume it with; give it a source_profile`,
      );
    }
    // A profile may name itself: its own keys assume its role.
    if (source === profile && keys !== undefined) return { kind: 'keys', credentials: keys };
    if (path.includes(source) || source === profile) {
      throw new CliError(
        `the profiles ${[...path, profile].map((one) => `\`${one}\``).join(', ')} lead to one another by source_profile; one of them needs keys`,
      );
    }
    return plan(source, [...path, profile]);
  };
  return plan(name, []);
};

const optional = <Name extends string>(
  name: Name,
  value: string | undefined,
): { readonly [Key in Name]?: string } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: string };

const keysOf = (settings: ReadonlyMap<string, string>): Credentials | undefined =>
  keysFrom(
    settings.get('aws_access_key_id'),
    settings.get('aws_secret_access_key'),
    settings.get('aws_session_token'),
  );

/** Settings of each profile in a pair of files, those of the credentials file over the others. */
const readProfiles = ({
  credentialsFile,
  configFile,
}: ProfileFiles): Map<string, Map<string, string>> => {
  const profiles = new Map<string, Map<string, string>>();
  for (const [section, settings] of readIni(configFile)) {
    const name = section === 'default' ? section : /^profile\s+(.+)$/.exec(section)?.[1];
    if (name !== undefined) profiles.set(name, settings);
  }
  for (const [name, settings] of readIni(credentialsFile)) {
    profiles.set(name, new Map([...(profiles.get(name) ?? []), ...settings]));
  }
  return profiles;
};

const readIni = (file: string): Map<string, Map<string, string>> => {
  try {
    return parseIni(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    if (code === 'ENOENT') return new Map();
    throw new CliError(`cannot read \`${file}\` (${code})`, { cause: error });
  }
};

const unknownProfile = (
  name: string,
  places: readonly ProfileFiles[],
  read: readonly ReadonlyMap<string, unknown>[],
): CliError => {
  const files = new Set(places.map(({ credentialsFile }) => credentialsFile));
  const names = new Set(read.flatMap((profiles) => [...profiles.keys()]));
  const known = [...names].map((one) => `\`${one}\``).join(', ') || 'none';
  return new CliError(`no profile \`${name}\` in ${[...files].join(' or ')}; there are: ${known}`);
};

const unusable = (name: string, settings: ReadonlyMap<string, string>): CliError => {
  const way = NOT_SUPPORTED.find((key) => settings.has(key));
  return way === undefined
    ? new CliError(
        `the profile \`${name}\` has no keys; give it aws_access_key_id and aws_secret_access_key, or role_arn and source_profile`,
      )
    : notSupported(name, way);
};

const notSupported = (name: string, way: string): CliError =>
  new CliError(
    `the profile \`${name}\` gets credentials by ${way}, which is not supported here; put them into AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN`,
  );
