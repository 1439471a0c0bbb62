import { principalValue } from '../../policy/principal-value.ts';
import { findTagKey } from '../../policy/tags.ts';
import { fromWireText } from '../route/wire-text.ts';
import type { RequestValues } from './request-values.ts';

/** Reads the value that a request has for one condition key; see `ConditionValues`. */
export type ReadKey = (request: RequestValues) => string | readonly string[] | undefined;

const LATTICE = 'vpc-lattice-svcs:';
const HEADER = 'vpc-lattice-svcs:requestheader/';
const QUERY = 'vpc-lattice-svcs:requestquerystring/';
const RESOURCE_TAG = 'aws:resourcetag/';

/** Keys that are about a request; a connection that is passed through has none of them. */
const REQUEST_KEYS: Readonly<Record<string, ReadKey>> = {
  'vpc-lattice-svcs:requestmethod': ({ asked }) => asked.head.method,
  'vpc-lattice-svcs:requestpath': ({ path }) => path,
  'aws:useragent': (request) => headerValue(request, 'user-agent'),
  'aws:referer': (request) => headerValue(request, 'referer'),
};

const OTHER_KEYS: Readonly<Record<string, ReadKey>> = {
  'vpc-lattice-svcs:port': ({ asked }) => String(asked.source.listenerPort),
  'vpc-lattice-svcs:servicenetworkarn': ({ asked }) => asked.network.arn,
  'vpc-lattice-svcs:servicearn': ({ asked }) => asked.service.arn,
  'vpc-lattice-svcs:sourcevpc': ({ asked }) => asked.source.vpcId,
  'vpc-lattice-svcs:sourcevpcowneraccount': ({ asked }) => asked.vpc?.accountId,
  'aws:sourceip': ({ asked }) => asked.source.address,
  'aws:sourcevpc': ({ asked }) => asked.source.vpcId,
  'aws:currenttime': ({ asked }) => new Date(asked.nowMs).toISOString(),
  'aws:epochtime': ({ asked }) => String(Math.floor(asked.nowMs / 1000)),
  'aws:securetransport': ({ asked }) => String(asked.source.protocol === 'https'),
  'aws:requestedregion': ({ asked }) => regionOf(asked.service.arn),
  'aws:resourceaccount': ({ asked }) => asked.service.accountId,
  'aws:viaawsservice': () => 'false',
};

const ofRequest =
  (read: ReadKey): ReadKey =>
  (request) =>
    request.action === 'vpc-lattice-svcs:Invoke' ? read(request) : undefined;

const KEYS: ReadonlyMap<string, ReadKey> = new Map([
  ...Object.entries(OTHER_KEYS),
  ...Object.entries(REQUEST_KEYS).map(([key, read]) => [key, ofRequest(read)] as const),
]);

/**
 * How the value of a condition key is read: of those that VPC Lattice's user guide lists for auth
 * policies, and of AWS's global ones as far as they mean something here.
 *
 * @param key as policies ask for it: small letters up to a slash
 */
export const compileKey = (key: string): ReadKey => {
  const read = KEYS.get(key);
  if (read !== undefined) return read;
  if (key.startsWith(HEADER)) {
    const name = key.slice(HEADER.length).toLowerCase();
    return ofRequest((request) => headerValue(request, name));
  }
  if (key.startsWith(QUERY)) {
    const name = key.slice(QUERY.length);
    return ofRequest(({ query }) => query.get(name));
  }
  if (key.startsWith(LATTICE)) return () => undefined;
  if (key.startsWith(RESOURCE_TAG)) {
    const name = key.slice(RESOURCE_TAG.length);
    return ({ asked }) => tagValue(asked.service.tags, name);
  }
  // What is left to the principal is the name of a tag in another letter case.
  return ({ asked, principal }) => asked.caller?.keys.get(key) ?? principalValue(principal, key);
};

/**
 * @param name in lower case. Several lines count as one, joined with `,` (RFC 9110 §5.2). Lines that
 *   the target does not get are none: what a client says in them would be heard by policies alone.
 */
const headerValue = ({ asked: { head } }: RequestValues, name: string): string | undefined => {
  const { names, values, authority } = head;
  // HTTP/2 has no Host, and an absolute request target outranks it.
  if (name === 'host') return authority;
  // HTTP/2 may send each cookie in a line of its own; targets of HTTP/1.1 get them so (RFC 9113 §8.2.3).
  const separator = name === 'cookie' ? '; ' : ',';
  let text: string | undefined;
  for (let at = names.indexOf(name); at >= 0; at = names.indexOf(name, at + 1)) {
    if (head.isPassedOn?.(at) === false) continue;
    text = text === undefined ? values[at] : text + separator + values[at];
  }
  return text && fromWireText(text);
};

/** `arn:partition:service:region:account:…` */
export const regionOf = (arn: string): string => {
  const start = arn.indexOf(':', arn.indexOf(':', arn.indexOf(':') + 1) + 1) + 1;
  return arn.slice(start, arn.indexOf(':', start));
};

const tagValue = (tags: Readonly<Record<string, string>>, wanted: string): string | undefined => {
  // Mostly it is written alike, and then nothing has to be looked through.
  if (Object.hasOwn(tags, wanted)) return tags[wanted];
  const key = findTagKey(Object.keys(tags), wanted);
  return key === undefined ? undefined : tags[key];
};
