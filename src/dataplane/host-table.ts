import type { MembershipPart } from '../snapshot/parts.ts';
import type { ServiceRuntime } from './state.ts';

/**
 * The host names of one service network. Two memberships that claim the same name are refused by
 * the API; should they meet here all the same, the smaller association id wins in any order of arrival.
 */
export class HostTable {
  readonly hosts = new Map<string, ServiceRuntime>();
  readonly #claims = new Map<string, MembershipPart[]>();
  readonly #serviceOf: (serviceId: string) => ServiceRuntime | undefined;

  constructor(serviceOf: (serviceId: string) => ServiceRuntime | undefined) {
    this.#serviceOf = serviceOf;
  }

  get isEmpty(): boolean {
    return this.#claims.size === 0;
  }

  add(membership: MembershipPart): void {
    for (const host of membership.hosts) {
      const claims = this.#claims.get(host) ?? [];
      claims.push(membership);
      claims.sort((a, b) => (a.id < b.id ? -1 : 1));
      this.#claims.set(host, claims);
      this.#resolve(host);
    }
  }

  remove(membership: MembershipPart): void {
    for (const host of membership.hosts) {
      const left = (this.#claims.get(host) ?? []).filter((claim) => claim.id !== membership.id);
      if (left.length === 0) this.#claims.delete(host);
      else this.#claims.set(host, left);
      this.#resolve(host);
    }
  }

  /** To be called when the membership's service came, changed or went. */
  refresh(membership: MembershipPart): void {
    for (const host of membership.hosts) this.#resolve(host);
  }

  #resolve(host: string): void {
    for (const claim of this.#claims.get(host) ?? []) {
      const service = this.#serviceOf(claim.serviceId);
      if (service === undefined) continue;
      this.hosts.set(host, service);
      return;
    }
    this.hosts.delete(host);
  }
}
