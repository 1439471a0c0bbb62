import { decode, type OptAnswer } from 'dns-packet';
import { RCODE, type Rcode } from './rcode.ts';

/** What a client says of itself (RFC 6891). */
export interface Edns {
  /** The longest answer that it takes by UDP. */
  readonly udpBytes: number;
  readonly isDnssecOk: boolean;
}

/** One question, as a client asked it. */
export interface DnsQuery {
  readonly id: number;
  /**
   * As it was asked, without a final dot; empty for the root. What no name of ours has is written
   * `\DDD` (RFC 1035 §5.1), a dot within a label too, so that no two names are one text.
   */
  readonly askedName: string;
  /** In lower case. */
  readonly name: string;
  /** `A`, `AAAA`, ...; `UNKNOWN_65` for those that dns-packet has no name for. */
  readonly type: string;
  readonly isRecursionDesired: boolean;
  readonly isCheckingDisabled: boolean;
  /** The bytes of the question section: answers repeat them. */
  readonly question: Buffer;
  /** Absent: the client does not speak EDNS (RFC 6891). */
  readonly edns?: Edns;
}

/** A packet that asks for nothing that we answer, but that its sender is told about. */
export interface RefusedQuery {
  readonly refusal: Rcode;
  readonly id: number;
  readonly opcode: number;
  readonly isRecursionDesired: boolean;
  /** Empty when it could not be read. */
  readonly question: Buffer;
  readonly edns?: Edns;
}

const HEADER_BYTES = 12;
const CLASS_IN = 1;
const MOST_ADDITIONALS = 4;
/** RFC 1035 §2.3.4, with the lengths of the labels. */
const MOST_NAME_BYTES = 255;
/** Letters, digits, and what else host and service names have. */
const PLAIN_CHARACTER = /[a-z0-9_*-]/i;

/**
 * Reads a query (RFC 1035 §4). Undefined for what must not be answered at all: what is too short, and
 * answers, or two servers could keep each other busy.
 */
export const parseQuery = (packet: Buffer): DnsQuery | RefusedQuery | undefined => {
  if (packet.length < HEADER_BYTES) return undefined;
  const flags = packet.readUInt16BE(2);
  if (flags & 0x8000) return undefined;
  const id = packet.readUInt16BE(0);
  const opcode = (flags >> 11) & 0xf;
  const isRecursionDesired = (flags & 0x100) !== 0;
  const refuse = (refusal: Rcode, question: Buffer = NOTHING, edns?: Edns): RefusedQuery => ({
    refusal,
    id,
    opcode,
    isRecursionDesired,
    question,
    ...(edns !== undefined && { edns }),
  });
  if (opcode !== 0) return refuse(RCODE.NOTIMP);
  const end = questionEnd(packet);
  // Counts are checked before anything is decoded: they bound what a packet can cost.
  const [questions, answers, authorities, additionals] = countsOf(packet);
  if (questions !== 1 || answers > 0 || authorities > 0 || end === undefined) {
    return refuse(RCODE.FORMERR);
  }
  const question = packet.subarray(HEADER_BYTES, end);
  if (additionals > MOST_ADDITIONALS) return refuse(RCODE.FORMERR, question);
  let decoded: ReturnType<typeof decode>;
  try {
    decoded = decode(packet);
  } catch {
    return refuse(RCODE.FORMERR, question);
  }
  const opts = (decoded.additionals ?? []).filter((one): one is OptAnswer => one.type === 'OPT');
  if (opts.length > 1) return refuse(RCODE.FORMERR, question);
  const opt = opts[0];
  const edns = opt && { udpBytes: opt.udpPayloadSize, isDnssecOk: opt.flag_do };
  if (opt !== undefined && opt.ednsVersion > 0) return refuse(RCODE.BADVERS, question, edns);
  const asked = decoded.questions?.[0];
  if (asked === undefined) return refuse(RCODE.FORMERR);
  if (packet.readUInt16BE(end - 2) !== CLASS_IN || TRANSFERS.has(asked.type)) {
    return refuse(RCODE.REFUSED, question, edns);
  }
  const askedName = readName(question);
  return {
    id,
    askedName,
    // Nothing but ASCII is in it: in other scripts, names have no case (RFC 4343 §3).
    name: askedName.toLowerCase(),
    type: asked.type,
    isRecursionDesired,
    isCheckingDisabled: (flags & 0x10) !== 0,
    question,
    ...(edns !== undefined && { edns }),
  };
};

const NOTHING = Buffer.alloc(0);
const TRANSFERS: ReadonlySet<string> = new Set(['AXFR', 'IXFR']);

const countsOf = (packet: Buffer): readonly [number, number, number, number] => [
  packet.readUInt16BE(4),
  packet.readUInt16BE(6),
  packet.readUInt16BE(8),
  packet.readUInt16BE(10),
];

/** The name at the start of a question section, whose end was found. */
const readName = (question: Buffer): string => {
  const labels: string[] = [];
  let at = 0;
  for (let length = question[at]!; length > 0; length = question[at]!) {
    const bytes = question.subarray(at + 1, at + 1 + length);
    labels.push(Array.from(bytes, writeByte).join(''));
    at += length + 1;
  }
  return labels.join('.');
};

const writeByte = (byte: number): string => {
  const character = String.fromCharCode(byte);
  return PLAIN_CHARACTER.test(character) ? character : escaped(byte);
};

const escaped = (byte: number): string => `\\${String(byte).padStart(3, '0')}`;

const ESCAPED_DOT = escaped(0x2e);

/**
 * The name as those read it who do not tell a dot within a label from one between two; undefined
 * when that is the name itself.
 */
export const carelessReading = (name: string): string | undefined =>
  name.includes(ESCAPED_DOT) ? name.replaceAll(ESCAPED_DOT, '.') : undefined;

/**
 * Where the first question ends; undefined when it does not, or its name is too long. A name in it
 * that is a pointer leads nowhere but into the header.
 */
export const questionEnd = (packet: Buffer): number | undefined => {
  let at = HEADER_BYTES;
  for (;;) {
    const length = packet[at];
    if (length === undefined || length > 63) return undefined;
    at += length + 1;
    if (at - HEADER_BYTES > MOST_NAME_BYTES) return undefined;
    if (length === 0) break;
  }
  const end = at + 4;
  return end <= packet.length ? end : undefined;
};
