import { createRequire } from 'node:module';
import type { pino as createPino, DestinationStream, Logger as Pino } from 'pino';
import type { LogFields, Logger, LogLevel } from './logger.ts';
import { redact, redactText } from './redact.ts';

export interface JsonLoggerOptions {
  readonly level?: LogLevel;
  /** Anything with `write(line)`; standard error unless told, since standard output is for answers. */
  readonly destination?: DestinationStream;
}

/**
 * JSON lines: `level`, `time` (ISO-8601), `message` and the fields. The library is loaded for the
 * first line: most processes never write one, and it takes 10 MB.
 */
export const jsonLogger = (options: JsonLoggerOptions = {}): Logger => {
  let pino: Pino | undefined;
  return wrap(() => {
    pino ??= open(options);
    return pino;
  });
};

const open = (options: JsonLoggerOptions): Pino => {
  const { pino } = createRequire(import.meta.url)('pino') as { pino: typeof createPino };
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
