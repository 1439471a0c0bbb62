import type { WireProtocol } from '../protocol/model.ts';
import { ServiceError } from '../protocol/service-error.ts';
import { type SignatureProblem, UNKNOWN_KEY_TEXT } from '../sigv4/signature-problem.ts';

type Answer = readonly [code: string, statusCode: number, text?: string];
type Answers = Readonly<Record<SignatureProblem['kind'], Answer>>;

const AUTH_FAILURE = 'AWS was not able to validate the provided access credentials';

const QUERY_ANSWERS: Answers = {
  missing: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
  incomplete: ['IncompleteSignature', 400],
  invalid: ['SignatureDoesNotMatch', 403],
  expired: ['SignatureDoesNotMatch', 403],
  mismatch: ['SignatureDoesNotMatch', 403],
  unknownKey: ['InvalidClientTokenId', 403, UNKNOWN_KEY_TEXT],
  expiredToken: ['ExpiredToken', 403],
};

/** How the services of each protocol refuse a signature. Without a text, the problem's own is told. */
const ANSWERS: Readonly<Record<WireProtocol, Answers>> = {
  'rest-json': {
    missing: ['MissingAuthenticationTokenException', 403],
    incomplete: ['IncompleteSignatureException', 403],
    invalid: ['InvalidSignatureException', 403],
    expired: ['InvalidSignatureException', 403],
    mismatch: ['InvalidSignatureException', 403],
    unknownKey: ['UnrecognizedClientException', 403, UNKNOWN_KEY_TEXT],
    expiredToken: ['ExpiredTokenException', 403],
  },
  json: {
    missing: ['MissingAuthenticationTokenException', 400],
    incomplete: ['IncompleteSignatureException', 400],
    invalid: ['InvalidSignatureException', 400],
    expired: ['InvalidSignatureException', 400],
    mismatch: ['InvalidSignatureException', 400],
    unknownKey: ['UnrecognizedClientException', 400, UNKNOWN_KEY_TEXT],
    expiredToken: ['ExpiredTokenException', 400],
  },
  query: QUERY_ANSWERS,
  'rest-xml': QUERY_ANSWERS,
  ec2: {
    missing: ['MissingAuthenticationToken', 403, 'Request is missing Authentication Token'],
    incomplete: ['IncompleteSignature', 400],
    invalid: ['AuthFailure', 401],
    expired: ['RequestExpired', 400],
    mismatch: ['SignatureDoesNotMatch', 403],
    unknownKey: ['AuthFailure', 401, AUTH_FAILURE],
    expiredToken: ['RequestExpired', 400, 'Request has expired.'],
  },
};

/** What a client is told when its signature is not accepted, in the codes of its protocol. */
export const signatureServiceError = (
  protocol: WireProtocol,
  { kind, message }: SignatureProblem,
): ServiceError => {
  const [code, statusCode, text] = ANSWERS[protocol][kind];
  return new ServiceError(code, statusCode, text ?? message);
};
