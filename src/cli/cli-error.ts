/**
 * A failure that the person at the terminal can do something about: the text says what was wrong
 * and what to do. Exit code 1: it could not be done; 2: the command line makes no sense.
 */
export class CliError extends Error {
  readonly code: string;
  readonly exitCode: number;

  constructor(
    message: string,
    options: { code?: string; exitCode?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.code = options.code ?? 'failed';
    this.exitCode = options.exitCode ?? 1;
  }
}

export const usageError = (message: string): CliError =>
  new CliError(message, { code: 'usage', exitCode: 2 });
