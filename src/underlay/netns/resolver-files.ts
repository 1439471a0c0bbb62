import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What programs in a namespace find in place of files of /etc (ip-netns(8)). */
const FOLDER = '/etc/netns';

/** Tells the programs in namespaces whom to ask for names: the resolver of their VPC. */
export class ResolverFiles {
  readonly #prefix: string;
  readonly #folder: string;

  /** `prefix`: of the names of our namespaces, and of no others. */
  constructor(prefix: string, folder = FOLDER) {
    this.#prefix = prefix;
    this.#folder = folder;
  }

  /** `resolver`: its address. */
  write(name: string, resolver: string): void {
    mkdirSync(join(this.#folder, name), { recursive: true });
    const text = `nameserver ${resolver}\n`;
    writeFileSync(join(this.#folder, name, 'resolv.conf'), text);
  }

  remove(name: string): void {
    rmSync(join(this.#folder, name), { recursive: true, force: true });
  }

  /** Also those of namespaces that are gone, as after a restart of the machine. */
  removeAll(): void {
    for (const name of this.#names()) this.remove(name);
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder).filter((name) => name.startsWith(this.#prefix));
    } catch {
      // Nobody has made any.
      return [];
    }
  }
}
