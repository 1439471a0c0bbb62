import { EC2Client } from '@aws-sdk/client-ec2';
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { STSClient } from '@aws-sdk/client-sts';
import { VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import type { CertificateAuthority } from '../../src/certificates/certificate-authority.ts';
import { sampleAuthority } from '../../src/certificates/sample-authority.ts';
import { createAccount, ensureFirstAccount } from '../../src/control/accounts.ts';
import { type Api, createApi } from '../../src/control/api.ts';
import { type DataPlaneReport, NO_DATA_PLANE } from '../../src/control/data-plane-report.ts';
import { type Explanations, NO_EXPLANATIONS } from '../../src/control/explanations.ts';
import { startApiServer } from '../../src/control/http-server.ts';
import type { NetworkReport } from '../../src/control/network-report.ts';
import type { TargetHealthReader } from '../../src/control/operation.ts';
import {
  type ControlSettings,
  DEFAULT_CONTROL_SETTINGS,
  type Quotas,
} from '../../src/control/settings.ts';
import { type NewId, randomId } from '../../src/lattice/ids.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../src/store/store.ts';
import { type Logger, silentLogger } from '../../src/telemetry/logger.ts';

export interface ControlPlaneOptions {
  /** Over the defaults; `quotas` over the default quotas. */
  readonly settings?: Partial<Omit<ControlSettings, 'quotas'>> & {
    readonly quotas?: Partial<Quotas>;
  };
  /** In memory unless given; then whoever gave it closes it. */
  readonly store?: Store;
  readonly now?: () => Date;
  readonly newId?: NewId;
  readonly targetHealth?: TargetHealthReader;
  readonly dataPlane?: DataPlaneReport;
  /** As with an underlay that makes machines. */
  readonly networks?: NetworkReport;
  readonly explanations?: Explanations;
  /** Called with the revision of each write before it is answered; does nothing unless given. */
  readonly settle?: (revision: number) => Promise<void>;
  readonly logger?: Logger;
  readonly certificateAuthority?: CertificateAuthority;
}

/** An account of a running control plane, with clients of AWS's SDK that sign with its root key. */
export interface TestAccount {
  readonly accountId: string;
  readonly name: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly lattice: VPCLatticeClient;
  readonly ec2: EC2Client;
  readonly sts: STSClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
}

export interface ControlPlane extends TestAccount {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly region: string;
  readonly store: Store;
  readonly api: Api;
  /** A further account. The control plane itself is the first one. */
  addAccount(name: string): Promise<TestAccount>;
  close(): Promise<void>;
}

/**
 * The API server in this process on a port of its own, with a store in memory and without a data
 * plane. Clients do not repeat calls, so a test sees the first answer.
 *
 * ```ts
 * const control = await startControlPlane();
 * await control.lattice.send(new CreateServiceCommand({ name: 'checkout' }));
 * await control.close();
 * ```
 */
export const startControlPlane = async (
  options: ControlPlaneOptions = {},
): Promise<ControlPlane> => {
  const { now = () => new Date(), logger = silentLogger } = options;
  const settings: ControlSettings = {
    ...DEFAULT_CONTROL_SETTINGS,
    ...options.settings,
    quotas: { ...DEFAULT_CONTROL_SETTINGS.quotas, ...options.settings?.quotas },
  };
  const store = options.store ?? (await openSqliteStore({ memory: true }));
  await ensureFirstAccount(store, now(), settings.partition);
  const api = createApi({
    store,
    settings,
    newId: options.newId ?? randomId,
    now,
    targetHealth: options.targetHealth ?? { read: () => undefined },
    dataPlane: options.dataPlane ?? NO_DATA_PLANE,
    ...(options.networks !== undefined && { networks: options.networks }),
    explanations: options.explanations ?? NO_EXPLANATIONS,
    settle: options.settle ?? (async () => {}),
    logger,
    certificateAuthority: options.certificateAuthority ?? (await sampleAuthority(now())),
  });
  const server = await startApiServer({ api, logger, port: 0 });
  const opened: TestAccount[] = [];

  const accountNamed = async (name: string): Promise<TestAccount> => {
    const account = await store.read(async (tx) => {
      const found = await tx.findUnique('account', 'name', name);
      if (!found) throw new Error(`no account \`${name}\``);
      const { items } = await tx.list('accessKey', { index: 'account', equals: found.id });
      return testAccount(found.id, name, items[0]!, server.url, settings.region);
    });
    opened.push(account);
    return account;
  };

  const first = await accountNamed('default');
  return {
    ...first,
    url: server.url,
    region: settings.region,
    store,
    api,
    addAccount: async (name) => {
      await store.write((tx) => createAccount(tx, name, now(), settings.partition));
      return accountNamed(name);
    },
    close: async () => {
      for (const { lattice, ec2, sts, tagging } of opened) {
        for (const client of [lattice, ec2, sts, tagging]) client.destroy();
      }
      await server.close();
      if (!options.store) await store.close();
    },
  };
};

const testAccount = (
  accountId: string,
  name: string,
  key: { readonly id: string; readonly secretAccessKey: string },
  endpoint: string,
  region: string,
): TestAccount => {
  const credentials = { accessKeyId: key.id, secretAccessKey: key.secretAccessKey };
  const config = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    accountId,
    name,
    credentials,
    lattice: new VPCLatticeClient(config),
    ec2: new EC2Client(config),
    sts: new STSClient(config),
    tagging: new ResourceGroupsTaggingAPIClient(config),
  };
};
