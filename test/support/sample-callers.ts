import { readFileSync } from 'node:fs';
import { type Http1RequestHead, parseRequestHead } from '../../src/dataplane/http1/request-head.ts';
import {
  aManagedPolicy,
  anAccessKey,
  anAccount,
  aRole,
  aRootKey,
  aSessionTokenKey,
  aUser,
} from '../../src/dataplane/sample-parts.ts';
import { sealToken } from '../../src/session-token/seal.ts';
import type { NamedPolicyPart, Part } from '../../src/snapshot/parts.ts';
import { type Credentials, smithySigner } from './smithy-signer.ts';

/** The callers of `src/dataplane/auth/testdata/callers.json`: as parts, with their credentials, and requests that they sign. */

type Statements = readonly object[];
type Tags = Readonly<Record<string, string>>;

interface SampleCaller {
  readonly account: string;
  readonly type: 'root' | 'user' | 'role';
  /** Of a role. */
  readonly session?: string;
  readonly tags?: Tags;
  readonly sessionTags?: Tags;
  readonly policy?: Statements;
  readonly boundary?: Statements;
  readonly sessionPolicy?: Statements;
}

interface SampleAccount {
  readonly id: string;
  readonly name: string;
  readonly organization?: {
    readonly organizationId: string;
    readonly path: string;
    readonly serviceControlPolicies: readonly (readonly {
      readonly name: string;
      readonly statements: Statements;
    }[])[];
  };
}

interface CallersFile {
  readonly accounts: readonly SampleAccount[];
  readonly callers: Readonly<Record<string, SampleCaller>>;
}

/** Of all cases. */
export const NOW_MS = Date.UTC(2026, 3, 1, 12, 0, 0);

const { accounts, callers } = JSON.parse(
  readFileSync(new URL('../../src/dataplane/auth/testdata/callers.json', import.meta.url), 'utf8'),
) as CallersFile;

export const aPolicyText = (statements: Statements): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

const policyPart = (name: string, statements: Statements): NamedPolicyPart => ({
  name,
  document: aPolicyText(statements),
});

/** Ids are letters and digits only. */
const idOf = (prefix: string, name: string): string =>
  `${prefix}${name.toUpperCase().replaceAll('-', '')}234567234567234567`.slice(0, 20);

const boundaryArn = ({ account }: SampleCaller, name: string): string =>
  `arn:aws:iam::${account}:policy/${name}-boundary`;

/** What everything about these callers is in a snapshot. */
export const callerParts = (): readonly Part[] => [
  aSessionTokenKey(),
  ...accounts.map(({ organization, ...account }) =>
    anAccount({
      ...account,
      ...(organization && {
        organization: {
          ...organization,
          serviceControlPolicies: organization.serviceControlPolicies.map((level) =>
            level.map(({ name, statements }) => policyPart(name, statements)),
          ),
        },
      }),
    }),
  ),
  ...Object.entries(callers).flatMap(([name, caller]) => partsOf(name, caller)),
];

const partsOf = (name: string, caller: SampleCaller): readonly Part[] => {
  const { account: accountId, type, tags = {}, policy, boundary } = caller;
  if (type === 'root') {
    return [
      aRootKey({
        id: idOf('AKIA', name),
        accountId,
        principalArn: `arn:aws:iam::${accountId}:root`,
      }),
    ];
  }
  const principal = {
    accountId,
    name,
    tags,
    arn: `arn:aws:iam::${accountId}:${type}/${name}`,
    inlinePolicies: policy === undefined ? [] : [policyPart('own', policy)],
    ...(boundary && { permissionsBoundary: boundaryArn(caller, name) }),
  };
  const parts: Part[] = [];
  if (boundary !== undefined) {
    const id = boundaryArn(caller, name);
    parts.push(aManagedPolicy({ id, accountId, document: aPolicyText(boundary) }));
  }
  if (type === 'role') return [...parts, aRole({ ...principal, id: idOf('AROA', name) })];
  const userId = idOf('AIDA', name);
  const key = anAccessKey({
    id: idOf('AKIA', name),
    accountId,
    principalArn: principal.arn,
    userId,
  });
  return [...parts, aUser({ ...principal, id: userId }), key];
};

const SECRET = anAccessKey().secretAccessKey;

/**
 * @param name of a caller of the file
 * @param issuedMs when its session began, if it has one: it lasts an hour
 */
