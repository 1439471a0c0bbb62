import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExampleContext, RunningExample } from '../../src/cli/example.ts';
import { listPortals } from '../../src/cli/portals.ts';
import { buildStorefront, type Storefront } from './build.ts';
import type { Role } from './iam.ts';
import type { Payments } from './payments.ts';
import { startTargets, waitUntilChecked } from './run.ts';

/** The storefront as `pergola up --example storefront` runs it. */
export const start = async (context: ExampleContext): Promise<RunningExample> => {
  context.progress('starting target processes');
  const targets = await startTargets();
  const stop = async () => {
    await Promise.all(targets.map((target) => target.stop()));
  };
  try {
    context.progress('building the storefront through the API');
    const ports = new Map(targets.map((target) => [target.name, target.port]));
    const storefront = await buildStorefront(context.client, '', ports);
    context.progress('waiting for the first health checks');
    await waitUntilChecked(context.client, storefront.targetGroupIds);
    const portals = await listPortals(context.client);
    const portal = portals.find(({ vpcId }) => vpcId === storefront.vpcId);
    return { text: describe(storefront, context, portal?.url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const describe = (
  { host, payments, accounts }: Storefront,
  { exec, call }: ExampleContext,
  portalUrl: string | undefined,
): string => {
  const curl = `${exec} shop -- curl`;
  const lines: [string, string][] = [
    [`${curl} http://${host}/`, 'the monolith'],
    [`${curl} http://${host}/cart`, 'moved out; one of its targets fails its health check'],
    [`${curl} http://${host}/catalog`, 'moving: version 1 gets 90 %, version 2 gets 10 %'],
    [`${curl} -H 'x-beta: true' http://${host}/catalog`, 'version 2 only'],
    [`${curl} -X POST http://${host}/orders`, 'placing orders has moved out'],
    [`${curl} http://${host}/orders`, 'reading them has not'],
    [`curl --proxy ${portalUrl} http://${host}/`, 'the same without pergola exec'],
    [`${curl} https://${accounts.host}/`, 'encrypted, with a certificate that is verified'],
    ...(existsSync(watchInventory)
      ? ([
          [
            `${exec} shop -- node ${relative(process.cwd(), watchInventory)} mug`,
            'gRPC, streamed by the service',
          ],
        ] satisfies [string, string][])
      : []),
    [
      callAs(call, payments.checkout, payments),
      'charges are for one role only, which this call is signed as',
    ],
    [callAs(call, payments.marketing, payments), 'another role is refused, and is told why'],
  ];
  return [
    'The storefront is a monolith being taken apart. Try, in another terminal and in this folder:',
    '',
    // No comments after the commands: zsh takes them for arguments when they are pasted.
    ...lines.map(([line, what]) => `  ${what}:\n    ${line}`),
  ].join('\n');
};

// Not part of the built package: its library is for development only.
const watchInventory = fileURLToPath(new URL('watch-inventory.mjs', import.meta.url));

// The profile is named, since keys in the environment may well be those of an account of AWS.
const callAs = (call: string, role: Role, { host }: Payments): string =>
  `${call} --as default --role ${role.name} --vpc shop -X POST http://${host}/charges`;
