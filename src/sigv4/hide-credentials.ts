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

/**
 * A list of names and values without the values that may let somebody in. Escapes do not make a name
 * harmless; one that cannot be decoded is looked at as it is.
 */
export const hideValues = (
  text: string,
  separator: string,
  assigns: string,
  isSecretName: (name: string) => boolean,
): string =>
  text
    .split(separator)
    .map((entry) => {
      const assignsAt = entry.indexOf(assigns);
      const name = entry.slice(0, Math.max(0, assignsAt));
      const isSecret = assignsAt >= 0 && isSecretName(decodeUri(name));
      return isSecret ? `${name}${assigns}${HIDDEN}` : entry;
    })
    .join(separator);
