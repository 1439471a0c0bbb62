/**
 * What has to hold for long, under disturbance and beside those who would do harm: `npm run soak -- --help`.
 * Ends with exit code 0 only when all of it held.
 */
import { BenchFolder } from './bench-folder.ts';
import { Cleanup, stopOnSignals } from './cleanup.ts';
import { soakBodies } from './soak/bodies.ts';
import { soakCalls } from './soak/calls.ts';
import { soakNetworks } from './soak/networks.ts';
import { soakBesideOffenders } from './soak/offenders.ts';
import { soakRequests } from './soak/requests.ts';
import type { SoakPart } from './soak/soak.ts';
import {
  parseSoakOptions,
  SOAK_USAGE,
  type SoakOptions,
  type SoakPartName,
} from './soak/soak-options.ts';
import { soakStreams } from './soak/streams.ts';

const PARTS: Readonly<Record<SoakPartName, SoakPart>> = {
  requests: soakRequests,
  calls: soakCalls,
  stream: soakStreams,
  bodies: soakBodies,
  offenders: soakBesideOffenders,
  networks: soakNetworks,
};

const run = async (options: SoakOptions): Promise<boolean> => {
  const cleanup = new Cleanup();
  stopOnSignals(cleanup);
  const broken: string[] = [];
  try {
    const folder = new BenchFolder(cleanup);
    const say = (text: string): void => void process.stdout.write(`${text}\n`);
    for (const name of options.parts) {
      say(`\n# ${name}\n`);
      const holds = await PARTS[name]({ options, cleanup, folder, say });
      say(holds === 'skipped' ? holds : holds ? 'held' : 'DID NOT HOLD');
      if (!holds) broken.push(name);
    }
    say(broken.length === 0 ? '\nall held' : `\ndid not hold: ${broken.join(', ')}`);
    return broken.length === 0;
  } finally {
    await cleanup.run();
  }
};

let options: SoakOptions | 'help' | undefined;
try {
  options = parseSoakOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`soak: ${(error as Error).message}\n\n${SOAK_USAGE}\n`);
  process.exitCode = 2;
}
if (options === 'help') process.stdout.write(`${SOAK_USAGE}\n`);
else if (options !== undefined) process.exitCode = (await run(options)) ? 0 : 1;
