import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  DeregisterTargetsCommand,
  ListTargetsCommand,
  RegisterTargetsCommand,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import type { Cleanup } from '../cleanup.ts';

const PROGRAMS = {
  http: fileURLToPath(new URL('./target-main.ts', import.meta.url)),
  grpc: fileURLToPath(new URL('./grpc-target-main.ts', import.meta.url)),
};
const TARGET_PORT = 8080;
/** Below the ports that the system gives to outgoing connections: a target has to get its port back. */
let lastPort = 21_000;

interface FleetTarget {
  readonly address: string;
  readonly port: number;
  child: ChildProcess;
  /** Something is being done to it. */
  isBusy: boolean;
}

export interface FleetOptions {
  readonly cleanup: Cleanup;
  readonly lattice: VPCLatticeClient;
  readonly targetGroupId: string;
  readonly name: string;
  /** What they speak. Those of gRPC do not crash: what has reached a target is not sent again, so calls would be lost. */
  readonly kind: keyof typeof PROGRAMS;
  /** Makes the next address of the VPC, found at a port of this machine. */
  readonly map: (port: number) => Promise<string>;
  readonly random: () => number;
}

/** The targets of one group, and what befalls them. At least two are always left in peace. */
export class TargetFleet {
  readonly events = { replaced: 0, crashed: 0, failed: 0 };
  readonly #options: FleetOptions;
  readonly #targets: FleetTarget[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  async grow(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#add()));
  }

  /** Something happens to one of the targets, and is over when the promise resolves. */
  async disturb(): Promise<void> {
    const free = this.#targets.filter(({ isBusy }) => !isBusy);
    if (free.length <= 2) return;
    const target = free[Math.floor(this.#options.random() * free.length)]!;
    target.isBusy = true;
    const dice = this.#options.random();
    if (dice < 0.4) await this.#replace(target);
    else if (dice < 0.75 && this.#options.kind === 'http') await this.#crash(target);
    else await this.#failHealthCheck(target);
    target.isBusy = false;
  }

  async #add(): Promise<void> {
    const port = ++lastPort;
    const child = await this.#start(port);
    const address = await this.#options.map(port);
    const { lattice, targetGroupId } = this.#options;
    const answer = await lattice.send(
      new RegisterTargetsCommand({
        targetGroupIdentifier: targetGroupId,
        targets: [{ id: address, port: TARGET_PORT }],
      }),
    );
    if (answer.unsuccessful?.length) throw new Error(JSON.stringify(answer.unsuccessful));
    await this.#until(address, (status) => status === 'HEALTHY');
    this.#targets.push({ address, port, child, isBusy: false });
  }

  /** A rolling deployment: a new one comes, an old one is deregistered, drained and ended. */
  async #replace(old: FleetTarget): Promise<void> {
    await this.#add();
    const { lattice, targetGroupId } = this.#options;
    await lattice.send(
      new DeregisterTargetsCommand({
        targetGroupIdentifier: targetGroupId,
        targets: [{ id: old.address, port: TARGET_PORT }],
      }),
    );
    await this.#until(old.address, (status) => status === undefined);
    this.#targets.splice(this.#targets.indexOf(old), 1);
    old.child.kill('SIGTERM');
    this.events.replaced++;
  }

  /** Dies without a word, and is back on its port after a while. */
  async #crash(target: FleetTarget): Promise<void> {
    const gone = once(target.child, 'exit');
    target.child.kill('SIGKILL');
    await gone;
    await new Promise((resolve) => setTimeout(resolve, 500 + this.#options.random() * 3000));
    target.child = await this.#start(target.port);
    await this.#until(target.address, (status) => status === 'HEALTHY');
    this.events.crashed++;
  }

  async #failHealthCheck(target: FleetTarget): Promise<void> {
    target.child.kill('SIGUSR2');
    await this.#until(target.address, (status) => status === 'UNHEALTHY');
    target.child.kill('SIGUSR2');
    await this.#until(target.address, (status) => status === 'HEALTHY');
    this.events.failed++;
  }

  async #start(port: number): Promise<ChildProcess> {
    const child = spawn(
      process.execPath,
      [PROGRAMS[this.#options.kind], String(port), this.#options.name],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    this.#options.cleanup.add(
      () => void child.kill('SIGKILL'),
      () => child.kill('SIGKILL'),
    );
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`target on port ${port} ended with code ${code}`);
    });
    await Promise.race([once(child.stdout, 'data'), ended]);
    ended.catch(() => {});
    child.stdout.resume();
    return child;
  }

  async #until(address: string, reached: (status: string | undefined) => boolean): Promise<void> {
    const { lattice, targetGroupId } = this.#options;
    const command = new ListTargetsCommand({
      targetGroupIdentifier: targetGroupId,
      targets: [{ id: address, port: TARGET_PORT }],
    });
    for (let i = 0; i < 600; i++) {
      const { items } = await lattice.send(command);
      if (reached(items?.[0]?.status)) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`${address} did not get where it should`);
  }
}
