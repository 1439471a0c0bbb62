import { z } from 'zod';
import { checkIdentityPolicy } from '../control/operations/iam/check-document.ts';
import { DEFAULT_QUOTAS, type Quotas, type WebIdentitySettings } from '../control/settings.ts';
import type { WorkerUser } from '../dataplane/leave-root.ts';
import { type DataPlaneLimits, DEFAULT_LIMITS } from '../dataplane/limits.ts';
import { type NameServer, parseNameServer } from '../dns/host-resolvers.ts';
import type { OrganizationSettings } from '../lattice/organization.ts';
import { SettingsError } from './settings-error.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const wholeNumber = (max: number) => z.int().min(0).max(max);

const quotas = z.strictObject(
  Object.fromEntries(
    Object.keys(DEFAULT_QUOTAS).map((name) => [name, wholeNumber(1_000_000).optional()]),
  ),
);

/** One at least: a limit of nothing would be a data plane that serves nobody. */
const limits = z.strictObject(
  Object.fromEntries(
    Object.keys(DEFAULT_LIMITS).map((name) => [name, z.int().min(1).max(DAY_MS).optional()]),
  ),
);

/** RFC 7517; what cannot be used of it is passed over, as with keys that an issuer publishes. */
const jsonWebKeySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(100) });

const webIdentity = z.strictObject({
  allowHttpLoopback: z.boolean().optional(),
  keys: z
    .record(z.string().regex(/^https?:\/\/[^/]+(?:\/[^/]+)*$/, 'expected a URL'), jsonWebKeySet)
    .optional(),
});

/** As in AWS Organizations' API. */
const organizationId = /^o-[a-z0-9]{10,32}$/;
const organizationPath =
  /^o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}\/(?:ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}\/)*$/;

const organization = z
  .strictObject({
    id: z.string().regex(organizationId, 'expected an id like `o-a1b2c3d4e5`'),
    accounts: z.record(
      z.string(),
      z
        .string()
        .regex(organizationPath, 'expected a path like `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`'),
    ),
    serviceControlPolicies: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(128),
          targets: z.array(z.string().min(1)).min(1).max(1000),
          document: z.looseObject({ Statement: z.unknown() }),
        }),
      )
      .max(1000)
      .optional(),
  })
  .refine(
    ({ id, accounts }) => Object.values(accounts).every((path) => path.startsWith(`${id}/`)),
    { message: 'every path must begin with the id of the organization', path: ['accounts'] },
  );

const nameServer = z.string().transform((text, context): NameServer => {
  const server = parseNameServer(text);
  if (server !== undefined) return server;
  context.addIssue({
    code: 'custom',
    message: 'expected an address like `10.0.0.2` or `10.0.0.2:5353`',
  });
  return z.NEVER;
});

/** What is -1 as an unsigned number is nobody's (setuid(2)). */
const LARGEST_ID = 2 ** 32 - 2;

const workerUser = z.string().transform((text, context): WorkerUser => {
  const [uid = 0, gid = 0] = /^\d{1,10}:\d{1,10}$/.test(text) ? text.split(':').map(Number) : [];
  if (uid > 0 && gid > 0 && Math.max(uid, gid) <= LARGEST_ID) return { uid, gid };
  context.addIssue({
    code: 'custom',
    message: "expected the ids of a user and a group like `990:990`, and not root's",
  });
  return z.NEVER;
});

const schema = z.strictObject({
  host: z.union([z.ipv4(), z.ipv6()]).optional(),
  dnsForwarders: z.array(nameServer).max(8).optional(),
  workerUser: workerUser.optional(),
  dnsPartitionId: z
    .string()
    .regex(/^[0-9a-f]{7}$/, 'expected seven hex digits')
    .optional(),
  transitionMs: wholeNumber(DAY_MS).optional(),
  drainMs: wholeNumber(DAY_MS).optional(),
  idempotencyTtlMs: wholeNumber(7 * DAY_MS).optional(),
  settleMs: wholeNumber(60_000).optional(),
  stopMs: wholeNumber(DAY_MS).optional(),
  orphanMs: wholeNumber(DAY_MS).optional(),
  forwardCredentials: z.boolean().optional(),
  webIdentity: webIdentity.optional(),
  organization: organization.optional(),
  sharedSubnets: z
    .record(
      z.string().regex(/^subnet-(?:[0-9a-f]{8}|[0-9a-f]{17})$/, 'expected the id of a subnet'),
      z.array(z.string().min(1).max(50)).min(1).max(1000),
    )
    .optional(),
  quotas: quotas.optional(),
  limits: limits.optional(),
});

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** `<data>/settings.json`: everything optional, nothing unknown. Times in ms. */
export type SettingsFile = Present<
  Omit<z.infer<typeof schema>, 'quotas' | 'limits' | 'webIdentity' | 'organization'>
> & {
  readonly webIdentity?: Partial<WebIdentitySettings>;
  readonly organization?: OrganizationSettings;
  readonly quotas?: Partial<Quotas>;
  readonly limits?: Partial<DataPlaneLimits>;
};

/** @throws SettingsError with every field that is wrong. */
export const parseSettingsFile = (path: string, text: string): SettingsFile => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new SettingsError(`${path} is not JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path: at, message }) =>
        `  ${at.length === 0 ? 'file' : at.join('.')}: ${message.replace(/^[A-Z]/, (c) => c.toLowerCase())}`,
    );
    throw new SettingsError(`${path} cannot be used:\n${problems.join('\n')}`);
  }
  const { organization: found, ...rest } = parsed.data;
  return {
    ...(rest as SettingsFile),
    ...(found === undefined ? {} : { organization: toOrganization(path, found) }),
  };
};

/** Policies are JSON in the file, and text everywhere else. @throws SettingsError */
const toOrganization = (
  path: string,
  { id, accounts, serviceControlPolicies = [] }: z.infer<typeof organization>,
): OrganizationSettings => ({
  id,
  accounts,
  serviceControlPolicies: serviceControlPolicies.map(({ name, targets, document: json }, i) => {
    const document = JSON.stringify(json);
    try {
      checkIdentityPolicy(document);
    } catch (error) {
      throw new SettingsError(
        `${path} cannot be used:\n  organization.serviceControlPolicies.${i}.document: ${(error as Error).message}`,
      );
    }
    return { name, targets, document };
  }),
});
