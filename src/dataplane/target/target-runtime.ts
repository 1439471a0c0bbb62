import type { TargetHealth } from '../../snapshot/feed.ts';
import type { TargetPart } from '../../snapshot/parts.ts';
import type { TargetGroupRuntime } from './target-group.ts';

/** What carries requests to a target; hung on it by the exchange, closed when the target goes. */
export interface TargetTransport {
  close(): void;
}

/** Targets that are tried for one request or connection when they cannot be connected. */
export const MAX_CONNECT_ATTEMPTS = 5;
/** How long a target whose connect failed is avoided: doubled with each further failure. */
const FIRST_AVOID_MS = 1_000;
const LONGEST_AVOID_MS = 30_000;

/** A registered target as this worker knows it; lives as long as its registration and its address. */
export class TargetRuntime {
  readonly group: TargetGroupRuntime;
  part: TargetPart;
  health: TargetHealth = 'INITIAL';
  /** Requests that were sent to it and have not ended; kept by the exchange. */
  inFlight = 0;
  transport: TargetTransport | undefined;
  /** Epoch ms until which others are preferred; 0 when nothing speaks against it. A hint, not a health status. */
  avoidUntilMs = 0;
  /** Where it stands in its group's list of usable targets, or -1. Kept by the picker. */
  position = -1;
  #connectFailures = 0;

  constructor(group: TargetGroupRuntime, part: TargetPart) {
    this.group = group;
    this.part = part;
  }

  /** A connection could not be made: prefer others for a while. */
  connectFailed(nowMs: number): void {
    const avoidMs = Math.min(FIRST_AVOID_MS * 2 ** this.#connectFailures, LONGEST_AVOID_MS);
    this.#connectFailures = Math.min(this.#connectFailures + 1, 16);
    this.avoidUntilMs = nowMs + avoidMs;
    this.group.targetsChanged();
  }

  /** It answered a request or a health check: whatever spoke against it is over. */
  responded(): void {
    if (this.#connectFailures === 0) return;
    this.#connectFailures = 0;
    this.avoidUntilMs = 0;
    this.group.targetsChanged();
  }

  /** Sets what health checks found. Returns whether that is a change. */
  setHealth(health: TargetHealth): boolean {
    if (this.health === health) return false;
    this.health = health;
    this.group.targetsChanged();
    return true;
  }
}
