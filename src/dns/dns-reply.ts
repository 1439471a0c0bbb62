import { type Answer, encode, type OptAnswer } from 'dns-packet';
import type { DnsQuery, RefusedQuery } from './dns-query.ts';
import { RCODE } from './rcode.ts';

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
  if (answer.length > mostBytes(query, transport)) return truncated(query, RCODE.NOERROR);
  const relayed = Buffer.from(answer);
  relayed.writeUInt16BE(query.id, 0);
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

/**
 * Header, question and records. The question is the client's own bytes; dns-packet does not compress
 * names, so what it encodes can stand behind them.
 */
const assemble = (
  { id, question, edns }: Pick<DnsQuery, 'id' | 'question' | 'edns'>,
  flags: number,
  { rcode, answers, authorities }: DnsReply,
): Buffer => {
  const rest = encode({
    type: 'response',
    id,
    flags: flags | (rcode & 0xf),
    answers: [...answers],
    authorities: [...authorities],
    additionals: edns === undefined ? [] : [optRecord(rcode, edns.isDnssecOk)],
  });
  if (question.length === 0) return rest;
  rest.writeUInt16BE(1, 4);
  return Buffer.concat([rest.subarray(0, HEADER_BYTES), question, rest.subarray(HEADER_BYTES)]);
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
