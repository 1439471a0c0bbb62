import type { NetworkProblem, NetworkReport } from '../../control/network-report.ts';

/** What came of an attempt to make a VPC as it is wanted: reasons, undefined for what is there. */
export interface Attempt {
  readonly network: string | undefined;
  /** By id: all instances of the VPC. */
  readonly instances: ReadonlyMap<string, string | undefined>;
}

interface Machine {
  /** Since the last time that it was there. */
  failedAttempts: number;
  hasRun: boolean;
  reason: string | undefined;
}

/** A launch that fails so often is given up, as AWS does; an instance that has run never is. */
const LAUNCH_ATTEMPTS = 3;

/** Which networks and machines are there, for the API, and what keeps the others from it. */
export class NetworkBoard implements NetworkReport {
  readonly hasPorts: boolean;
  readonly #networks = new Map<string, Attempt>();
  /** By VPC, then by port. */
  readonly #ports = new Map<string, ReadonlyMap<number, string>>();
  /** By instance id. */
  readonly #machines = new Map<string, Machine>();

  constructor({ hasPorts }: Pick<NetworkReport, 'hasPorts'>) {
    this.hasPorts = hasPorts;
  }

  /** It ran before this process did: it is tried again for as long as it takes. */
  expect(instanceId: string): void {
    this.#machines.set(instanceId, { failedAttempts: 0, hasRun: true, reason: NOT_YET });
  }

  /** @returns instances whose launch is to be given up, with the reasons. */
  attempted(vpcId: string, attempt: Attempt): ReadonlyMap<string, string> {
    this.#forgetOthers(vpcId, attempt.instances);
    this.#networks.set(vpcId, attempt);
    const hopeless = new Map<string, string>();
    for (const [id, reason] of attempt.instances) {
      const { failedAttempts, hasRun } = this.#machines.get(id) ?? NEVER_TRIED;
      const machine: Machine =
        reason === undefined
          ? { failedAttempts: 0, hasRun: true, reason }
          : { failedAttempts: failedAttempts + 1, hasRun, reason };
      this.#machines.set(id, machine);
      if (reason !== undefined && !hasRun && machine.failedAttempts >= LAUNCH_ATTEMPTS) {
        hopeless.set(id, reason);
      }
    }
    return hopeless;
  }

  /** At which ports of a VPC nobody accepts who should, and why. @returns whether that is new */
  listened(vpcId: string, failures: ReadonlyMap<number, string>): boolean {
    const before = this.#ports.get(vpcId) ?? NO_FAILURES;
    if (failures.size === 0) this.#ports.delete(vpcId);
    else this.#ports.set(vpcId, failures);
    return [...failures].some(([port, reason]) => before.get(port) !== reason);
  }

  forget(vpcId: string): void {
    this.#ports.delete(vpcId);
    this.#forgetOthers(vpcId, NO_INSTANCES);
    this.#networks.delete(vpcId);
  }

  isReachable(instanceId: string): boolean {
    const machine = this.#machines.get(instanceId);
    return machine !== undefined && machine.reason === undefined;
  }

  problems(): readonly NetworkProblem[] {
    return [...this.#networks].flatMap(([vpcId, { network, instances }]): NetworkProblem[] =>
      network !== undefined
        ? [{ vpcId, reason: network }]
        : [
            ...[...instances].flatMap(([instanceId, reason]) =>
              reason === undefined ? [] : [{ vpcId, instanceId, reason }],
            ),
            ...[...(this.#ports.get(vpcId) ?? NO_FAILURES)].map(([port, reason]) => ({
              ...{ vpcId, port, reason },
            })),
          ],
    );
  }

  #forgetOthers(vpcId: string, present: Attempt['instances']): void {
    for (const id of this.#networks.get(vpcId)?.instances.keys() ?? []) {
      if (!present.has(id)) this.#machines.delete(id);
    }
  }
}

const NOT_YET = 'it is not made yet';
const NEVER_TRIED: Machine = { failedAttempts: 0, hasRun: false, reason: undefined };
const NO_FAILURES: ReadonlyMap<number, string> = new Map();
const NO_INSTANCES: Attempt['instances'] = new Map();
