import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type ControlSettings, DEFAULT_CONTROL_SETTINGS } from '../control/settings.ts';
import type { WorkerUser } from '../dataplane/leave-root.ts';
import { type DataPlaneLimits, DEFAULT_LIMITS } from '../dataplane/limits.ts';
import type { NameServer } from '../dns/host-resolvers.ts';
import type { UnderlayName } from '../underlay/underlay.ts';
import { SettingsError } from './settings-error.ts';
import type { SettingsFile } from './settings-file.ts';

/** Everything that a running Pergola was told. Times in ms. */
export interface PergolaSettings {
  /** Absolute. */
  readonly dataDir: string;
  /** Where the API, the portals and the resolvers accept; loopback unless told. */
  readonly host: string;
  /** Of the API; 0: any free port. */
  readonly port: number;
  /** First port for portals; 0: any free ports. */
  readonly portalPort: number;
  /** First port for the resolvers of VPCs; 0: any free ports. */
  readonly dnsPort: number;
  /** Who is asked for names that are not known here, in order; undefined: the host's own servers. */
  readonly dnsForwarders: readonly NameServer[] | undefined;
  /** What VPCs are on this machine. */
  readonly underlay: UnderlayName;
  /** Whether each VPC has a portal and a resolver that are ports of this machine. */
  readonly portals: boolean;
  /** 0: the data plane runs inside this process. */
  readonly workers: number;
  /** Whose worker processes are when root starts them; undefined: nobody's. */
  readonly workerUser: WorkerUser | undefined;
  /** As asked for; undefined: the data folder's own. */
  readonly region: string | undefined;
  /** Its `region` is the one for a new data folder. */
  readonly control: ControlSettings;
  /** What the data plane allows clients and targets. */
  readonly limits: DataPlaneLimits;
  /** Whether targets get signatures that were made for VPC Lattice. */
  readonly forwardCredentials: boolean;
  /** How long an answer to a write may wait for the workers. */
  readonly settleMs: number;
  /** How long requests in flight may take at a stop. */
  readonly stopMs: number;
  /** How long workers serve alone after the control plane died. */
  readonly orphanMs: number;
}

/** As on the command line; what is absent has its default. */
export interface PergolaFlags {
  readonly data?: string | undefined;
  readonly port?: number | undefined;
  readonly portalPort?: number | undefined;
  readonly dnsPort?: number | undefined;
  readonly region?: string | undefined;
  readonly workers?: number | undefined;
  readonly underlay?: UnderlayName | undefined;
  readonly portals?: boolean | undefined;
}

export const DEFAULT_PORT = 7171;
export const DEFAULT_PORTAL_PORT = 7180;
export const DEFAULT_DNS_PORT = 5300;

/**
 * Flags, then `<data>/settings.json` when there is one, then defaults.
 * @throws SettingsError naming the flag, or the file and the path of the field, that is wrong.
 */
export const loadSettings = async (flags: PergolaFlags = {}): Promise<PergolaSettings> => {
  const dataDir = resolve(flags.data ?? '.pergola');
  const file = await loadSettingsFile(resolve(dataDir, 'settings.json'));
  const {
    quotas,
    limits,
    forwardCredentials,
    settleMs,
    stopMs,
    orphanMs,
    host,
    dnsForwarders,
    workerUser,
    webIdentity,
    ...control
  } = file;
  return {
    dataDir,
    host: host ?? '127.0.0.1',
    port: wholeNumber('--port', flags.port ?? DEFAULT_PORT, 65_535),
    portalPort: wholeNumber('--portal-port', flags.portalPort ?? DEFAULT_PORTAL_PORT, 65_535),
    dnsPort: wholeNumber('--dns-port', flags.dnsPort ?? DEFAULT_DNS_PORT, 65_535),
    dnsForwarders,
    workers: wholeNumber('--workers', flags.workers ?? availableParallelism(), 256),
    workerUser,
    // Never chosen without being told: it wants privileges, and changes what VPCs are.
    underlay: flags.underlay ?? 'loopback',
    // Into a real network only root gets, and every program of this machine into a portal.
    portals: flags.portals ?? flags.underlay !== 'netns',
    region: flags.region,
    control: {
      ...DEFAULT_CONTROL_SETTINGS,
      ...control,
      quotas: { ...DEFAULT_CONTROL_SETTINGS.quotas, ...quotas },
      webIdentity: { ...DEFAULT_CONTROL_SETTINGS.webIdentity, ...webIdentity },
      region: regionName(flags.region ?? DEFAULT_CONTROL_SETTINGS.region),
    },
    limits: { ...DEFAULT_LIMITS, ...limits },
    forwardCredentials: forwardCredentials ?? false,
    settleMs: settleMs ?? 5000,
    stopMs: stopMs ?? 30_000,
    orphanMs: orphanMs ?? 60_000,
  };
};

const loadSettingsFile = async (path: string): Promise<SettingsFile> => {
  if (!existsSync(path)) {
    return {};
  }
  // Not loaded without need: the schema library is a good part of a start's time.
  const { parseSettingsFile } = await import('./settings-file.ts');
  return parseSettingsFile(path, readFileSync(path, 'utf8'));
};

const wholeNumber = (flag: string, value: number, max: number): number => {
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new SettingsError(`${flag} must be a whole number from 0 to ${max}, not \`${value}\``);
  }
  return value;
};

const regionName = (region: string): string => {
  if (!/^[a-z]{2,3}(-[a-z]{2,16}){1,3}-\d{1,2}$/.test(region)) {
    throw new SettingsError(
      `--region must be named like \`us-west-2\`, not \`${region.slice(0, 60)}\``,
    );
  }
  return region;
};
