import { isIPv6 } from 'node:net';
import type { TargetHealth } from '../../snapshot/feed.ts';
import type { TargetPart } from '../../snapshot/parts.ts';
import type { TargetRuntime } from '../state.ts';
import type { HealthCheckerOptions } from './health-checker.ts';
import { HealthCount } from './health-count.ts';
import { type RunningProbe, runProbe } from './run-probe.ts';

interface TargetCheckOptions extends Required<Omit<HealthCheckerOptions, 'report'>> {
  /** The target's status is another one now. */
  readonly onChange: () => void;
}

/**
 * The checks of one target: one every interval however long the one before takes, each over a
 * connection of its own (VPC Lattice user guide, health checks). Settings are read anew for each.
 */
export class TargetCheck {
  readonly #target: TargetRuntime;
  readonly #options: TargetCheckOptions;
  #count = new HealthCount();
  readonly #running = new Set<RunningProbe>();
  #intervalMs = 0;
  #cancelNext: () => void = () => {};

  constructor(target: TargetRuntime, options: TargetCheckOptions) {
    this.#target = target;
    this.#options = options;
  }

  /** Begins within `spreadMs` or one interval, whichever is shorter, at a moment left to chance. */
  start(spreadMs: number): void {
    const intervalMs = this.#target.group.part.healthCheck?.intervalMs ?? 0;
    this.#intervalMs = intervalMs;
    const delayMs = this.#options.random() * Math.min(spreadMs, intervalMs);
    this.#cancelNext = this.#options.schedule(() => this.#check(), delayMs);
  }

  /** The group's settings may be others now; what is known of the target's health stays. */
  settingsChanged(): void {
    if (this.#target.group.part.healthCheck?.intervalMs === this.#intervalMs) return;
    this.#cancelNext();
    this.start(Number.POSITIVE_INFINITY);
  }

  /** Others have checked the target: their verdict stands until this one's own results make another. */
  learn(health: TargetHealth): void {
    this.#count = new HealthCount(health);
  }

  stop(): void {
    this.#cancelNext();
    for (const probe of this.#running) probe.cancel();
    this.#running.clear();
  }

  #check(): void {
    const { group, part } = this.#target;
    const settings = group.part.healthCheck;
    const address = part.healthDial ?? part.dial;
    if (settings === undefined) return;
    this.#cancelNext = this.#options.schedule(() => this.#check(), settings.intervalMs);
    // An instance whose address nobody knows cannot answer.
    if (address === undefined) {
      this.#take(false);
      return;
    }
    try {
      const socket = this.#options.dial(this.#target, settings.port ?? part.port, address);
      const probe = runProbe(socket, settings, hostOf(part), (isSuccess) => this.#take(isSuccess));
      this.#running.add(probe);
      // After its verdict a probe still reads the rest of the answer.
      socket.on('close', () => this.#running.delete(probe));
    } catch {
      // An address that cannot even be tried is one target's failure, never the worker's.
      this.#take(false);
    }
  }

  #take(isSuccess: boolean): void {
    // The settings of now: a lowered threshold holds for results that are still to come in.
    const settings = this.#target.group.part.healthCheck;
    if (settings === undefined) return;
    if (isSuccess) this.#target.responded();
    if (this.#target.setHealth(this.#count.add(isSuccess, settings))) this.#options.onChange();
  }
}

function hostOf({ address, port, healthDial }: TargetPart): string {
  const host = address ?? healthDial?.host ?? '';
  return `${isIPv6(host) ? `[${host}]` : host}:${healthDial?.port ?? port}`;
}
