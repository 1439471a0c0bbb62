import { type Explanations, noWorkerAnswers } from '../control/explanations.ts';
import type { WorkerPool } from './workers/worker-pool.ts';

/** What the workers know of refusals, for the API. */
export const workerExplanations = (pool: Pick<WorkerPool, 'ask'>): Explanations => ({
  ofRefusal: async (requestId, accountId) => {
    const answer = await pool.ask({
      about: 'refusal',
      requestId,
      ...(accountId === undefined ? {} : { accountId }),
    });
    if (answer === undefined || !('explanations' in answer)) throw noWorkerAnswers();
    return answer.explanations;
  },
  ofSimulation: async ({ principal, headers = [], ...simulation }) => {
    const answer = await pool.ask({
      about: 'simulation',
      simulation: {
        ...simulation,
        principalArn: principal,
        headers: headers.map(({ name, value }) => [name, value] as const),
      },
    });
    if (answer === undefined || !('explanation' in answer || 'problem' in answer)) {
      throw noWorkerAnswers();
    }
    return answer;
  },
  ofPath: async (path) => {
    const answer = await pool.ask({ about: 'path', path });
    if (answer === undefined || !('paths' in answer || 'problem' in answer)) {
      throw noWorkerAnswers();
    }
    return answer;
  },
});
