import fc from 'fast-check';

/**
 * Runs a property: so often in every test run, and `FUZZ_FACTOR` times as often by hand. What fails
 * prints its seed and path, and so does the environment variable `FUZZ_SEED` set it again.
 */
export const fuzz = async <T>(runs: number, property: fc.IAsyncProperty<T>): Promise<void> => {
  const factor = Number(process.env['FUZZ_FACTOR'] ?? 1);
  const given = process.env['FUZZ_SEED'];
  const seed = given === undefined ? Math.trunc(Math.random() * 0x7fffffff) : Number(given);
  const numRuns = runs * factor;
  console.info(`FUZZ_SEED=${seed}, ${numRuns} runs`);
  await fc.assert(property, { numRuns, seed, ...(given !== undefined && { verbose: 1 }) });
};
