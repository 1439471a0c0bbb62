import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a browser sends a request for a page of another site, as far as it says so. Pages cannot
 * set these headers (Fetch Metadata §3, Fetch §3.2), but can see to it that a GET has none of them:
 * browsers keep Sec-Fetch-Site from http:// addresses other than this machine's, send Origin where a
 * request could change something, and leave out Referer when the page asks for that.
 *
 * @param host of the service, as proxyTarget() gives it
 */
export const isFromForeignPage = (headers: IncomingHttpHeaders, host: string): boolean => {
  const { origin, referer } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (origin !== undefined) return origin.toLowerCase() !== ownOrigin(host);
  if (site !== undefined || referer === undefined) return false;
  return !URL.canParse(referer) || new URL(referer).origin !== ownOrigin(host);
};

/** What a page has that came from the service by way of the proxy. */
const ownOrigin = (host: string): string => `http://${host.toLowerCase()}`;
