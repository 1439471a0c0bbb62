import { writeFileSync } from 'node:fs';
import { diffPlans, type Plans } from './diff-plans.ts';
import { killMembers } from './kill-members.ts';
import { NAMESPACE_FOLDER, type NamespaceEntry } from './namespace-entry.ts';
import type { NamespacePlan } from './namespace-plan.ts';
import type { ResolverFiles } from './resolver-files.ts';
import type { RunIp } from './run-ip.ts';

export interface NamespacesOptions {
  /** What the names of all of them begin with, and of no others. */
  readonly prefix: string;
  readonly entry: NamespaceEntry;
  readonly runIp: RunIp;
  /** What programs in them are told of whom to ask for names; absent: nothing. */
  readonly resolverFiles?: Pick<ResolverFiles, 'write' | 'remove' | 'removeAll'>;
}

export class NamespacesError extends Error {
  readonly code = 'NAMESPACES';
  /** By the names of those that are not as they are wanted: what went wrong. */
  readonly failures: ReadonlyMap<string, Error>;

  constructor(failures: ReadonlyMap<string, Error>) {
    const messages = new Set([...failures.values()].map(({ message }) => message));
    // One failure often brings others; the first ones say enough.
    super([...messages].slice(0, 3).join('; '));
    this.name = 'NamespacesError';
    this.failures = failures;
  }
}

/** Programs at once; more would only get in each other's way in the kernel. */
const AT_ONCE = 4;

/**
 * The namespaces of a data folder: brings what is there to what is wanted. Calls must not overlap.
 * Of a namespace with which something went wrong nothing is believed: it is made anew when it is
 * wanted the next time.
 */
export class Namespaces {
  readonly #options: NamespacesOptions;
  readonly #present = new Map<string, NamespacePlan>();

  constructor(options: NamespacesOptions) {
    this.#options = options;
  }

  /** Removes everything that a process before this one left behind. @throws IpError */
  async clean(): Promise<void> {
    const { prefix, resolverFiles, runIp } = this.#options;
    await removeNamespaces(prefix, runIp);
    resolverFiles?.removeAll();
    this.#present.clear();
  }

  /**
   * @param names Those that are looked at: what of them is not wanted goes, all others stay.
   * @throws NamespacesError with what went wrong; what could be done was done.
   */
  async apply(names: Iterable<string>, wanted: Plans): Promise<void> {
    const present = new Map(
      [...names].flatMap((name) => {
        const plan = this.#present.get(name);
        return plan === undefined ? [] : [[name, plan] as const];
      }),
    );
    const { make, remove } = diffPlans(present, wanted);
    const failures = new Map<string, Error>();
    const attempt = async (name: string, run: () => Promise<unknown>) => {
      if (failures.has(name)) return;
      await run().catch((error: Error) => failures.set(name, error));
    };
    this.#tellOfResolvers(wanted);
    await this.#make(make, failures);
    const { batches } = diffPlans(present, withoutLinksTo(failures, wanted));
    for (const role of ['router', 'member'] as const) {
      await inParallel(
        batches.filter((batch) => batch.role === role),
        ({ name, lines }) => attempt(name, () => this.#run(name, lines)),
      );
    }
    for (const [name, plan] of wanted) {
      if (!failures.has(name)) this.#present.set(name, plan);
    }
    this.#forgetLinks(wanted, failures);
    const broken = [...failures.keys()].filter((name) => wanted.has(name));
    const gone = [...remove, ...broken];
    for (const name of gone) this.#present.delete(name);
    const { prefix, resolverFiles, runIp } = this.#options;
    for (const name of gone) resolverFiles?.remove(name);
    const removed = gone.length === 0 ? Promise.resolve() : removeNamespaces(prefix, runIp, gone);
    await removed.catch((error: Error) => {
      for (const name of gone) failures.set(name, error);
    });
    if (failures.size > 0) throw new NamespacesError(failures);
  }

  /** A link goes with the namespace at either end: the other end is to make it anew. */
  #forgetLinks(wanted: Plans, broken: ReadonlyMap<string, Error>): void {
    for (const { name, parts } of wanted.values()) {
      for (const [key, { linkedTo }] of parts) {
        if (linkedTo === undefined) continue;
        const isBroken = broken.has(name);
        if (isBroken !== broken.has(linkedTo)) {
          this.#forgetParts(isBroken ? linkedTo : name, (part) => isBroken || part === key);
        }
      }
    }
  }

