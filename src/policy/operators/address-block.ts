/** IPv4 as a number of 32 bits, so that most addresses cost no memory; IPv6 as eight groups of 16. */
export type Address = number | Groups;
type Groups = readonly number[];

export interface AddressBlock {
  readonly address: Address;
  readonly prefixLength: number;
}

/** Groups in front of an IPv4 address that is written in IPv6. */
const MAPPED = [0, 0, 0, 0, 0, 0xffff];
const MAPPED_BITS = 96;
/** The longest way to write an address. */
const LONGEST = 45;

/**
 * An IPv4 address that is written in IPv6 (`::ffff:10.0.0.1`) is the IPv4 address, since sockets for
 * both name IPv4 clients like that.
 *
 * @returns undefined when `text` is no address. Zones (`%eth0`) and octets like `01` are none.
 */
export const parseAddress = (text: string): Address | undefined => {
  if (text.length > LONGEST) return undefined;
  if (!text.includes(':')) return parseIpv4(text);
  const groups = parseIpv6(text);
  return groups !== undefined && MAPPED.every((group, i) => groups[i] === group)
    ? toIpv4(groups[6] as number, groups[7] as number)
    : groups;
};

/** @returns undefined when `text` is neither an address nor a block. Bits behind the prefix do not count. */
export const parseBlock = (text: string): AddressBlock | undefined => {
  const slash = text.indexOf('/');
  const written = slash < 0 ? text : text.slice(0, slash);
  const address = parseAddress(written);
  if (address === undefined) return undefined;
  if (slash < 0) return { address, prefixLength: typeof address === 'number' ? 32 : 128 };
  const length = text.slice(slash + 1);
  const isWrittenAsIpv6 = written.includes(':');
  const prefixLength = Number(length);
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || prefixLength > (isWrittenAsIpv6 ? 128 : 32)) {
    return undefined;
  }
  if (!isWrittenAsIpv6 || typeof address !== 'number') return { address, prefixLength };
  // A prefix shorter than that of written-in-IPv6 addresses has more than IPv4 in it.
  return prefixLength >= MAPPED_BITS
    ? { address, prefixLength: prefixLength - MAPPED_BITS }
    : { address: [...MAPPED, address >>> 16, address & 0xffff], prefixLength };
};

/** False, too, when one is IPv4 and the other IPv6. */
export const isInBlock = (actual: Address, { address, prefixLength }: AddressBlock): boolean => {
  if (typeof actual === 'number' || typeof address === 'number') {
    if (typeof actual !== 'number' || typeof address !== 'number') return false;
    // A shift by 32 is a shift by 0.
    return prefixLength === 0 || (actual ^ address) >>> (32 - prefixLength) === 0;
  }
  for (let i = 0, bits = prefixLength; bits > 0; i++, bits -= 16) {
    const difference = (actual[i] as number) ^ (address[i] as number);
    if (bits >= 16 ? difference !== 0 : difference >> (16 - bits) !== 0) return false;
  }
  return true;
};

const toIpv4 = (high: number, low: number): number => ((high << 16) | low) >>> 0;

const DOT = 46;

/** Four octets without leading zeros. */
const parseIpv4 = (text: string): number | undefined => {
  let address = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (digits === 0) return undefined;
      dots += 1;
      address = address * 256 + octet;
      octet = 0;
      digits = 0;
      continue;
    }
    if (code < 48 || code > 57 || (digits > 0 && octet === 0)) return undefined;
    octet = octet * 10 + code - 48;
    digits += 1;
    if (octet > 255) return undefined;
  }
  return dots === 3 && digits > 0 ? address * 256 + octet : undefined;
};

const parseIpv6 = (text: string): Groups | undefined => {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const left = parseGroups(halves[0] as string, halves.length === 1);
  const right = halves[1] === undefined ? [] : parseGroups(halves[1], true);
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...left, ...new Array<number>(missing).fill(0), ...right];
};

/** Groups between colons; the last two may be written as an IPv4 address. */
const parseGroups = (text: string, mayEndInIpv4: boolean): Groups | undefined => {
  if (text === '') return [];
  const groups: number[] = [];
  const words = text.split(':');
  for (const [i, word] of words.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(word)) groups.push(Number.parseInt(word, 16));
    else {
      const ipv4 = mayEndInIpv4 && i === words.length - 1 ? parseIpv4(word) : undefined;
      if (ipv4 === undefined) return undefined;
      groups.push(ipv4 >>> 16, ipv4 & 0xffff);
    }
  }
  return groups;
};
