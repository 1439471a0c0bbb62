import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** What a running Pergola tells other programs of the same user, in `<data>/run/instance.json`. */
export interface InstanceFacts {
  readonly pid: number;
  /** Base URL of the API, without a slash at the end. */
  readonly api: string;
  readonly region: string;
  /** ISO-8601 */
  readonly startedAt: string;
  /** What the names of its network namespaces begin with; absent: VPCs have none. */
  readonly namespacePrefix?: string;
  /** URL of each VPC's portal, by VPC id. */
  readonly portals: Readonly<Record<string, string>>;
  /** `ADDRESS:PORT` at which each VPC's names are asked for, by VPC id. */
  readonly resolvers: Readonly<Record<string, string>>;
}

/** Replaces the file as a whole: who reads it sees the old facts or the new ones. */
export const writeInstanceFile = (file: string, facts: InstanceFacts): void => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(facts, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
};

export const removeInstanceFile = (file: string): void => rmSync(file, { force: true });
