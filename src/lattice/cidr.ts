import { isIPv4, isIPv6 } from 'node:net';

/**
 * IP addresses and CIDR blocks as numbers, so that containment and overlap are comparisons.
 * IPv4 and IPv6 never contain or overlap each other, an IPv4-mapped IPv6 address included.
 */
export interface Address {
  readonly version: 4 | 6;
  /** 32 or 128 bits. */
  readonly value: bigint;
}

export interface Cidr {
  readonly version: 4 | 6;
  /** The address as written; bits right of the prefix may be set. */
  readonly value: bigint;
  /** 0 to 32 or 128. */
  readonly prefixLength: number;
}

const BITS = { 4: 32, 6: 128 } as const;

const IPV4_TAIL = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/;

/** @returns undefined when `text` is not an address. IPv6 zones (`%eth0`) and octets like `01` are refused. */
export const parseAddress = (text: string): Address | undefined => {
  if (isIPv4(text)) {
    return { version: 4, value: fold(text.split('.').map(Number), 8n) };
  }
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const [head = '', tail] = asHexGroups(text).split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return { version: 6, value: fold([...left, ...zeros, ...right], 16n) };
};

/** @returns undefined when `text` is not `ADDRESS/PREFIX` with a prefix in range. */
export const parseCidr = (text: string): Cidr | undefined => {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!address || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const prefixLength = Number(length);
  if (prefixLength > BITS[address.version]) return undefined;
  return { ...address, prefixLength };
};

/** The block with every bit right of the prefix cleared. */
export const toNetwork = (cidr: Cidr): Cidr => {
  const host = hostBits(cidr);
  return { ...cidr, value: (cidr.value >> host) << host };
};

/** How many addresses the block has. */
export const cidrSize = (cidr: Cidr): bigint => 1n << hostBits(cidr);

/** Addresses as in RFC 5952 (lower case, longest run of zero groups shortened). */
export const formatAddress = ({ version, value }: Address): string => {
  if (version === 4) return unfold(value, 4, 8n).join('.');
  const all = unfold(value, 8, 16n);
  const run = longestZeroRun(all);
  const hex = all.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(':');
  const before = hex.slice(0, run.start).join(':');
  const after = hex.slice(run.start + run.length).join(':');
  return `${before}::${after}`;
};

export const formatCidr = (cidr: Cidr): string => `${formatAddress(cidr)}/${cidr.prefixLength}`;

/** True when every address of `inner` is one of `outer`. */
export const containsCidr = (outer: Cidr, inner: Cidr): boolean =>
  outer.version === inner.version &&
  outer.prefixLength <= inner.prefixLength &&
  inner.value >> hostBits(outer) === outer.value >> hostBits(outer);

/** True when the blocks share an address: one of two overlapping blocks contains the other. */
export const overlaps = (a: Cidr, b: Cidr): boolean => containsCidr(a, b) || containsCidr(b, a);

/** Whether an address (text) is in a block (text); false when either is not well formed. */
export const cidrContains = (cidr: string, address: string): boolean => {
  const block = parseCidr(cidr);
  const single = parseAddress(address);
  return (
    block !== undefined &&
    single !== undefined &&
    containsCidr(block, { ...single, prefixLength: BITS[single.version] })
  );
};

const hostBits = (cidr: Cidr): bigint => BigInt(BITS[cidr.version] - cidr.prefixLength);

const fold = (parts: readonly number[], bits: bigint): bigint =>
  parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);

const unfold = (value: bigint, count: number, bits: bigint): number[] =>
  Array.from({ length: count }, (_, i) =>
    Number(BigInt.asUintN(Number(bits), value >> (BigInt(count - 1 - i) * bits))),
  );

const groups = (text: string): number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));

/** `::ffff:10.0.0.1` -> `::ffff:a00:1`. */
const asHexGroups = (text: string): string =>
  text.replace(IPV4_TAIL, (ipv4) => {
    const value = Number(fold(ipv4.split('.').map(Number), 8n));
    return `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
  });

const longestZeroRun = (all: readonly number[]): { start: number; length: number } => {
  let best = { start: 0, length: 0 };
  let start = 0;
  all.forEach((group, i) => {
    if (group !== 0) start = i + 1;
    else if (i + 1 - start > best.length) best = { start, length: i + 1 - start };
  });
  return best;
};
