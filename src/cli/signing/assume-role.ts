import type { ApiClient } from '../api-client.ts';
import { CliError } from '../cli-error.ts';
import { xmlText } from '../xml-text.ts';
import type { TemporaryCredentials } from './credential-source.ts';
import type { RolePlan } from './profiles.ts';

/** Credentials of a session of a role; `client` signs as who assumes it. */
export const assumeRole = async (
  client: ApiClient,
  role: RolePlan,
): Promise<TemporaryCredentials> => {
  const xml = await client.query('sts', 'AssumeRole', {
    RoleArn: await roleArn(client, role.roleArn),
    RoleSessionName: role.sessionName ?? 'pergola',
    DurationSeconds: role.durationSeconds,
    ExternalId: role.externalId,
  });
  const text = (element: string): string => {
    const found = xmlText(xml, element);
    if (found === undefined) throw new CliError(`AssumeRole answered without ${element}`);
    return found;
  };
  return {
    accessKeyId: text('AccessKeyId'),
    secretAccessKey: text('SecretAccessKey'),
    sessionToken: text('SessionToken'),
    expiresAt: new Date(text('Expiration')),
  };
};

/** The ARN of a role that may be given by its name, with its path if it has one. */
const roleArn = async (client: ApiClient, role: string): Promise<string> => {
  if (role.startsWith('arn:')) return role;
  const caller = xmlText(await client.query('sts', 'GetCallerIdentity'), 'Arn') ?? '';
  const [, partition, , , accountId] = caller.split(':');
  return `arn:${partition}:iam::${accountId}:role/${role.replace(/^\//, '')}`;
};
