import { ServiceError } from './service-error.ts';
import type { ProtocolRequest, ProtocolResponse } from './wire.ts';

/** For tests: a request with what is given, and the least of the rest. */
export const aRequest = (
  given: Partial<Omit<ProtocolRequest, 'body'>> & { readonly body?: string | Buffer },
): ProtocolRequest => ({
  method: 'POST',
  rawPath: '/',
  query: '',
  headers: {},
  ...given,
  body: Buffer.from(given.body ?? ''),
});

/** For tests: the ServiceError that `run` throws. */
export const refusal = (run: () => unknown): ServiceError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

/** For tests: the body of an answer in JSON. */
export const jsonBody = (response: ProtocolResponse): unknown =>
  JSON.parse(response.body.toString());
