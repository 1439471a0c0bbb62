import { decodeUri } from './encode-uri.ts';
import type { CanonicalParts } from './service-canonical.ts';

export const HIDDEN = '(hidden)';

/** The parts of a canonical request without the values that may let somebody in. */
export const hideCredentials = (
  parts: CanonicalParts,
  isSecretName: (name: string) => boolean,
): CanonicalParts => ({
  ...parts,
  headers: hideValues(parts.headers, '\n', ':', isSecretName),
  query: hideValues(parts.query, '&', '=', isSecretName),
});

const hideValues = (
  text: string,
  separator: string,
  assigns: string,
  isSecretName: (name: string) => boolean,
): string =>
  text
    .split(separator)
    .map((entry) => {
      const name = entry.slice(0, entry.indexOf(assigns));
      const isSecret = entry !== '' && isSecretName(decodeUri(name));
      return isSecret ? `${name}${assigns}${HIDDEN}` : entry;
    })
    .join(separator);