  #forgetParts(name: string, isForgotten: (key: string) => boolean): void {
    const plan = this.#present.get(name);
    if (plan === undefined) return;
    const parts = new Map([...plan.parts].filter(([key]) => !isForgotten(key)));
    this.#present.set(name, { ...plan, parts });
  }

  #tellOfResolvers(wanted: Plans): void {
    for (const { name, resolver } of wanted.values()) {
      if (resolver === undefined || resolver === this.#present.get(name)?.resolver) continue;
      this.#options.resolverFiles?.write(name, resolver);
    }
  }

  /** Of one that is not made, the others are: each has the error of its own. */
  async #make(plans: readonly NamespacePlan[], failures: Map<string, Error>): Promise<void> {
    if (plans.length === 0) return;
    const { entry, prefix, runIp } = this.#options;
    const lines = plans.map(({ name }) => `netns add ${name}`);
    const failure = await runIp(['-force'], lines).then(
      () => undefined,
      (error: Error) => error,
    );
    const listed = failure && new Set(await listNamespaces(prefix, runIp));
    for (const { name, settings } of plans) {
      try {
        if (listed?.has(name) === false) throw failure;
        entry.within(name, () => {
          for (const [path, value] of Object.entries(settings)) {
            writeFileSync(`/proc/sys/net/${path}`, value);
          }
        });
      } catch (error) {
        failures.set(name, error as Error);
      }
    }
  }

  async #run(name: string, lines: readonly string[]): Promise<void> {
    const { runIp } = this.#options;
    const [sixes, others] = [true, false].map((isSix) =>
      lines.filter((line) => line.startsWith('-6 ') === isSix),
    ) as [string[], string[]];
    if (others.length > 0) await runIp(['-n', name], others);
    if (sixes.length > 0) {
      await runIp(
        ['-n', name, '-6'],
        sixes.map((line) => line.slice('-6 '.length)),
      );
    }
  }
}

/** One machine that cannot be made is to cost nobody else the network. */
const withoutLinksTo = (names: ReadonlyMap<string, unknown>, plans: Plans): Plans =>
  names.size === 0
    ? plans
    : new Map(
        [...plans].map(([name, plan]) => {
          const parts = [...plan.parts].filter(([, { linkedTo = '' }]) => !names.has(linkedTo));
          return [name, { ...plan, parts: new Map(parts) }];
        }),
      );

/** Names of all namespaces of this machine that begin with the prefix. */
const listNamespaces = async (prefix: string, runIp: RunIp): Promise<readonly string[]> => {
  const text = await runIp(['netns', 'list']);
  return text
    .split('\n')
    .map((line) => line.split(' ')[0]!)
    .filter((name) => name.startsWith(prefix));
};

/**
 * Removes namespaces whose names begin with the prefix: those named, or all. With the processes in
 * them, which without a network would be of no use to anybody. @throws IpError
 */
export const removeNamespaces = async (
  prefix: string,
  runIp: RunIp,
  names?: readonly string[],
): Promise<void> => {
  // What others removed meanwhile is no failure.
  const there = (await listNamespaces(prefix, runIp)).filter(
    (name) => names === undefined || names.includes(name),
  );
  if (there.length === 0) return;
  killMembers(there.map((name) => `${NAMESPACE_FOLDER}/${name}`));
  // Their links go with them. One that fails keeps none of the others.
  await runIp(
    ['-force'],
    there.map((name) => `netns del ${name}`),
  );
};

const inParallel = async <T>(items: readonly T[], run: (item: T) => Promise<unknown>) => {
  const queue = items.values();
  const work = async () => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};
