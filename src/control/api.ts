import type { WireProtocol } from '../protocol/model.ts';
import { ServiceError } from '../protocol/service-error.ts';
import type { ProtocolResponse } from '../protocol/wire.ts';
import { parseSignature } from '../sigv4/parse-signature.ts';
import { SignatureError } from '../sigv4/signature-problem.ts';
import type { SignedRequest } from '../sigv4/signed-request.ts';
import type { Logger } from '../telemetry/logger.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';
import type { CallOrigin } from './authorization/call-origin.ts';
import { BodyBudgetError } from './body-budget.ts';
import { createDispatch, type Dispatch, type DispatchOptions } from './dispatch.ts';
import type { Caller } from './operation.ts';
import { BodyTooLargeError, ClientGoneError } from './read-body.ts';
import { serviceNotBuilt } from './service-not-built.ts';
import {
  ERRORS_LIKE,
  findService,
  openService,
  SERVICES_NOT_BUILT,
  type Service,
} from './services.ts';
import { signatureServiceError } from './signature-errors.ts';
import { ANONYMOUS, mayBeUnsignedCall, UNSIGNED_SERVICE } from './unsigned-call.ts';
import { createIssuerKeys } from './web-identity/issuer-keys.ts';

/** Answers requests of all services; knows no sockets. */
export interface Api {
  /**
   * Never throws for what a request holds; passes on a ClientGoneError of `readBody`, which is
   * called once at most, and only for a request whose head is in order and whose key is known.
   */
  answer(
    head: SignedRequest,
    requestId: string,
    readBody: () => Promise<Buffer>,
    sourceAddress?: string,
  ): Promise<ProtocolResponse>;
}

export interface ApiOptions extends Omit<DispatchOptions, 'issuerKeys'> {
  readonly logger: Logger;
}

export const createApi = (options: ApiOptions): Api => {
  const authenticate = createAuthenticate({
    store: options.store,
    region: options.settings.region,
    now: options.now,
  });
  const issuerKeys = createIssuerKeys({
    settings: options.settings.webIdentity,
    now: options.now,
  });
  const dispatch = createDispatch({ ...options, issuerKeys });
  return {
    answer: async (head, requestId, readBody, sourceAddress) => {
      const origin = { sourceAddress, userAgent: head.headers['user-agent'] };
      try {
        return mayBeUnsignedCall(head)
          ? await answerUnsigned(dispatch, head, requestId, readBody, origin)
          : await answerSigned(authenticate, dispatch, head, requestId, readBody, origin);
      } catch (error) {
        if (error instanceof ClientGoneError) throw error;
        const protocol = await errorProtocol(head);
        return errorResponse(
          protocol,
          toServiceError(error, protocol, requestId, options.logger),
          requestId,
        );
      }
    },
  };
};

const answerSigned = async (
  authenticate: Authenticate,
  dispatch: Dispatch,
  head: SignedRequest,
  requestId: string,
  readBody: () => Promise<Buffer>,
  origin: CallOrigin,
): Promise<ProtocolResponse> => {
  const checked = await authenticate(head);
  const body = await readBody();
  const caller = checked.verify(body);
  const service = await findService(checked.service);
  if (!service) throw serviceNotBuilt(checked.service);
  return answerCaller(dispatch, service, caller, head, requestId, body, origin);
};

/** A form without a signature. All but the one call that needs none are told that they lack it. */
const answerUnsigned = async (
  dispatch: Dispatch,
  head: SignedRequest,
  requestId: string,
  readBody: () => Promise<Buffer>,
  origin: CallOrigin,
): Promise<ProtocolResponse> => {
  const body = await readBody();
  if (!mayBeUnsignedCall(head, body)) {
    throw new SignatureError('missing', 'Missing Authentication Token');
  }
  const service = await openService(UNSIGNED_SERVICE);
  return answerCaller(dispatch, service, ANONYMOUS, head, requestId, body, origin);
};

const answerCaller = async (
  dispatch: Dispatch,
  service: Service,
  caller: Caller,
  head: SignedRequest,
  requestId: string,
  body: Buffer,
  origin: CallOrigin,
): Promise<ProtocolResponse> => {
  const { operation, input } = service.protocol.parse({
    method: head.method,
    rawPath: head.rawPath,
    query: head.rawQuery,
    headers: head.headers,
    body,
  });
  const output = await dispatch(service, operation, input, caller, requestId, origin);
  return service.protocol.serialize(operation, output, requestId);
};

/** The protocol in which the client expects errors: that of the service it signed for, else a guess. */
const errorProtocol = async (head: SignedRequest): Promise<WireProtocol> => {
  const signingName = claimedService(head);
  if (signingName !== undefined) {
    const service = await findService(signingName);
    if (service) return service.model.service.protocol;
    const known = SERVICES_NOT_BUILT.get(signingName);
    if (known) return known;
  }
  if (head.headers['x-amz-target'] !== undefined) return 'json';
  const isForm = head.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm || /(?:^|&)Action=/.test(head.rawQuery) ? 'query' : 'rest-json';
};

const claimedService = (head: SignedRequest): string | undefined => {
  try {
    return parseSignature(head).scope.service;
  } catch {
    return undefined;
  }
};

/** What the client may know of an error. All that is not a ServiceError is our bug: logged, and told as such. */
const toServiceError = (
  error: unknown,
  protocol: WireProtocol,
  requestId: string,
  logger: Logger,
): ServiceError => {
  if (error instanceof ServiceError) return error;
  if (error instanceof SignatureError) return signatureServiceError(protocol, error.problem);
  if (error instanceof BodyTooLargeError) {
    return new ServiceError(
      'RequestEntityTooLargeException',
      413,
      `Request must be at most ${error.maxBytes} bytes.`,
    );
  }
  if (error instanceof BodyBudgetError) {
    return new ServiceError(
      'ServiceUnavailableException',
      503,
      'Too many long requests are arriving at the same time. Try again later.',
    );
  }
  logger.error('a request failed unexpectedly', { requestId, error });
  return new ServiceError(
    'InternalServerException',
    500,
    'An internal error has occurred. Retry your query, but if the problem persists, look for the request id in the log of the control plane.',
  );
};

const errorResponse = async (
  protocol: WireProtocol,
  error: ServiceError,
  requestId: string,
): Promise<ProtocolResponse> => {
  const service = await openService(ERRORS_LIKE[protocol]);
  return service.protocol.serializeError(error, requestId);
};
