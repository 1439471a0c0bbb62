import type { ServiceError } from './service-error.ts';
import type { ProtocolRequest, ProtocolResponse } from './wire.ts';

/** What a request asks for. */
export interface ParsedRequest {
  readonly operation: string;
  /** Fits the generated input type of the operation: decoded, and valid by the model. */
  readonly input: unknown;
}

/** One service in its wire protocol. */
export interface ServiceProtocol {
  /**
   * Throws ServiceError: for an unknown or not built operation, for what cannot be read, and for a request
   * that the model refuses, with all its failures.
   */
  parse(request: ProtocolRequest): ParsedRequest;
  /** `output` fits the generated output type of the operation; undefined members are left out. */
  serialize(operation: string, output: unknown, requestId: string): ProtocolResponse;
  /** Takes the error codes of REST-JSON for errors that every service has, such as `AccessDeniedException`. */
  serializeError(error: ServiceError, requestId: string): ProtocolResponse;
}
