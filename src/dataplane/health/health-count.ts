import type { TargetHealth } from '../../snapshot/feed.ts';
import type { HealthCheckPart } from '../../snapshot/parts.ts';

type Thresholds = Pick<HealthCheckPart, 'healthyThreshold' | 'unhealthyThreshold'>;

/**
 * Counts a target's check results and says what they make of it. A new target is healthy after one
 * success; one that was unhealthy needs `healthyThreshold` successes in a row; `unhealthyThreshold`
 * failures in a row make any target unhealthy (VPC Lattice user guide, health checks). The status
 * flips when the count is reached.
 */
export class HealthCount {
  health: TargetHealth;
  #successes = 0;
  #failures = 0;

  /** @param health what is known already, from others' checks */
  constructor(health: TargetHealth = 'INITIAL') {
    this.health = health;
  }

  /** Takes one result under the thresholds that hold now, and answers the status after it. */
  add(isSuccess: boolean, thresholds: Thresholds): TargetHealth {
    if (isSuccess) {
      this.#successes += 1;
      this.#failures = 0;
      const needed = this.health === 'UNHEALTHY' ? thresholds.healthyThreshold : 1;
      if (this.#successes >= needed) this.health = 'HEALTHY';
    } else {
      this.#failures += 1;
      this.#successes = 0;
      if (this.#failures >= thresholds.unhealthyThreshold) this.health = 'UNHEALTHY';
    }
    return this.health;
  }
}
