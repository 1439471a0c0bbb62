import type { Socket } from 'node:net';
import type { TargetHealthReport } from '../../snapshot/feed.ts';
import type { DialAddress, TargetGroupPart, TargetPart } from '../../snapshot/parts.ts';
import type { DataPlaneState, TargetGroupRuntime, TargetRuntime } from '../state.ts';
import { TargetCheck } from './target-check.ts';

export interface HealthCheckerOptions {
  /** Begins a connection to a target, to a port as its VPC knows it, which is found at `address`. Must not throw. */
  readonly dial: (target: TargetRuntime, port: number, address: DialAddress) => Socket;
  /** Hears of new targets and of changes of status, gathered over a few milliseconds. */
  readonly report: (changes: TargetHealthReport[]) => void;
  /** At least 0, less than 1. */
  readonly random?: () => number;
  readonly schedule?: Schedule;
}

/** Runs `callback` after `delayMs`; the answer cancels it. */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

/** With many targets, first checks are spread over this time for each, up to the interval. */
const SPREAD_MS_PER_TARGET = 5;
const REPORT_DELAY_MS = 5;

/**
 * Checks the targets of every target group that a service uses and that has health checks enabled.
 * Follows the state by itself from the moment it is made until it is closed.
 */
export class HealthChecker {
  readonly #options: Required<HealthCheckerOptions>;
  readonly #state: DataPlaneState;
  readonly #checks = new Map<TargetRuntime, TargetCheck>();
  readonly #changed = new Set<TargetRuntime>();
  #cancelReport: (() => void) | undefined;
  #isClosed = false;

  constructor(state: DataPlaneState, options: HealthCheckerOptions) {
    this.#state = state;
    this.#options = { random: Math.random, schedule: scheduleUnreferenced, ...options };
    state.onTargetGroupChanged((group) => this.#follow(group));
    state.onTargetRemoved((target) => this.#remove(target));
    for (const group of state.targetGroups.values()) this.#follow(group);
  }

  /**
   * Takes over what other workers found out, for targets that this one has not checked yet: a worker that
   * replaces another must not send requests to targets that are known to fail.
   */
  learn(known: readonly TargetHealthReport[]): void {
    for (const { groupId, key, health } of known) {
      const target = this.#state.targetGroups.get(groupId)?.targets.get(key);
      const check = target === undefined ? undefined : this.#checks.get(target);
      if (target === undefined || check === undefined || target.health !== 'INITIAL') continue;
      check.learn(health);
      target.setHealth(health);
      this.#reportSoon(target);
    }
  }

  /** Ends all checks, running ones included. Nothing is reported any more. */
  close(): void {
    this.#isClosed = true;
    for (const check of this.#checks.values()) check.stop();
    this.#checks.clear();
    this.#changed.clear();
    this.#cancelReport?.();
  }

  #follow(group: TargetGroupRuntime): void {
    if (this.#isClosed) return;
    const started: TargetCheck[] = [];
    for (const target of group.targets.values()) {
      const check = this.#checks.get(target);
      if (isChecked(group.part, target.part)) {
        if (check === undefined) started.push(this.#add(target));
        else check.settingsChanged();
      } else {
        check?.stop();
        this.#checks.delete(target);
        // What was found no longer counts once checks are off; a draining target keeps it to its end.
        if (!target.part.draining && target.setHealth('INITIAL')) this.#reportSoon(target);
      }
    }
    const spreadMs = this.#checks.size * SPREAD_MS_PER_TARGET;
    for (const check of started) check.start(spreadMs);
  }

  #add(target: TargetRuntime): TargetCheck {
    const { dial, random, schedule } = this.#options;
    const check = new TargetCheck(target, {
      dial,
      random,
      schedule,
      onChange: () => this.#reportSoon(target),
    });
    this.#checks.set(target, check);
    // One that was registered again or moved would otherwise be taken for what it was before.
    this.#reportSoon(target);
    return check;
  }

  #remove(target: TargetRuntime): void {
    this.#checks.get(target)?.stop();
    this.#checks.delete(target);
    this.#changed.delete(target);
  }

  #reportSoon(target: TargetRuntime): void {
    this.#changed.add(target);
    this.#cancelReport ??= this.#options.schedule(() => {
      this.#cancelReport = undefined;
      const changes = [...this.#changed].map(({ group, part, health }) => ({
        groupId: group.part.id,
        key: part.key,
        health,
      }));
      this.#changed.clear();
      if (changes.length > 0) this.#options.report(changes);
    }, REPORT_DELAY_MS);
  }
}

function isChecked(group: TargetGroupPart, target: TargetPart): boolean {
  return group.used && group.healthCheck !== undefined && !target.draining;
}

const scheduleUnreferenced: Schedule = (callback, delayMs) => {
  const timer = setTimeout(callback, delayMs).unref();
  return () => clearTimeout(timer);
};
