import type { Logger } from '../telemetry/logger.ts';
import { Seldom } from '../telemetry/seldom.ts';

/** Codes of errno(3) with which no connection can be begun, whatever the target does. */
const CODES: ReadonlySet<string | undefined> = new Set([
  // No local port is left for the target's address and port.
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
]);

/**
 * Tells the operator of connections to targets that fail for want of something of this machine. To
 * clients, and for what is known of the target, they fail like others: the log alone tells whose
 * fault it is, in one line a minute for each reason.
 */
export class LocalShortages {
  readonly #logger: Logger;
  readonly #seldom: Seldom;

  /** @param now in milliseconds */
  constructor(logger: Logger, now: () => number) {
    this.#logger = logger;
    this.#seldom = new Seldom({ now });
  }

  /** For errors of connections; passes over those of other kinds. */
  readonly notice = ({ code, message }: NodeJS.ErrnoException): void => {
    if (code === undefined || !CODES.has(code)) return;
    const failures = this.#seldom.happened(code);
    if (failures === undefined) return;
    this.#logger.error(
      'targets cannot be connected to, and it is not their fault: this machine lacks local ports or descriptors',
      { code, reason: message, failures },
    );
  };
}
