import { randomInt } from 'node:crypto';
import { type Asking, askByTcp, askByUdp } from './ask-server.ts';
import type { Transport } from './dns-reply.ts';
import type { NameServer } from './host-resolvers.ts';
import { RCODE } from './rcode.ts';

export interface ForwarderOptions {
  /** In the order in which they are asked; none: nothing is forwarded. */
  readonly servers: () => readonly NameServer[];
  /** How long one server may take. */
  readonly timeoutMs?: number;
  /** Questions that wait for an answer, altogether and of one VPC; more get none. */
  readonly maxPending?: number;
  readonly maxPendingOfVpc?: number;
}

/** No single client can keep the others from being answered. */
const MAX_PENDING = 1000;
const MAX_PENDING_OF_VPC = 250;
/** Clients ask again after 5 s: by then two servers have had their turn. */
const TIMEOUT_MS = 2000;
/** A lost packet is no reason to give up, also where there is only one server. */
const LEAST_ATTEMPTS = 2;

const NO_ANSWER: ReadonlySet<number> = new Set([RCODE.SERVFAIL, RCODE.NOTIMP, RCODE.REFUSED]);

/** Asks the host's servers what is not known here. */
export class Forwarder {
  readonly #options: Required<ForwarderOptions>;
  readonly #pending = new Map<string, number>();
  readonly #asking = new Set<Asking>();
  #isClosed = false;

  constructor(options: ForwarderOptions) {
    this.#options = {
      timeoutMs: TIMEOUT_MS,
      maxPending: MAX_PENDING,
      maxPendingOfVpc: MAX_PENDING_OF_VPC,
      ...options,
    };
  }

  /**
   * The bytes of a server's answer, whose id is not the query's; undefined when there is none, which
   * includes that too many wait already. An answer that was cut short is asked for by TCP when it is
   * for TCP; a client that asked by UDP decides that itself. Never rejects.
   */
  async ask(vpcId: string, query: Buffer, transport: Transport): Promise<Buffer | undefined> {
    const { servers, maxPending, maxPendingOfVpc } = this.#options;
    const ofVpc = this.#pending.get(vpcId) ?? 0;
    if (this.#isClosed || this.#asking.size >= maxPending || ofVpc >= maxPendingOfVpc) {
      return undefined;
    }
    this.#pending.set(vpcId, ofVpc + 1);
    try {
      return await this.#askInTurn(servers(), query, transport);
    } finally {
      const left = this.#pending.get(vpcId)! - 1;
      if (left === 0) this.#pending.delete(vpcId);
      else this.#pending.set(vpcId, left);
    }
  }

  /** Whether there is anybody to ask. */
  get hasServers(): boolean {
    return this.#options.servers().length > 0;
  }

  /** Who waits gets no answer any more. */
  close(): void {
    this.#isClosed = true;
    for (const asking of this.#asking) asking.cancel();
  }

  async #askInTurn(
    servers: readonly NameServer[],
    query: Buffer,
    transport: Transport,
  ): Promise<Buffer | undefined> {
    let refusal: Buffer | undefined;
    const attempts = servers.length === 0 ? 0 : Math.max(LEAST_ATTEMPTS, servers.length);
    for (let attempt = 0; attempt < attempts && !this.#isClosed; attempt += 1) {
      const answer = await this.#askOne(servers[attempt % servers.length]!, query, transport);
      if (answer !== undefined && !NO_ANSWER.has(answer.readUInt16BE(2) & 0xf)) return answer;
      refusal ??= answer;
    }
    return refusal;
  }

  async #askOne(
    server: NameServer,
    query: Buffer,
    transport: Transport,
  ): Promise<Buffer | undefined> {
    const packet = Buffer.from(query);
    packet.writeUInt16BE(randomInt(0x1_0000), 0);
    const answer = await this.#inTime(() => askByUdp(server, packet));
    const isTruncated = answer !== undefined && (answer.readUInt16BE(2) & 0x200) !== 0;
    if (!isTruncated || transport === 'udp') return answer;
    return (await this.#inTime(() => askByTcp(server, packet))) ?? answer;
  }

  async #inTime(ask: () => Asking): Promise<Buffer | undefined> {
    const asking = ask();
    this.#asking.add(asking);
    const limit = Promise.withResolvers<undefined>();
    const timer = setTimeout(limit.resolve, this.#options.timeoutMs, undefined).unref();
    try {
      return await Promise.race([asking.answer, limit.promise]);
    } catch {
      // Nobody listens there, or there is no way: the next one may know.
      return undefined;
    } finally {
      clearTimeout(timer);
      this.#asking.delete(asking);
      asking.cancel();
    }
  }
}
