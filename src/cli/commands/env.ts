import { loadModel, serviceNames } from '../../protocol/load-model.ts';
import { loadCredentials } from '../credentials.ts';
import { dataFolder } from '../data-folder.ts';
import { findInstance, type Instance } from '../instance.ts';
import type { Streams } from '../program.ts';
import { formatEnvironment, parseShell } from '../quote.ts';
import { trustEnvironment } from '../trust.ts';

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

/**
 * What AWS's tools would follow rather than the profile and the endpoint that we name. The endpoint of
 * a single service goes by its service id: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
const strongerVariables = (): readonly string[] => [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  ...serviceNames.map((name) => {
    const { serviceId } = loadModel(name).service;
    return `AWS_ENDPOINT_URL_${serviceId.toUpperCase().replaceAll(' ', '_')}`;
  }),
];

export const runEnv = (
  options: EnvOptions,
  streams: Streams,
  env: NodeJS.ProcessEnv = process.env,
): void => {
  const shell = parseShell(options.shell);
  const instance = findInstance(dataFolder(options.data));
  const profile = options.account ?? 'default';
  loadCredentials(instance.credentialsFile, profile);
  const environment = {
    ...awsEnvironment(instance, profile),
    ...trustEnvironment(instance.dataDir, env),
  };
  const stronger = strongerVariables();
  streams.out.write(formatEnvironment(shell, environment, stronger));
  const inTheWay = stronger.filter((name) => env[name] !== undefined);
  if (shell === 'json' && inTheWay.length > 0) {
    streams.err.write(`pergola: unset ${inTheWay.join(', ')} as well: AWS tools prefer them\n`);
  }
};
