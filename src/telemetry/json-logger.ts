import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import type { LogFields, Logger, LogLevel } from './logger.ts';
import { redact, redactText } from './redact.ts';

export interface JsonLoggerOptions {
  readonly level?: LogLevel;
  /** Anything with `write(line)`; standard error unless told, since standard output is for answers. */
  readonly destination?: DestinationStream;
}

/** JSON lines: `level`, `time` (ISO-8601), `message` and the fields. */
export const jsonLogger = (options: JsonLoggerOptions = {}): Logger =>
  wrap(
    pino(
      {
        level: options.level ?? 'info',
        base: null,
        messageKey: 'message',
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
      },
      options.destination ?? process.stderr,
    ),
  );

const wrap = (to: Pino): Logger => {
  const log =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (to.isLevelEnabled(level)) to[level](redact(fields), redactText(message));
    };
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: (fields) => wrap(to.child(redact(fields))),
  };
};
