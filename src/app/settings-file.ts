import { z } from 'zod';
import { DEFAULT_QUOTAS, type Quotas } from '../control/settings.ts';
import { type DataPlaneLimits, DEFAULT_LIMITS } from '../dataplane/limits.ts';
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

const schema = z.strictObject({
  host: z.union([z.ipv4(), z.ipv6()]).optional(),
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
  quotas: quotas.optional(),
  limits: limits.optional(),
});

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** `<data>/settings.json`: everything optional, nothing unknown. Times in ms. */
export type SettingsFile = Present<Omit<z.infer<typeof schema>, 'quotas' | 'limits'>> & {
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
  return parsed.data as SettingsFile;
};
