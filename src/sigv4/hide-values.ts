import { decodeUri } from './encode-uri.ts';
import type { CanonicalParts } from './service-canonical.ts';

export const HIDDEN = '(hidden)';

/** Whether a value may let somebody in, or may not be told for another reason; the name is decoded. */
export type IsHidden = (place: 'header' | 'query', name: string, value: string) => boolean;

/** The parts of a canonical request without the values that may let somebody in. */
export const hideInParts = (parts: CanonicalParts, isHidden: IsHidden): CanonicalParts => ({
  ...parts,
  headers: hideValues(parts.headers, '\n', ':', (name, value) => isHidden('header', name, value)),
  query: hideValues(parts.query, '&', '=', (name, value) => isHidden('query', name, value)),
});

/** A list of names and values without the values that `isHidden` names. Escapes do not make a name harmless. */
export const hideValues = (
  text: string,
  separator: string,
  assigns: string,
  isHidden: (name: string, value: string) => boolean,
): string =>
  text
    .split(separator)
    .map((entry) => {
      const assignsAt = entry.indexOf(assigns);
      const name = entry.slice(0, Math.max(0, assignsAt));
      return assignsAt >= 0 && isHidden(decodeUri(name), entry.slice(assignsAt + 1))
        ? `${name}${assigns}${HIDDEN}`
        : entry;
    })
    .join(separator);
