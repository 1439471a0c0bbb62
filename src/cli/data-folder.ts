import { resolve } from 'node:path';

/** The data folder that is meant: the flag, else PERGOLA_DATA, else `.pergola` here; absolute. */
export const dataFolder = (
  flag: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): string => resolve(flag ?? (env['PERGOLA_DATA'] || '.pergola'));
