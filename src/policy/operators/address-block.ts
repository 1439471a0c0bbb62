/**
 * IP addresses as 16-bit groups: two for IPv4, eight for IPv6. An IPv4 address that is written in
 * IPv6 (`::ffff:10.0.0.1`) is the IPv4 address, since sockets for both name IPv4 clients like that.
 */
export type Groups = readonly number[];

export interface AddressBlock {
  readonly groups: Groups;
  readonly prefixLength: number;
}

const MAPPED = 6;
/** The longest way to write an address. */
const LONGEST = 45;

/** @returns undefined when `text` is no address. Zones (`%eth0`) and octets like `01` are none. */
export const parseAddress = (text: string): Groups | undefined => {
  if (text.length > LONGEST) return undefined;
  if (!text.includes(':')) return parseIpv4(text);
  const groups = parseIpv6(text);
  return groups !== undefined && isMapped(groups) ? groups.slice(MAPPED) : groups;
};

/** @returns undefined when `text` is neither an address nor a block. Bits behind the prefix do not count. */
export const parseBlock = (text: string): AddressBlock | undefined => {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const groups = parseAddress(address);
  if (groups === undefined) return undefined;
  if (slash < 0) return { groups, prefixLength: groups.length * 16 };
  const length = text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const isWrittenAsIpv6 = address.includes(':');
  if (Number(length) > (isWrittenAsIpv6 ? 128 : 32)) return undefined;
  if (!isWrittenAsIpv6 || groups.length === 8) return { groups, prefixLength: Number(length) };
  // A prefix shorter than that of mapped addresses has more than IPv4 in it.
  const inIpv4 = Number(length) - MAPPED * 16;
  return inIpv4 >= 0
    ? { groups, prefixLength: inIpv4 }
    : { groups: [0, 0, 0, 0, 0, 0xffff, ...groups], prefixLength: Number(length) };
};

/** False, too, when one is IPv4 and the other IPv6. */
export const isInBlock = (address: Groups, { groups, prefixLength }: AddressBlock): boolean => {
  if (address.length !== groups.length) return false;
  for (let i = 0, bits = prefixLength; bits > 0; i++, bits -= 16) {
    const difference = (address[i] as number) ^ (groups[i] as number);
    if (bits >= 16 ? difference !== 0 : difference >> (16 - bits) !== 0) return false;
  }
  return true;
};

const OCTET = /^(0|[1-9]\d{0,2})$/;

const parseIpv4 = (text: string): number[] | undefined => {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  const [a, b, c, d] = octets.map(Number) as [number, number, number, number];
  return [(a << 8) | b, (c << 8) | d];
};

const parseIpv6 = (text: string): number[] | undefined => {
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
const parseGroups = (text: string, mayEndInIpv4: boolean): number[] | undefined => {
  if (text === '') return [];
  const groups: number[] = [];
  const words = text.split(':');
  for (const [i, word] of words.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(word)) groups.push(Number.parseInt(word, 16));
    else {
      const ipv4 = mayEndInIpv4 && i === words.length - 1 ? parseIpv4(word) : undefined;
      if (ipv4 === undefined) return undefined;
      groups.push(...ipv4);
    }
  }
  return groups;
};

const isMapped = (groups: Groups): boolean =>
  groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
