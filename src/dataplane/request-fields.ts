/** What a request's header fields say that means something here, in any version of HTTP. */
export interface RequestFields {
  /** Bytes of the body, or `CHUNKED` when that is not known before its end. */
  readonly bodyLength: number;
  expectsContinue: boolean;
  /** Positions among the fields; -1: absent. Of several, the first. */
  requestIdLine: number;
  userAgentLine: number;
  /** Fields that may carry credentials of AWS: `authorization`, `x-amz-security-token`. */
  authorizationLines: number[] | undefined;
  securityTokenLines: number[] | undefined;
  /** What came as x-forwarded-for, joined; empty: nothing. */
  forwardedFor: string;
  forwardedForCount: number;
  /** With the scheme; empty: absent. Of several, the first. */
  proxyAuthorization: string;
  value(index: number): string;
  /** Takes a field out of what is forwarded. Always true, so that reading it may end with that. */
  drop(index: number): true;
}

/** Reads a field; false when the request is to be refused. */
export type ReadField<Head> = (head: Head, index: number) => boolean;

/** Fields that are set anew by us, or would let a client claim to be somebody, or belong to one connection. */
const DROPPED = [
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'upgrade',
  'x-amzn-source-vpc',
  'x-forwarded-port',
  'x-forwarded-proto',
];

/** Every name with this prefix is dropped, too: only we may say what these say. */
export const LATTICE_PREFIX = 'x-amzn-lattice-';

/** Headers that tell targets of the client and its way; those that begin with the prefix beside these. */
const OURS: ReadonlySet<string> = new Set([
  'x-amzn-requestid',
  'x-amzn-source-vpc',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** Whether targets could take a field of that name for one of ours. @param name in lower case */
export const seemsOurs = (name: string): boolean =>
  isOurs(NOT_PLAIN.test(name) ? asVariable(name) : name);

const isOurs = (name: string): boolean => name.startsWith(LATTICE_PREFIX) || OURS.has(name);

const NOT_PLAIN = /[^a-z0-9-]/;

/**
 * Targets that get headers as variables (RFC 3875 §4.1.18: CGI, and after it WSGI, Rack, PHP) cannot
 * tell an underscore from a hyphen, some of them nor any other sign.
 */
const asVariable = (name: string): string => name.replace(/[^a-z0-9]/g, '-');

/** The fields that are read in the same way in every version, by name. */
export const SHARED_FIELDS: ReadonlyMap<string, ReadField<RequestFields>> = new Map<
  string,
  ReadField<RequestFields>
>([
  ['authorization', readAuthorization],
  ['expect', readExpect],
  ['proxy-authorization', readProxyAuthorization],
  ['user-agent', readUserAgent],
  ['x-amz-security-token', readSecurityToken],
  ['x-amzn-requestid', readRequestId],
  ['x-forwarded-for', readForwardedFor],
  ...DROPPED.map((name): [string, ReadField<RequestFields>] => [name, dropField]),
]);

export function dropField(head: RequestFields, index: number): true {
  return head.drop(index);
}

function readExpect(head: RequestFields, index: number): boolean {
  head.expectsContinue = head.value(index).toLowerCase() === '100-continue';
  return head.expectsContinue && head.drop(index);
}

function readAuthorization(head: RequestFields, index: number): boolean {
  head.authorizationLines ??= [];
  head.authorizationLines.push(index);
  return true;
}

function readProxyAuthorization(head: RequestFields, index: number): boolean {
  if (head.proxyAuthorization === '') head.proxyAuthorization = head.value(index);
  return head.drop(index);
}

function readSecurityToken(head: RequestFields, index: number): boolean {
  head.securityTokenLines ??= [];
  head.securityTokenLines.push(index);
  return true;
}

function readUserAgent(head: RequestFields, index: number): boolean {
  if (head.userAgentLine < 0) head.userAgentLine = index;
  return true;
}

function readRequestId(head: RequestFields, index: number): boolean {
  if (head.requestIdLine < 0) head.requestIdLine = index;
  return head.drop(index);
}

/** As many proxies as a request may have passed (ALB: 30); more is a loop, and would only end by its size. */
const MAX_FORWARDED_FOR = 30;

/** All that came, in order; the client itself is appended when the request is forwarded. */
function readForwardedFor(head: RequestFields, index: number): boolean {
  const value = head.value(index);
  head.forwardedForCount += value.split(',').length;
  if (head.forwardedForCount > MAX_FORWARDED_FOR) return false;
  if (value !== '') head.forwardedFor += head.forwardedFor === '' ? value : `, ${value}`;
  return head.drop(index);
}
