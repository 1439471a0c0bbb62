import type { IncomingMessage } from 'node:http';
import type { BodyBudget } from './body-budget.ts';

export class BodyTooLargeError extends Error {
  readonly code = 'BODY_TOO_LARGE';
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`the request body is longer than ${maxBytes} bytes`);
    this.name = 'BodyTooLargeError';
    this.maxBytes = maxBytes;
  }
}

/** Nobody is left to answer. */
export class ClientGoneError extends Error {
  readonly code = 'CLIENT_GONE';

  constructor() {
    super('the client closed the connection inside its request');
    this.name = 'ClientGoneError';
  }
}

/**
 * The body to its end. What it holds counts against `budget` until it is complete or given up.
 *
 * @throws BodyTooLargeError as soon as it is known to be longer, BodyBudgetError, ClientGoneError
 */
export const readBody = (
  request: IncomingMessage,
  maxBytes: number,
  budget: BodyBudget,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      reject(new BodyTooLargeError(maxBytes));
      return;
    }
    const share = budget.open();
    const chunks: Buffer[] = [];
    let length = 0;
    const giveUp = (error: Error): void => {
      request.off('data', onData);
      chunks.length = 0;
      share.giveBack();
      reject(error);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > maxBytes) {
        giveUp(new BodyTooLargeError(maxBytes));
        return;
      }
      try {
        share.take(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        giveUp(error as Error);
      }
    };
    request.on('data', onData);
    request.once('end', () => {
      share.giveBack();
      resolve(Buffer.concat(chunks, length));
    });
    request.once('error', () => giveUp(new ClientGoneError()));
    request.once('close', () => giveUp(new ClientGoneError()));
  });
