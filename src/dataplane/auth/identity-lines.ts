import { principalName } from '../../policy/principal.ts';
import { toWireText } from '../route/wire-text.ts';
import type { Caller } from './caller.ts';

const cache = new WeakMap<Caller, string>();

/**
 * What targets are told of a caller whose signature was verified: the headers `x-amzn-lattice-identity`
 * and `x-amzn-lattice-identity-tags` ("Requests to HTTP targets" in VPC Lattice's user guide). Each
 * line has a CR LF before it and none behind, as `wayLines` begins.
 */
export function identityLines(caller: Caller): string {
  let lines = cache.get(caller);
  if (lines === undefined) {
    lines =
      `\r\nx-amzn-lattice-identity: ${toHeaderValue(identityValue(caller))}` +
      `\r\nx-amzn-lattice-identity-tags: ${toHeaderValue(tagsValue(caller))}`;
    cache.set(caller, lines);
  }
  return lines;
}

/** Keys stay when their value is empty. Joined as AWS does it, with a space, of which its guide does not tell. */
const identityValue = (caller: Caller): string =>
  [
    `Principal=${escapeValue(principalName(caller.principal))}`,
    `PrincipalOrgID=${escapeValue(caller.organizationId ?? '')}`,
    `PrincipalOrgPaths=${escapeValue(caller.organizationPath ?? '')}`,
    `SessionName=${escapeValue(caller.sessionName ?? '')}`,
    'Type=AWS_IAM',
  ].join('; ');

const tagsValue = (caller: Caller): string =>
  [
    `principal=${escapeValue(principalName(caller.principal))}`,
    `principalorgid=${escapeValue(caller.organizationId ?? '')}`,
    `principalorgpath=${escapeValue(caller.organizationPath ?? '')}`,
    ...[...caller.tags].filter(([name]) => !isOwnKey(name)).map(toPair),
  ].join(';');

const OWN_KEYS: ReadonlySet<string> = new Set(['principal', 'principalorgid', 'principalorgpath']);

/**
 * A tag of such a name would let a caller appear to be somebody else: our choice is to leave it out,
 * also where it is one only to those who trim names or do not see all of their characters.
 */
const isOwnKey = (name: string): boolean =>
  OWN_KEYS.has(name.normalize('NFKC').replace(INVISIBLE, '').toLowerCase());

const INVISIBLE = /[\p{C}\p{Z}]/gu;

const toPair = ([name, value]: readonly [name: string, value: string]): string =>
  `${name.replace(/[\\;=]/g, '\\$&')}=${escapeValue(value)}`;

/**
 * AWS escapes `;` in tags alone. The others are our choice: paths of users can have it as well, a
 * backslash at the end of a value would take the separator along, and a `=` in a name would make
 * another name of it.
 */
const escapeValue = (value: string): string => value.replace(/[\\;]/g, '\\$&');

/** Without what would end a line or what a parser would refuse; then UTF-8, one character a byte. */
const toHeaderValue = (text: string): string => toWireText(text.replace(/\p{Cc}/gu, '?'));
