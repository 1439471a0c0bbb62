import type { RequestContext } from '../../../operation.ts';
import { invalidInput } from '../errors.ts';

/**
 * An issuer as its tokens name it, without a slash at the end. HTTPS, as AWS demands; plain HTTP
 * only on a loopback address, and only where the settings file allows it.
 *
 * @throws InvalidInput
 */
export const parseProviderUrl = (
  text: string,
  { settings }: Pick<RequestContext, 'settings'>,
): string => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalidInput('Invalid Open ID Connect Provider URL');
  }
  const isPlain = url.protocol === 'http:' && isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(isPlain && settings.webIdentity.allowHttpLoopback)) {
    throw invalidInput(
      isPlain
        ? 'Invalid Open ID Connect Provider URL: the settings file has to allow plain HTTP on loopback addresses (webIdentity.allowHttpLoopback)'
        : 'Invalid Open ID Connect Provider URL: it must begin with https://',
    );
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalidInput('Invalid Open ID Connect Provider URL');
  }
  return text.replace(/\/+$/, '');
};

export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** What AWS's answers and condition keys show of a provider. */
export const withoutScheme = (url: string): string => url.replace(/^https?:\/\//, '');
