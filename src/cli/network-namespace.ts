import { existsSync } from 'node:fs';
import { checkCommand } from './check-command.ts';
import { CliError, usageError } from './cli-error.ts';
import type { Instance } from './instance.ts';
import { nextCommand } from './next-command.ts';
import { runWith } from './run-with.ts';

/** Where `ip netns` keeps the namespaces that have names (ip-netns(8)). */
const FOLDER = '/run/netns';

/** The namespace that is an EC2 instance. @throws CliError when there is none */
export const namespaceOfInstance = (
  { dataDir, namespacePrefix }: Pick<Instance, 'dataDir' | 'namespacePrefix'>,
  id: string,
): string => {
  if (!/^i-[0-9a-f]+$/.test(id)) {
    throw usageError(`\`${id}\` is no id of an instance: it looks like i-0123456789abcdef0`);
  }
  if (namespacePrefix === undefined) {
    throw new CliError(
      `instances are only kept in the records of this pergola; they are machines when it is started with \`${nextCommand(dataDir, 'up')} --underlay netns\``,
    );
  }
  const name = `${namespacePrefix}${id}`;
  if (!existsSync(`${FOLDER}/${name}`)) {
    throw new CliError(
      `there is no running instance \`${id}\`; list them with: aws ec2 describe-instances`,
    );
  }
  return name;
};

/** Clients in a namespace are in the VPC by themselves: a proxy would lead them out. */
const NO_PROXY: Readonly<Record<string, undefined>> = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
    [name, undefined],
    [name.toUpperCase(), undefined],
  ]),
);

/** Runs a command in a network namespace. @throws CliError when that is not allowed, or there is no such command */
export const runInNamespace = (
  name: string,
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> => {
  if (process.geteuid?.() !== 0) {
    throw new CliError('only root may enter the networks of VPCs: run it with sudo');
  }
  checkCommand(command);
  return runWith('ip', ['netns', 'exec', name, command, ...parameters], {
    ...NO_PROXY,
    ...environment,
  });
};
