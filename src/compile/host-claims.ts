import { byAge } from './grouped.ts';

interface Claimant {
  readonly id: string;
  readonly createdAt: string;
}

/**
 * Which associations want which host name in a service network. The oldest has it; the API lets
 * only one ask, but a snapshot must be right whatever the documents say.
 */
export class HostClaims {
  readonly #claimants = new Map<string, Map<string, Claimant>>();
  readonly #keysOf = new Map<string, readonly string[]>();

  /** Sets what an association wants. Gives the other associations that want, or wanted, the same. */
  set(claimant: Claimant, networkId: string, hosts: readonly string[]): Set<string> {
    const rivals = new Set<string>();
    const before = this.#keysOf.get(claimant.id) ?? [];
    const after = hosts.map((host) => keyOf(networkId, host));
    for (const key of before) {
      const claimants = this.#claimants.get(key);
      claimants?.delete(claimant.id);
      for (const id of claimants?.keys() ?? []) rivals.add(id);
      if (claimants?.size === 0) this.#claimants.delete(key);
    }
    for (const key of after) {
      const claimants = this.#claimants.get(key) ?? new Map<string, Claimant>();
      for (const id of claimants.keys()) rivals.add(id);
      claimants.set(claimant.id, claimant);
      this.#claimants.set(key, claimants);
    }
    if (after.length > 0) this.#keysOf.set(claimant.id, after);
    else this.#keysOf.delete(claimant.id);
    return rivals;
  }

  /** Id of the association that has the name. */
  holder(networkId: string, host: string): string | undefined {
    let oldest: Claimant | undefined;
    for (const claimant of this.#claimants.get(keyOf(networkId, host))?.values() ?? []) {
      if (!oldest || byAge(claimant, oldest) < 0) oldest = claimant;
    }
    return oldest?.id;
  }
}

const keyOf = (networkId: string, host: string): string => `${networkId} ${host}`;