export const credentialsOf = (name: string, issuedMs: number = NOW_MS): Credentials => {
  const caller = callers[name];
  if (caller === undefined) throw new Error(`there is no caller \`${name}\` in callers.json`);
  if (caller.type !== 'role') {
    return { accessKeyId: idOf('AKIA', name), secretAccessKey: SECRET };
  }
  const accessKeyId = idOf('ASIA', name);
  const { account: accountId, session = '', sessionTags, sessionPolicy } = caller;
  const roleId = idOf('AROA', name);
  const { id, secret } = aSessionTokenKey();
  const issuedAt = Math.floor(issuedMs / 1000);
  const sessionToken = sealToken(id, Buffer.from(secret, 'base64'), {
    accessKeyId,
    secretAccessKey: SECRET,
    accountId,
    kind: 'assumedRole',
    principalArn: arnOf(name),
    principalId: `${roleId}:${session}`,
    issuedAt,
    expiresAt: issuedAt + 3600,
    roleArn: `arn:aws:iam::${accountId}:role/${name}`,
    roleId,
    sessionName: session,
    ...(sessionTags && { tags: sessionTags }),
    ...(sessionPolicy && { sessionPolicy: aPolicyText(sessionPolicy) }),
  });
  return { accessKeyId, secretAccessKey: SECRET, sessionToken };
};

/** As refusals name the caller. */
export const arnOf = (name: string): string => {
  const caller = callers[name];
  if (caller === undefined) return name;
  const { account, type, session } = caller;
  if (type === 'root') return `arn:aws:iam::${account}:root`;
  return type === 'user'
    ? `arn:aws:iam::${account}:user/${name}`
    : `arn:aws:sts::${account}:assumed-role/${name}/${session}`;
};

export interface SampleRequest {
  /** Of callers.json, or `anonymous`. */
  readonly who: string;
  /** `GET /path?query`; a target as it is sent. */
  readonly request: string;
  /** Not signed. Values of one character a byte; a list for several lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly signedAt?: Date;
  /** In place of those of the caller at that time. */
  readonly credentials?: Credentials;
  /** Signing name; that of requests to services when absent. */
  readonly service?: string;
  /** In the query in place of the headers. */
  readonly isPresigned?: boolean;
}

/** The head of a request to `shop.example`, signed by AWS's signer, as the data plane parses it. */
export const aSignedHead = async (sample: SampleRequest): Promise<Http1RequestHead> => {
  const text = await aSignedRequest(sample);
  const head = parseRequestHead(text, 0, text.length, 100);
  if (head === undefined) throw new Error(`a request that is refused: \`${text}\``);
  return head;
};

/** The same as text. */
export const aSignedRequest = async (sample: SampleRequest): Promise<string> => {
  const { who, request, headers = {} } = sample;
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}`),
  );
  const signed =
    who === 'anonymous' ? { request, lines: ['host: shop.example'] } : await sign(sample);
  return [`${signed.request} HTTP/1.1`, ...signed.lines, ...lines, '', ''].join('\r\n');
};

const sign = async (sample: SampleRequest): Promise<{ request: string; lines: string[] }> => {
  const { who, request, signedAt = new Date(NOW_MS), service = 'vpc-lattice-svcs' } = sample;
  const credentials = sample.credentials ?? credentialsOf(who, signedAt.getTime());
  const signer = smithySigner(credentials, 'us-west-2', service);
  const [method = '', target = ''] = request.split(' ');
  const [path = '', query = ''] = target.split('?');
  const unsigned = {
    method,
    protocol: 'http:',
    hostname: 'shop.example',
    path,
    query: queryOf(query),
    headers: { host: 'shop.example', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  };
  const options = { signingDate: signedAt };
  const signed = sample.isPresigned
    ? await signer.presign(unsigned, {
        ...options,
        expiresIn: 60,
        unhoistableHeaders: new Set(['x-amz-content-sha256']),
      })
    : await signer.sign(unsigned, options);
  const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}`);
  if (!sample.isPresigned) return { request, lines };
  const signedQuery = new URLSearchParams(signed.query as Record<string, string>).toString();
  return { request: `${method} ${path}?${signedQuery}`, lines };
};

const queryOf = (query: string): Record<string, string[]> => {
  const values: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    values[name] = [...(values[name] ?? []), value];
  }
  return values;
};
