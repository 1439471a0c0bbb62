import { relative, sep } from 'node:path';
import { commandName } from './command-name.ts';
import { dataFolder } from './data-folder.ts';
import { shellWord } from './quote.ts';

/**
 * What to type here to run a command on the instance of a data folder, in this terminal or another
 * one: `./bin/pergola env --data /tmp/x --account shop`. `words` are quoted
 * where a shell needs that.
 */
export const nextCommand = (dataDir: string, command: string, ...words: string[]): string =>
  [shellWord(commandName()), command + dataFlag(dataDir), ...words.map(shellWord)].join(' ');

/** Left out only where commands find the folder with PERGOLA_DATA and without. */
const dataFlag = (dataDir: string): string =>
  dataFolder(undefined) === dataDir && dataFolder(undefined, {}) === dataDir
    ? ''
    : ` --data ${shellWord(pathFromHere(dataDir))}`;

/** A path as people write it here: relative when it is below this folder. */
export const pathFromHere = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near === '..' || near.startsWith(`..${sep}`) || near.startsWith('-') ? path : near || '.';
};
