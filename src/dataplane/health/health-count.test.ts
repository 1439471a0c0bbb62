import { describe, expect, test } from 'vitest';
import { HealthCount } from './health-count.ts';

const thresholds = { healthyThreshold: 3, unhealthyThreshold: 2 };

describe('what check results make of a target', () => {
  // + is a success, - a failure; below each the status after it.
  test.each([
    { name: 'a new target is healthy after one success', results: '+', statuses: 'H' },
    { name: 'one failure is not enough', results: '-', statuses: 'I' },
    { name: 'a new target that never answers becomes unhealthy', results: '--', statuses: 'IU' },
    { name: 'a success ends a row of failures', results: '+-+-+', statuses: 'HHHHH' },
    { name: 'a healthy target becomes unhealthy', results: '+--', statuses: 'HHU' },
    { name: 'an unhealthy one needs its row of successes', results: '--+++', statuses: 'IUUUH' },
    { name: 'a failure ends a row of successes', results: '--++-++', statuses: 'IUUUUUU' },
    { name: 'what is healthy again fails anew', results: '--+++-+--', statuses: 'IUUUHHHHU' },
    { name: 'a failure before the first success changes nothing', results: '-+', statuses: 'IH' },
  ])('$name', ({ results, statuses }) => {
    const count = new HealthCount();
    const seen = [...results].map((result) => count.add(result === '+', thresholds)[0]);
    expect(seen.join('')).toBe(statuses);
  });

  test('a threshold that changes holds for the next result', () => {
    const count = new HealthCount();
    count.add(false, thresholds);
    expect(count.add(false, { ...thresholds, unhealthyThreshold: 4 })).toBe('INITIAL');
    expect(count.add(false, { ...thresholds, unhealthyThreshold: 3 })).toBe('UNHEALTHY');
  });
});
