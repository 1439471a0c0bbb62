import { decodeUri } from './encode-uri.ts';
import type { CanonicalParts } from './service-canonical.ts';

export const HIDDEN = '(hidden)';

/** Whether a value may let somebody in, or may not be told for another reason; the name is decoded. */
export type IsHidden = (place: 'header' | 'query', name: string, value: string) => boolean;

/** The parts of a canonical request without the values that may let somebody in. */
export const hideCredentials = (parts: CanonicalParts, isHidden: IsHidden): CanonicalParts => ({
  ...parts,
  headers: hideValues(parts.headers, '\n', ':', (name, value) => isHidden('header', name, value)),
  query: hideValues(parts.query, '&', '=', (name, value) => isHidden('query', name, value)),
});

const hideValues = (
  text: string,
  separator: string,
  assigns: string,
  isHidden: (name: string, value: string) => boolean,
): string =>
  text
    .split(separator)
    .map((entry) => {
      const assignsAt = entry.indexOf(assigns);
      const name = entry.slice(0, assignsAt);
      return entry !== '' && isHidden(decodeUri(name), entry.slice(assignsAt + 1))
        ? `${name}${assigns}${HIDDEN}`
        : entry;
    })
    .join(separator);
