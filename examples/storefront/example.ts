import type { ExampleContext, RunningExample } from '../../src/cli/example.ts';
import { buildStorefront } from './build.ts';
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
    return { text: describe(storefront.host, context.command), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const describe = (host: string, command: string): string => {
  const exec = `${command} exec --vpc shop -- curl`;
  const url = `http://${host}`;
  return [
    'The storefront is a monolith being taken apart. Try, in another terminal:',
    '',
    `  ${exec} ${url}/                        # the monolith`,
    `  ${exec} ${url}/cart                    # moved out; one of its targets fails its health check`,
    `  ${exec} ${url}/catalog                 # two versions, 90 % and 10 %`,
    `  ${exec} -H 'x-beta: true' ${url}/catalog   # the new version only`,
    `  ${exec} -X POST ${url}/orders          # placing an order moved, reading them did not`,
  ].join('\n');
};
