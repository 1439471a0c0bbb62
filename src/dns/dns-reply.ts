import { type Answer, encode, type OptAnswer } from 'dns-packet';
import type { DnsQuery, RefusedQuery } from './dns-query.ts';

/** What is answered to a query. */
export interface DnsReply {
  readonly rcode: number;
  readonly answers: readonly Answer[];
  /** For answers without records: the SOA of the zone (RFC 2308). */
  readonly authorities: readonly Answer[];
}

/** What is taken by UDP, and the most that is sent: fits the packets of nearly every network. */
export const UDP_BYTES = 1232;
const UDP_BYTES_WITHOUT_EDNS = 512;
const TCP_BYTES = 65_535;

const HEADER_BYTES = 12;
const FLAG_RESPONSE = 0x8000;
const FLAG_TRUNCATED = 0x0200;
const FLAG_RECURSION_DESIRED = 0x0100;
const FLAG_RECURSION_AVAILABLE = 0x0080;
const FLAG_CHECKING_DISABLED = 0x0010;
const FLAG_DNSSEC_OK = 0x8000;

export type Transport = 'udp' | 'tcp';

/** How long an answer may be; the client says so for UDP. */
export const mostBytes = ({ edns }: Pick<DnsQuery, 'edns'>, transport: Transport): number => {
  if (transport === 'tcp') return TCP_BYTES;
  if (edns === undefined) return UDP_BYTES_WITHOUT_EDNS;
  return Math.min(Math.max(edns.udpBytes, UDP_BYTES_WITHOUT_EDNS), UDP_BYTES);
};

/** The bytes of an answer; one that is too long has no records and is marked as truncated. */
export const encodeReply = (query: DnsQuery, reply: DnsReply, transport: Transport): Buffer => {
  const whole = assemble(query, flagsOf(query), reply);
  return whole.length <= mostBytes(query, transport) ? whole : truncated(query, reply.rcode);
};

/** An answer that another server gave, for this client: under its id, and cut to what it takes. */
export const relayReply = (query: DnsQuery, answer: Buffer, transport: Transport): Buffer => {
  const flags = answer.readUInt16BE(2);
  if (answer.length > mostBytes(query, transport)) return truncated(query, flags & 0xf);
  const relayed = Buffer.from(answer);
  relayed.writeUInt16BE(query.id, 0);
  // By TCP there is nothing more to be had: the client would ask the same again.
  if (transport === 'tcp') relayed.writeUInt16BE(flags & ~FLAG_TRUNCATED, 2);
  return relayed;
};

const flagsOf = (query: DnsQuery): number =>
  FLAG_RECURSION_AVAILABLE |
  (query.isRecursionDesired ? FLAG_RECURSION_DESIRED : 0) |
  (query.isCheckingDisabled ? FLAG_CHECKING_DISABLED : 0);

/** Tells the client to ask again by TCP. */
const truncated = (query: DnsQuery, rcode: number): Buffer =>
  assemble(query, flagsOf(query) | FLAG_TRUNCATED, { rcode, answers: [], authorities: [] });

/** Tells the sender of what cannot be answered why. */
export const encodeRefusal = (query: RefusedQuery): Buffer => {
  const flags = (query.opcode << 11) | (query.isRecursionDesired ? FLAG_RECURSION_DESIRED : 0);
  return assemble(query, flags, { rcode: query.refusal, answers: [], authorities: [] });
};

/** What a name that is the question's own is written as: a pointer to it (RFC 1035 §4.1.4). */
const NAME_OF_QUESTION = Buffer.from([0xc0, HEADER_BYTES]);

interface Repeated extends Pick<DnsQuery, 'id' | 'question' | 'edns'> {
  /** Absent where no record can be about it. */
  readonly askedName?: string;
}

/** Header, question and records. The question is the client's own bytes, whatever they are. */
const assemble = (
  { id, question, askedName, edns }: Repeated,
  flags: number,
  { rcode, answers, authorities }: DnsReply,
): Buffer => {
  const additionals = edns === undefined ? [] : [optRecord(rcode, edns.isDnssecOk)];
  const header = Buffer.alloc(HEADER_BYTES);
  const isAsked = question.length > 0;
  const counts = [isAsked ? 1 : 0, answers.length, authorities.length, additionals.length];
  for (const [index, field] of [id, FLAG_RESPONSE | flags | (rcode & 0xf), ...counts].entries()) {
    header.writeUInt16BE(field, index * 2);
  }
  const records = [...answers, ...authorities, ...additionals];
  return Buffer.concat([
    header,
    question,
    ...records.map((record) => encodeRecord(record, askedName)),
  ]);
};

/** dns-packet can write neither pointers nor every name that can be asked for. */
const encodeRecord = (record: Answer, askedName: string | undefined): Buffer => {
  const isAboutQuestion = record.name === askedName;
  const answers = [isAboutQuestion ? { ...record, name: '.' } : record];
  const bytes = encode({ type: 'response', answers }).subarray(HEADER_BYTES);
  return isAboutQuestion ? Buffer.concat([NAME_OF_QUESTION, bytes.subarray(1)]) : bytes;
};

const optRecord = (rcode: number, isDnssecOk: boolean): OptAnswer => ({
  type: 'OPT',
  name: '.',
  udpPayloadSize: UDP_BYTES,
  extendedRcode: rcode >> 4,
  ednsVersion: 0,
  flags: isDnssecOk ? FLAG_DNSSEC_OK : 0,
  flag_do: isDnssecOk,
  options: [],
});
