import { loadCredentials } from '../credentials.ts';
import { dataFolder, findInstance, type Instance } from '../instance.ts';
import { formatEnvironment, parseShell } from '../quote.ts';
import type { Output } from '../style.ts';

export interface EnvOptions {
  readonly data?: string;
  readonly account?: string;
  readonly shell: string;
}

/** The variables by which AWS CLI, SDKs and Terraform find this instance and nothing else. */
export const awsEnvironment = (instance: Instance, profile: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: instance.api,
  AWS_SHARED_CREDENTIALS_FILE: instance.credentialsFile,
  AWS_CONFIG_FILE: instance.configFile,
  AWS_PROFILE: profile,
  AWS_REGION: instance.region,
  AWS_DEFAULT_REGION: instance.region,
  // Never ask the metadata service of the machine for a role or a region.
  AWS_EC2_METADATA_DISABLED: 'true',
});

export const runEnv = (options: EnvOptions, output: Output): void => {
  const shell = parseShell(options.shell);
  const instance = findInstance(dataFolder(options.data));
  const profile = options.account ?? 'default';
  loadCredentials(instance.credentialsFile, profile);
  output.write(formatEnvironment(shell, awsEnvironment(instance, profile)));
};
