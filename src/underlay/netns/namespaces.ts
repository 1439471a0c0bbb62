import { writeFileSync } from 'node:fs';
import { diffPlans, type Plans } from './diff-plans.ts';
import { killMembers } from './kill-members.ts';
import { NAMESPACE_FOLDER, type NamespaceEntry } from './namespace-entry.ts';
import type { NamespacePlan } from './plan-vpc.ts';
import type { RunIp } from './run-ip.ts';

export interface NamespacesOptions {
  /** What the names of all of them begin with, and of no others. */
  readonly prefix: string;
  readonly entry: NamespaceEntry;
  readonly runIp: RunIp;
}

export class NamespacesError extends Error {
  readonly code = 'NAMESPACES';
  /** Names of those that are not as they are wanted. */
  readonly names: ReadonlySet<string>;

  constructor(failures: ReadonlyMap<string, Error>) {
    const messages = new Set([...failures.values()].map(({ message }) => message));
    // One failure often brings others; the first ones say enough.
    super([...messages].slice(0, 3).join('; '));
    this.name = 'NamespacesError';
    this.names = new Set(failures.keys());
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
    await this.#remove(await this.#listed());
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
    const { make, batches, remove } = diffPlans(present, wanted);
    const failures = new Map<string, Error>();
    const attempt = async (name: string, run: () => Promise<unknown>) => {
      if (failures.has(name)) return;
      await run().catch((error: Error) => failures.set(name, error));
    };
    await inParallel(make, (plan) => attempt(plan.name, () => this.#make(plan)));
    for (const role of ['router', 'member'] as const) {
      await inParallel(
        batches.filter((batch) => batch.role === role),
        ({ name, lines }) => attempt(name, () => this.#run(name, lines)),
      );
    }
    for (const [name, plan] of wanted) {
      if (!failures.has(name)) this.#present.set(name, plan);
    }
    const broken = [...failures.keys()].filter((name) => wanted.has(name));
    const listed = broken.length > 0 ? new Set(await this.#listed()) : new Set<string>();
    const gone = [...remove, ...broken.filter((name) => listed.has(name))];
    for (const name of [...remove, ...broken]) this.#present.delete(name);
    await this.#remove(gone).catch((error: Error) => {
      for (const name of gone) failures.set(name, error);
    });
    if (failures.size > 0) throw new NamespacesError(failures);
  }

  async #make({ name, settings }: NamespacePlan): Promise<void> {
    const { entry, runIp } = this.#options;
    await runIp(['netns', 'add', name]);
    entry.within(name, () => {
      for (const [path, value] of Object.entries(settings)) {
        writeFileSync(`/proc/sys/net/${path}`, value);
      }
    });
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

  /** With the processes in them, which without a network would be of no use to anybody. */
  async #remove(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    killMembers(names.map((name) => `${NAMESPACE_FOLDER}/${name}`));
    // What others removed meanwhile is no failure.
    const listed = new Set(await this.#listed());
    const there = names.filter((name) => listed.has(name));
    // Links first: a namespace goes some time after its name, and its links with it.
    await inParallel(there, async (name) => {
      const links = await this.#options.runIp(['-n', name, '-j', 'link', 'show', 'type', 'veth']);
      const ours = (JSON.parse(links || '[]') as { ifname?: string }[]).flatMap(({ ifname }) =>
        ifname === undefined ? [] : [`link del ${ifname}`],
      );
      // The other end may have gone in between.
      if (ours.length > 0) await this.#options.runIp(['-n', name, '-force'], ours).catch(() => {});
    });
    if (there.length > 0) {
      await this.#options.runIp(
        [],
        there.map((name) => `netns del ${name}`),
      );
    }
  }

  async #listed(): Promise<readonly string[]> {
    const text = await this.#options.runIp(['netns', 'list']);
    return text
      .split('\n')
      .map((line) => line.split(' ')[0]!)
      .filter((name) => name.startsWith(this.#options.prefix));
  }
}

const inParallel = async <T>(items: readonly T[], run: (item: T) => Promise<unknown>) => {
  const queue = items.values();
  const work = async () => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
};
