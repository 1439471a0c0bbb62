import { readdirSync, readFileSync, statSync } from 'node:fs';

/** What the kernel says of a process's privileges (proc_pid_status(5)): values as they stand there. */
export type Privileges = Readonly<Record<(typeof FIELDS)[number], string>>;

const FIELDS = [
  'Uid',
  'Gid',
  'Groups',
  'CapInh',
  'CapPrm',
  'CapEff',
  'CapAmb',
  'NoNewPrivs',
] as const;

/** Of every thread, the main one first, whatever numbers they have. */
export const privilegesOf = (pid: number): readonly Privileges[] =>
  [...new Set([String(pid), ...readdirSync(`/proc/${pid}/task`)])].map((task) => {
    const status = readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8');
    const read = (field: string) =>
      new RegExp(`^${field}:[ \t]*(.*)$`, 'm').exec(status)?.[1] ?? '';
    return Object.fromEntries(
      FIELDS.map((field) => [field, read(field).trim().replaceAll('\t', ' ')]),
    ) as Privileges;
  });

const NONE = '0000000000000000';

/** Those of one that is this user's, and has and can have no others. */
export const powerless = (uid: number): Privileges => ({
  Uid: `${uid} ${uid} ${uid} ${uid}`,
  Gid: `${uid} ${uid} ${uid} ${uid}`,
  Groups: '',
  CapInh: NONE,
  CapPrm: NONE,
  CapEff: NONE,
  CapAmb: NONE,
  NoNewPrivs: '1',
});

/** Whether others of its user can read its memory and environment: if not, these are root's files. */
export const isOpenToItsUser = (pid: number): boolean => statSync(`/proc/${pid}/environ`).uid !== 0;
