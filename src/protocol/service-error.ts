import { shortened } from './shortened.ts';
import { protocolLimits } from './wire.ts';

/**
 * An error that AWS clients see: code as in the model, message in AWS's words where they are known.
 * Operations throw it; the protocol adapters write it in the form of their protocol. A message beyond
 * `protocolLimits.errorCharacters` is cut: it may repeat what the caller sent.
 */
export class ServiceError extends Error {
  readonly code: string;
  readonly statusCode: number;
  /** Members beside `message`, as in the model's error shape: `resourceId`, `fieldList`, ... */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    statusCode: number,
    message: string,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(shortened(message, protocolLimits.errorCharacters));
    this.name = 'ServiceError';
    this.code = code;
    this.statusCode = statusCode;
    this.members = members;
  }
}
