/**
 * Three accounts with a VPC each, all of them with the same addresses: `npm run demo:overlap`.
 *
 * Runs on an instance of its own, which it starts, and with netns that needs root. Leaves nothing behind. Exits with
 * 0 only if everything was as documented.
 */
import { once } from 'node:events';
import { usageError } from '../../src/cli/cli-error.ts';
import { connect } from '../../src/cli/connect.ts';
import { parseDemoOptions, runDemoCommand } from '../storefront/demo-command.ts';
import { beSilent, checks, hasHeld, heading, say, sayVerdict } from '../storefront/narrator.ts';
import { type OwnInstance, startOwnInstance } from '../storefront/own-instance.ts';
import { launchTarget, type RunningTarget } from '../storefront/targets.ts';
import { LOOPBACK_LIMITS } from './loopback-limits.ts';
import { buildPlaces, launchMachines, type Machine, sharedWithNetwork } from './machines.ts';
import { buildNetwork } from './network.ts';
import { onMachine, TARGET_SERVER } from './run-client.ts';
import type { Stage, Target, Underlay } from './stage.ts';
import { tellCalls } from './tell-calls.ts';
import { tellChange } from './tell-change.ts';
import { tellMachines } from './tell-machines.ts';
import { tellNames } from './tell-names.ts';
import { isTarget, LOBBY, SHOP, TARGET_PORT } from './topology.ts';

const OPTIONS = {
  underlay: { type: 'string', default: 'loopback' },
  json: { type: 'boolean' },
  stay: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Usage: npm run demo:overlap [-- --underlay netns] [--stay] [--json]

Three accounts with a VPC each, all of them with the same addresses, and clients that reach their services by
name where they may. Runs on an instance of its own, in some 20 s, and leaves nothing behind. Exits with 0
only if everything was as documented.

Options:
  --underlay NAME  what VPCs are: ports of this machine (loopback, the default), or network namespaces, with
                   Linux and root (netns)
  --stay           goes on running when the story is told, until Ctrl-C
  --json           tells programs what came of it, at the end
  -h, --help       show this text
`;

/** Starts what is to answer at the address of a machine. */
const startTarget = async (
  surroundings: Pick<Stage, 'underlay' | 'dataDir'>,
  machine: Machine,
): Promise<RunningTarget> => {
  const { name, account } = machine.plan;
  const command = [process.execPath, TARGET_SERVER, name];
  if (surroundings.underlay === 'netns') {
    const there = [...command, machine.address, String(TARGET_PORT)];
    return launchTarget(name, process.execPath, onMachine(surroundings, machine, there));
  }
  const [program = '', ...parameters] = command;
  const target = await launchTarget(name, program, parameters);
  const { client } = connect({ data: surroundings.dataDir, account });
  await client.call('pergola', 'PUT', `/vpcs/${machine.vpcId}/mappings`, {
    body: {
      ...{ address: machine.address, port: TARGET_PORT },
      ...{ host: '127.0.0.1', hostPort: target.port },
    },
  });
  return target;
};

/** Everything up to the moment at which clients may call; `running` gets what has to be stopped. */
const build = async (
  underlay: Underlay,
  first: OwnInstance,
  running: RunningTarget[],
): Promise<Stage> => {
  const { dataDir } = first;
  const places = await buildPlaces(dataDir);
  // What is shared with whom is read at the start.
  const { client } = await first.restart(sharedWithNetwork(places));
  const machines = await launchMachines(dataDir, places);
  const targets: Target[] = [];
  for (const machine of machines.filter(({ plan }) => isTarget(plan))) {
    const target = await startTarget({ underlay, dataDir }, machine);
    running.push(target);
    targets.push({ ...machine, port: target.port });
  }
  const [shop, lobby] = [SHOP, LOBBY].map((wanted) =>
    machines.find(({ plan }) => plan === wanted),
  ) as [Machine, Machine];
  const network = await buildNetwork(client, machines, shop);
  return { underlay, dataDir, client, targets, shop, lobby, ...network };
};

const tellLimits = (): void => {
  say();
  heading('What loopback cannot express');
  for (const { limit, reason } of LOOPBACK_LIMITS) say(`  • ${limit}:\n    ${reason}`);
};

/** What came of it, for programs. */
const tell = async (stage: Stage): Promise<object> => {
  say();
  const machines = await tellMachines(stage);
  say();
  const names = await tellNames(stage);
  say();
  const calls = await tellCalls(stage);
  say();
  const change = await tellChange(stage);
  const limits = stage.underlay === 'loopback' ? LOOPBACK_LIMITS : [];
  if (limits.length > 0) tellLimits();
  return { machines, names, calls, change, limits };
};

const stay = async (stage: Stage): Promise<void> => {
  const at = onMachine(stage, stage.shop, ['curl', `http://${stage.services[0]?.host}/`]);
  say(`\nIt goes on running until Ctrl-C. Try:\n\n  ${process.execPath} ${at.join(' ')}`);
  // For whoever ends it.
  process.exitCode = hasHeld() ? 0 : 1;
  await once(process, 'SIGINT');
};

const run = async (underlay: Underlay, isStaying: boolean): Promise<object> => {
  const startedAt = Date.now();
  const running: RunningTarget[] = [];
  const own = await startOwnInstance('--underlay', underlay);
  try {
    say(`Started Pergola on ${own.dataDir}, with the underlay ${underlay}, and building …`);
    const stage = await build(underlay, own, running);
    const told = await tell(stage);
    sayVerdict(startedAt);
    if (isStaying) await stay(stage);
    return { underlay, dataDir: own.dataDir, held: hasHeld(), checks, ...told };
  } finally {
    await Promise.all(running.map((target) => target.stop()));
    await own.stop();
  }
};

await runDemoCommand(async () => {
  const {
    underlay,
    json,
    stay: isStaying,
    help,
  } = parseDemoOptions('npm run demo:overlap', OPTIONS);
  if (help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  if (underlay !== 'loopback' && underlay !== 'netns') {
    throw usageError(`no underlay \`${underlay}\`; there are: loopback, netns`);
  }
  if (json === true) beSilent();
  const told = await run(underlay, isStaying === true);
  if (json === true) process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
  return hasHeld() ? 0 : 1;
});
