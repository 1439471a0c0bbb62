import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { CliError, usageError } from '../../src/cli/cli-error.ts';

/** The options on the command line. @throws CliError for what is none, in the words of `pergola` */
export const parseDemoOptions = <Options extends ParseArgsOptionsConfig>(
  command: string,
  options: Options,
) => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const [reason = ''] = (error as Error).message.replaceAll(/'([^']*)'/g, '`$1`').split('. ');
    throw usageError(`${reason[0]?.toLowerCase()}${reason.slice(1)}; see ${command} -- --help`);
  }
};

/** Runs a demo to its exit code; what it has to say about its use is a line. */
export const runDemoCommand = async (main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    process.stderr.write(`demo: ${error.message}\n`);
    process.exitCode = error.exitCode;
  }
};
