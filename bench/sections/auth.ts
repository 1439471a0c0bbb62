import {
  type Credentials,
  smithySigner,
  smithySignerV4a,
} from '../../test/support/smithy-signer.ts';
import type { Bench } from '../bench.ts';
import type { LoadRequest } from '../load/load.ts';
import { measureCpu } from '../measure-cpu.ts';
import { type LoadedFolder, loadFolder } from '../pergola/data-folder.ts';
import { guardFolder } from '../pergola/guard-folder.ts';
import { type Instance, startInstance } from '../pergola/instance.ts';
import { takeRounds } from '../rounds.ts';
import { median, overRounds } from '../statistics.ts';
import type { Target } from '../target/target.ts';
import { type EvaluationRow, evaluationTimes } from './policy-evaluation.ts';
import { type VerificationRow, verificationTimes } from './verification.ts';

export interface AuthRow {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly cpuUs: number;
  /** CPU beside that of the same requests where nobody asks for authentication; the median of what it was in each round. */
  readonly moreUs: number;
  /** Share of its core that the worker used: below 0.9 something else was the bottleneck. */
  readonly busy: number;
  readonly failed: number;
}

export interface AuthResults {
  readonly rows: readonly AuthRow[];
  readonly statements: number;
  readonly verification: readonly VerificationRow[];
  readonly evaluation: readonly EvaluationRow[];
}

export const SIGNED = 'SigV4, two auth policies';
const OPEN = 'no signature, no authentication';
const STATEMENTS = 10;
const CONNECTIONS = 64;
const PATH = '/api/items/42';

interface Contender {
  readonly name: string;
  readonly instance: Instance;
  readonly port: number;
  /** Signed anew for each measurement: a signature holds for five minutes. */
  request(): Promise<LoadRequest>;
}

interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly cpuUs: number;
  readonly busy: number;
  readonly failed: number;
}

/** The same requests to two instances: one asks for authentication and has two auth policies, one does not. */
export const benchAuth = async (bench: Bench, target: Target): Promise<AuthResults> => {
  const plans = [{ name: 'service', rules: 1 }];
  const open = await loadFolder(bench, target, plans);
  const guarded = await loadFolder(bench, target, plans);
  const credentials = await guardFolder(guarded, STATEMENTS);
  const openOne = await start(bench, open);
  const guardedOne = await start(bench, guarded);
  const contenders: readonly Contender[] = [
    { name: OPEN, ...openOne, request: async () => openOne.plain },
    {
      name: 'SigV4, no authentication',
      ...openOne,
      request: () => sign(openOne.plain, credentials),
    },
    { name: SIGNED, ...guardedOne, request: () => sign(guardedOne.plain, credentials) },
    {
      name: 'SigV4A, two auth policies',
      ...guardedOne,
      request: () => signV4a(guardedOne.plain, credentials),
    },
  ];
  const samples = await takeRounds(
    bench,
    contenders,
    (contender, seconds) => sample(bench, contender, seconds),
    ({ cpuUs }) => `${cpuUs.toFixed(1)} µs CPU`,
  );
  await openOne.instance.stop();
  await guardedOne.instance.stop();
  const plain = samples.get(contenders[0] as Contender) ?? [];
  return {
    rows: [...samples].map(([{ name }, taken]) => toRow(name, taken, plain)),
    statements: STATEMENTS,
    verification: verificationTimes(),
    evaluation: evaluationTimes(),
  };
};

const start = async (bench: Bench, { dataDir, services }: LoadedFolder) => {
  const instance = await startInstance(bench, { dataDir, cores: bench.cores.proxy, workers: 1 });
  const [service] = services;
  if (service === undefined) throw new Error('a folder without a service');
  const port = instance.portals.get(service.vpcId) as number;
  return { instance, port, plain: { host: service.host, path: PATH } satisfies LoadRequest };
};

const REGION = 'us-west-2';
const SIGNING_NAME = 'vpc-lattice-svcs';

const unsigned = ({ host, path }: LoadRequest) => ({
  method: 'GET',
  protocol: 'http:',
  hostname: host,
  path,
  headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
});

const sign = async (request: LoadRequest, credentials: Credentials): Promise<LoadRequest> => {
  const signer = smithySigner(credentials, REGION, SIGNING_NAME);
  return withHeaders(request, (await signer.sign(unsigned(request))).headers);
};

const signV4a = async (request: LoadRequest, credentials: Credentials): Promise<LoadRequest> => {
  const signer = smithySignerV4a(credentials, '*', SIGNING_NAME);
  return withHeaders(request, (await signer.sign(unsigned(request), {})).headers);
};

const withHeaders = (
  request: LoadRequest,
  signed: Readonly<Record<string, string>>,
): LoadRequest => {
  const { host: _, ...headers } = signed;
  return { ...request, headers };
};

const sample = async (bench: Bench, contender: Contender, seconds: number): Promise<Sample> => {
  const requests = [await contender.request()];
  const { cpuUs, busy, result } = await measureCpu(contender.instance.workerPids(), () =>
    bench.load.run({ port: contender.port, requests, connections: CONNECTIONS, seconds }),
  );
  return { ...result, cpuUs: cpuUs / result.requests, busy };
};

const toRow = (name: string, taken: readonly Sample[], plain: readonly Sample[]): AuthRow => ({
  ...overRounds(taken),
  name,
  moreUs: median(taken.map(({ cpuUs }, round) => cpuUs - (plain[round]?.cpuUs ?? Number.NaN))),
});
