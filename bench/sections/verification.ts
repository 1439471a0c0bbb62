import { signRequest } from '../../src/cli/signing/sign-request.ts';
import {
  anAccessKey,
  anAccount,
  aRole,
  aSessionTokenKey,
} from '../../src/dataplane/sample-parts.ts';
import { DataPlaneState } from '../../src/dataplane/state.ts';
import { sealToken } from '../../src/session-token/seal.ts';
import type { ServiceRequest } from '../../src/sigv4/service-request.ts';
import { verifyServiceRequest } from '../../src/sigv4/verify-service-request.ts';
import type { AccessKeyPart, Part } from '../../src/snapshot/parts.ts';
import { median } from '../statistics.ts';

export interface VerificationRow {
  /** Who call in turn. */
  readonly callers: number;
  readonly accessKeysUs: number;
  readonly sessionsUs: number;
}

const COUNTS = [1, 1_000, 5_000, 10_000, 12_000];
const ROUNDS = 9;
const REQUESTS_A_ROUND = 24_000;
const HOST = 'shop.example';
const REGION = 'us-west-2';

/** Finding the caller and verifying SigV4's signature, by how many callers take turns. */
export const verificationTimes = (): readonly VerificationRow[] =>
  COUNTS.map((callers) => ({
    callers,
    accessKeysUs: microseconds(accessKeys(callers)),
    sessionsUs: microseconds(sessions(callers)),
  }));

interface Callers {
  readonly parts: readonly Part[];
  readonly credentials: readonly Parameters<typeof signRequest>[1][];
}

const accessKeys = (count: number): Callers => {
  const credentials = idsOf(count, 'AKIA').map((accessKeyId) => ({
    accessKeyId,
    secretAccessKey: `secret of ${accessKeyId}`,
  }));
  return {
    parts: credentials.map(({ accessKeyId: id, secretAccessKey }) => rootKey(id, secretAccessKey)),
    credentials,
  };
};

const rootKey = (id: string, secretAccessKey: string): AccessKeyPart => {
  const { userId: _, ...key } = anAccessKey({ id, secretAccessKey });
  return key;
};

const sessions = (count: number): Callers => {
  const sealedWith = aSessionTokenKey();
  const role = aRole();
  const issuedAt = Math.floor(Date.now() / 1000);
  const credentials = idsOf(count, 'ASIA').map((accessKeyId) => {
    const secretAccessKey = `secret of ${accessKeyId}`;
    const sessionToken = sealToken(sealedWith.id, Buffer.from(sealedWith.secret, 'base64'), {
      accessKeyId,
      secretAccessKey,
      accountId: role.accountId,
      kind: 'assumedRole',
      principalArn: `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/bench`,
      principalId: `${role.id}:bench`,
      issuedAt,
      expiresAt: issuedAt + 3600,
      roleArn: role.arn,
      roleId: role.id,
      sessionName: 'bench',
    });
    return { accessKeyId, secretAccessKey, sessionToken };
  });
  return { parts: [sealedWith, role], credentials };
};

const idsOf = (count: number, prefix: string): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(16, '0')}`);

const microseconds = ({ parts, credentials }: Callers): number => {
  const now = new Date();
  const nowMs = now.getTime();
  const { callers } = stateOf(parts, nowMs);
  const requests = credentials.map((one) => requestOf(one, now));
  let next = 0;
  const runRound = (): number => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < REQUESTS_A_ROUND; i += 1) {
      const request = requests[next] as ServiceRequest;
      next = (next + 1) % requests.length;
      const verification = verifyServiceRequest(
        request,
        REGION,
        (id, token) => callers.find(id, token, nowMs),
        nowMs,
      );
      if (!verification.signed || !verification.valid) throw new Error('a signature was refused');
    }
    return Number(process.hrtime.bigint() - start) / REQUESTS_A_ROUND / 1000;
  };
  for (let i = 0; i < ROUNDS / 3; i += 1) runRound();
  return median(Array.from({ length: ROUNDS }, runRound));
};

const stateOf = (parts: readonly Part[], nowMs: number): DataPlaneState => {
  const state = new DataPlaneState({ now: () => nowMs });
  state.apply({ revision: 1, full: true, upsert: [anAccount(), ...parts], remove: [] });
  return state;
};

/** Texts that are cut out of a head, as those of a received request are. */
const requestOf = (credentials: Callers['credentials'][number], now: Date): ServiceRequest => {
  const unsigned = { method: 'GET', host: HOST, target: '/api/items/42' };
  const lines = Object.entries({ host: HOST, ...signRequest(unsigned, credentials, REGION, now) });
  const head = Buffer.from(lines.map(([, value]) => value).join('\n'), 'latin1').toString('latin1');
  return {
    method: 'GET',
    target: unsigned.target,
    path: unsigned.target,
    authority: HOST,
    names: lines.map(([name]) => name),
    values: head.split('\n'),
  };
};
