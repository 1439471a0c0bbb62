import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { pino as createPino, DestinationStream, Logger as Pino } from 'pino';
import type { LogFields, Logger, LogLevel } from './logger.ts';
import { redact, redactText } from './redact.ts';

export interface JsonLoggerOptions {
  readonly level?: LogLevel;
  /** Anything with `write(line)`; standard error unless told, since standard output is for answers. */
  readonly destination?: DestinationStream;
  /** This process is about to be another user's: what others may not read is loaded now. */
  readonly isLeavingRoot?: boolean;
}

const load = createRequire(import.meta.url);

/**
 * JSON lines: `level`, `time` (ISO-8601), `message` and the fields. The library is loaded for the
 * first line: most processes never write one, and it takes 10 MB.
 */
export const jsonLogger = (options: JsonLoggerOptions = {}): Logger => {
  let pino: Pino | undefined;
  if (options.isLeavingRoot === true && !isOpenToAll(load.resolve('pino'))) pino = open(options);
  return wrap(() => {
    pino ??= open(options);
    return pino;
  });
};

const open = (options: JsonLoggerOptions): Pino => {
  const { pino } = load('pino') as { pino: typeof createPino };
  return pino(
    {
      level: options.level ?? 'info',
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination ?? process.stderr,
  );
};

const isOpenToAll = (file: string): boolean => {
  let isOpen = (statSync(file).mode & 0o004) !== 0;
  for (let at = file; isOpen && at !== dirname(at); ) {
    at = dirname(at);
    isOpen = (statSync(at).mode & 0o001) !== 0;
  }
  return isOpen;
};

const wrap = (pino: () => Pino): Logger => {
  const log =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      const to = pino();
      if (to.isLevelEnabled(level)) to[level](redact(fields), redactText(message));
    };
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: (fields) => {
      let child: Pino | undefined;
      return wrap(() => {
        child ??= pino().child(redact(fields));
        return child;
      });
    },
  };
};
