/**
 * How much comparing policies may cost for one request. Requests can be long and policies can have
 * hundreds of patterns: without a limit their product is what a stranger could make a worker do.
 *
 * The unit is about a nanosecond, for texts that are as hard to compare as can be. What takes the
 * same time whatever the request holds is not counted. Our choice of number: a policy of 10 KB with
 * nothing but patterns that have a part between two stars needs a fifth of it for a path of 1 KB.
 */
export const WORK_OF_A_REQUEST = 5_000_000;

/** Of reading a value of a request and bringing it into the form in which it is compared, for each character. */
export const WORK_OF_READING = 2;

/** Policies cannot be evaluated within the limit; the request has to be refused. */
export class WorkLimitError extends Error {
  override readonly name = 'WorkLimitError';
}

/**
 * What is left to the evaluation under way. Evaluating is synchronous, so there is one at a time;
 * handing a counter down to each comparison would cost every request, where most compare next to
 * nothing.
 */
let left = Number.POSITIVE_INFINITY;

/**
 * @param work that was or is about to be done; at most some milliseconds at once
 * @throws WorkLimitError when that is more than is left
 */
export const spendWork = (work: number): void => {
  left -= work;
  if (left < 0) throw new WorkLimitError('policies take too long for the request');
};

/**
 * Runs an evaluation, which must be synchronous, with a limit to its work. Without one there is none.
 *
 * @throws WorkLimitError when the limit is reached
 */
export const limitWork = <T>(work: number, evaluate: () => T): T => {
  const before = left;
  left = work;
  try {
    return evaluate();
  } finally {
    left = before;
  }
};
