import { invalidDomainName } from './errors.ts';

const MOST_CHARACTERS = 253;
const LABEL = /^[a-z0-9_-]{1,63}$/;

/**
 * A name as it is kept: lower case, without a final dot. `*` may stand for the first label of a
 * record's name, written so or as `\052`.
 * @throws ServiceError InvalidDomainName
 */
export const parseDomainName = (text: string, { wildcard = false } = {}): string => {
  const name = text
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\\052(?=\.|$)/, '*');
  const labels = name.split('.');
  const isLabel = (label: string, index: number) =>
    LABEL.test(label) || (wildcard && index === 0 && label === '*');
  if (name.length > MOST_CHARACTERS || !labels.every(isLabel)) {
    throw invalidDomainName(
      `The domain name ${text} is not valid: it must have labels of 1 to 63 letters, digits, hyphens and underscores, 253 characters at most.`,
    );
  }
  return name;
};

/** As answers have it: with a final dot, and `*` escaped. */
export const formatDomainName = (name: string): string => `${name.replace(/^\*/, '\\052')}.`;

/** Whether a name stands in a zone, at its apex or below. */
export const isInZone = (name: string, zone: string): boolean =>
  name === zone || name.endsWith(`.${zone}`);

/** How Route 53 orders names: by their labels from the last to the first. */
export const orderOfName = (name: string): string => name.split('.').reverse().join('\0');
