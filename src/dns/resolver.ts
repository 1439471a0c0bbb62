import { decode, encode } from 'dns-packet';
import type { Logger } from '../telemetry/logger.ts';
import { answerLocally, type LocalAnswer } from './answer-locally.ts';
import { type DnsQuery, parseQuery, type RefusedQuery } from './dns-query.ts';
import {
  type DnsReply,
  encodeRefusal,
  encodeReply,
  relayReply,
  type Transport,
  UDP_BYTES,
} from './dns-reply.ts';
import type { Forwarder } from './forwarder.ts';
import type { NameDirectory } from './name-directory.ts';
import { RCODE } from './rcode.ts';

export type Respond = (answer: Buffer) => void;

/** Answers DNS packets of clients in VPCs; knows no sockets of theirs. */
export class Resolver {
  /** Since the start. */
  readonly counts = { queries: 0, forwarded: 0, failed: 0 };
  readonly #directory: NameDirectory;
  readonly #forwarder: Forwarder;
  readonly #logger: Logger;
  #mistakes = 0;

  constructor(directory: NameDirectory, forwarder: Forwarder, logger: Logger) {
    this.#directory = directory;
    this.#forwarder = forwarder;
    this.#logger = logger;
  }

  /**
   * Calls `respond` once: at once when the answer is known here, later when others are asked. Not at
   * all for what must not be answered; then it returns false. Never throws: what a packet brings
   * about that was not thought of is noted, and the packet is dropped.
   */
  answer(vpcId: string, packet: Buffer, transport: Transport, respond: Respond): boolean {
    try {
      const query = parseQuery(packet);
      if (query === undefined) return false;
      this.counts.queries += 1;
      this.#answer(vpcId, query, packet, transport, respond);
      return true;
    } catch (error) {
      this.#noteMistake(error as Error);
      return false;
    }
  }

  #answer(
    vpcId: string,
    query: DnsQuery | RefusedQuery,
    packet: Buffer,
    transport: Transport,
    respond: Respond,
  ): void {
    if ('refusal' in query) {
      respond(encodeRefusal(query));
      return;
    }
    if (!this.#directory.serves(vpcId)) {
      respond(encodeReply(query, { ...NOTHING, rcode: RCODE.REFUSED }, transport));
      return;
    }
    const { name, askedName, type } = query;
    const local = answerLocally(this.#directory, { vpcId, name, askedName, type });
    if (local !== undefined && local.continueWith === undefined) {
      respond(this.#encode(query, local, transport));
      return;
    }
    if (local === undefined && !this.#forwarder.hasServers) {
      respond(encodeReply(query, { ...NOTHING, rcode: RCODE.REFUSED }, transport));
      return;
    }
    this.counts.forwarded += 1;
    const answer =
      local === undefined
        ? this.#relay(vpcId, query, packet, transport)
        : this.#continue(vpcId, query, local, transport);
    answer.then(respond).catch((error: Error) => this.#noteMistake(error));
  }

  /** Of the first one, the second, the fourth and so on: nobody can fill the log. */
  #noteMistake({ stack }: Error): void {
    this.counts.failed += 1;
    this.#mistakes += 1;
    if ((this.#mistakes & (this.#mistakes - 1)) !== 0) return;
    this.#logger.error('a DNS query was dropped', { mistakes: this.#mistakes, stack });
  }

  /** The answer to another's question goes through as it is, DNSSEC and all. */
  async #relay(
    vpcId: string,
    query: DnsQuery,
    packet: Buffer,
    transport: Transport,
  ): Promise<Buffer> {
    const answer = await this.#forwarder.ask(vpcId, packet, transport);
    if (answer === undefined) return this.#encode(query, FAILED, transport);
    return relayReply(query, answer, transport);
  }

  /** An alias of the zone leads to a name that others know: their records go behind ours. */
  async #continue(
    vpcId: string,
    query: DnsQuery,
    local: LocalAnswer,
    transport: Transport,
  ): Promise<Buffer> {
    const question = ownQuestion(local.continueWith ?? '', query.type);
    // By TCP if need be: the answer is ours to cut.
    const answer = await this.#forwarder.ask(vpcId, question, 'tcp');
    const rest = answer && recordsOf(answer);
    if (rest === undefined) return this.#encode(query, FAILED, transport);
    try {
      const reply = { ...rest, answers: [...local.answers, ...rest.answers] };
      const bytes = encodeReply(query, reply, transport);
      if (isReadable(bytes)) return bytes;
    } catch {
      // As below.
    }
    // Not everything that dns-packet reads can it write.
    return this.#encode(query, FAILED, transport);
  }

  #encode(query: DnsQuery, reply: DnsReply, transport: Transport): Buffer {
    if (reply.rcode === RCODE.SERVFAIL) this.counts.failed += 1;
    return encodeReply(query, reply, transport);
  }
}

const NOTHING: DnsReply = { rcode: RCODE.NOERROR, answers: [], authorities: [] };
const FAILED: DnsReply = { ...NOTHING, rcode: RCODE.SERVFAIL };

const FLAG_RECURSION_DESIRED = 0x0100;

/** The forwarder gives it an id. */
const ownQuestion = (name: string, type: string): Buffer =>
  encode({
    type: 'query',
    id: 0,
    flags: FLAG_RECURSION_DESIRED,
    questions: [{ name, type: type as never }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_BYTES,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  });

/** More than these no answer has that anybody could use; reading takes the longer the more there are. */
const MOST_RECORDS = 1000;

/** Undefined for what cannot be read. */
const recordsOf = (packet: Buffer): DnsReply | undefined => {
  const count = packet.readUInt16BE(6) + packet.readUInt16BE(8) + packet.readUInt16BE(10);
  if (count > MOST_RECORDS) return undefined;
  try {
    const { answers = [], authorities = [] } = decode(packet);
    // It reads on behind the end of a packet that was cut off.
    if (decode.bytes > packet.length) return undefined;
    return {
      rcode: packet.readUInt16BE(2) & 0xf,
      answers: answers.filter(({ type }) => type !== 'OPT'),
      authorities: authorities.filter(({ type }) => type !== 'OPT'),
    };
  } catch {
    return undefined;
  }
};

const isReadable = (packet: Buffer): boolean => {
  try {
    decode(packet);
    return decode.bytes === packet.length;
  } catch {
    return false;
  }
};
