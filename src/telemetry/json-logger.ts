import { type DestinationStream, type Logger as Pino, pino } from 'pino';
import type { LogFields, Logger, LogLevel } from './logger.ts';
import { redact, redactText } from './redact.ts';

export interface JsonLoggerOptions {
  readonly level?: LogLevel;
  /** Anything with `write(line)`; standard error unless told, since standard output is for answers. */
  readonly destination?: DestinationStream;
}

/**
 * JSON lines: `level`, `time` (ISO-8601), `message` and the fields. All that it takes is there once it
 * is made: what it has to tell may be that there are no descriptors left, with which nothing can be
 * loaded or opened, and a process that has left root may not read its program any more.
 */
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
      if (!to.isLevelEnabled(level)) return;
      try {
        to[level](redact(fields), redactText(message));
      } catch {
        // What cannot be written is lost: whoever tells of a failure must not fail by that.
      }
    };
  return {
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    child: (fields) => wrap(to.child(redact(fields))),
  };
};
