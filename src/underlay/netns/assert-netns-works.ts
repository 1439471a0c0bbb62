import { readFileSync } from 'node:fs';
import type { NamespaceEntry } from './namespace-entry.ts';
import { Namespaces } from './namespaces.ts';
import { assertCanAdopt } from './netns-dialer.ts';
import { planVpc } from './plan-vpc.ts';
import type { RunIp } from './run-ip.ts';

/** What keeps VPCs from being network namespaces here; each reason is a sentence without its period. */
export class NetnsUnavailableError extends Error {
  readonly code = 'NETNS_UNAVAILABLE';

  constructor(reasons: readonly string[]) {
    super(
      `--underlay netns cannot be used here: ${reasons.join('; ')}. Without it VPCs are ports of this machine: leave the flag out`,
    );
    this.name = 'NetnsUnavailableError';
  }
}

export interface NetnsMachine {
  readonly platform: NodeJS.Platform;
  /** /proc/self/status */
  readonly status: () => string;
  readonly runIp: RunIp;
  readonly openEntry: () => NamespaceEntry;
}

export const thisMachine = (runIp: RunIp, openEntry: () => NamespaceEntry): NetnsMachine => ({
  platform: process.platform,
  status: () => readFileSync('/proc/self/status', 'utf8'),
  runIp,
  openEntry,
});

const CAP_NET_ADMIN = 12;
const CAP_SYS_ADMIN = 21;

/**
 * Looks for everything that the underlay needs, and tries it with a VPC that is removed again.
 * @throws NetnsUnavailableError with all that is missing; then nothing was changed.
 */
export const assertNetnsWorks = async (
  machine: NetnsMachine,
  prefix: string,
): Promise<NamespaceEntry> => {
  if (machine.platform !== 'linux') {
    throw new NetnsUnavailableError([`it needs Linux, and this is ${machine.platform}`]);
  }
  const reasons: string[] = [];
  let entry: NamespaceEntry | undefined;
  const note = (reason: string) => (error: Error) =>
    void reasons.push(`${reason} (${error.message})`);
  if (!hasCapabilities(machine.status())) {
    reasons.push('it needs root, or the capabilities CAP_NET_ADMIN and CAP_SYS_ADMIN');
  }
  await machine.runIp(['-V']).catch(note('it needs the command `ip` of iproute2'));
  try {
    assertCanAdopt();
    entry = machine.openEntry();
  } catch (error) {
    note('it needs a Node.js as the one that Pergola brings')(error as Error);
  }
  if (reasons.length > 0 || entry === undefined) throw new NetnsUnavailableError(reasons);
  const namespaces = new Namespaces({ prefix: `${prefix}probe-`, entry, runIp: machine.runIp });
  const plans = new Map(planVpc(`${prefix}probe-`, PROBE).map((plan) => [plan.name, plan]));
  try {
    // One that was killed in the middle of this has left its own.
    await namespaces.clean();
    await namespaces.apply([], plans);
  } catch (error) {
    note('this kernel cannot do all that it needs')(error as Error);
  }
  await namespaces.clean().catch(note('namespaces cannot be removed'));
  if (reasons.length > 0) throw new NetnsUnavailableError(reasons);
  return entry;
};

const hasCapabilities = (status: string): boolean => {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  return [CAP_NET_ADMIN, CAP_SYS_ADMIN].every((bit) => ((effective >> BigInt(bit)) & 1n) === 1n);
};

const PROBE = {
  id: 'vpc-0',
  cidrBlock: '10.0.0.0/16',
  ipv6CidrBlock: 'fd00:0:0:1::/64',
  isAssociated: true,
  subnets: [],
  instances: [],
} as const;
