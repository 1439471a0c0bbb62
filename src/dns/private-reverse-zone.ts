/**
 * Zones of the names of addresses that mean something else, or nothing, outside: those of RFC 1918,
 * link-local ones, and fd00::/8 (RFC 6303 §4).
 */
const PRIVATE =
  /(?:^|\.)((?:10|(?:1[6-9]|2\d|3[01])\.172|168\.192|254\.169)\.in-addr\.arpa|d\.f\.ip6\.arpa)$/;

/**
 * The zone in which the name of a private address stands, undefined for all other names. Servers
 * elsewhere know nothing of these, and are not to learn which addresses somebody has.
 * @param name in lower case, without a final dot
 */
export const privateReverseZone = (name: string): string | undefined =>
  name.endsWith('.arpa') ? PRIVATE.exec(name)?.[1] : undefined;
