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
    `Principal=${principalName(caller.principal)}`,
    `PrincipalOrgID=${caller.organizationId ?? ''}`,
    `PrincipalOrgPaths=${caller.organizationPath ?? ''}`,
    `SessionName=${caller.sessionName ?? ''}`,
    'Type=AWS_IAM',
  ].join('; ');

const tagsValue = (caller: Caller): string =>
  [
    `principal=${principalName(caller.principal)}`,
    `principalorgid=${caller.organizationId ?? ''}`,
    `principalorgpath=${caller.organizationPath ?? ''}`,
    ...[...caller.tags].filter(([name]) => !OWN_KEYS.has(name.toLowerCase())).map(toPair),
  ].join(';');

/** A tag of this name would let a caller appear to be somebody else: our choice is to leave it out. */
const OWN_KEYS: ReadonlySet<string> = new Set(['principal', 'principalorgid', 'principalorgpath']);

/**
 * AWS escapes `;` alone. The others are our choice: a backslash at the end of a value would take the
 * separator along, and a `=` in a name would make another name of it.
 */
const toPair = ([name, value]: readonly [name: string, value: string]): string =>
  `${name.replace(/[\\;=]/g, '\\$&')}=${value.replace(/[\\;]/g, '\\$&')}`;

/** Without what would end a line or what a parser would refuse; then UTF-8, one character a byte. */
const toHeaderValue = (text: string): string => toWireText(text.replace(/\p{Cc}/gu, '?'));
