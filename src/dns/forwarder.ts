import { randomInt } from 'node:crypto';
import { type Asking, askByTcp, askByUdp } from './ask-server.ts';
import type { Transport } from './dns-reply.ts';
import type { NameServer } from './host-resolvers.ts';
import { RCODE } from './rcode.ts';

export interface ForwarderOptions {
  /** In the order in which they are asked; none: nothing is forwarded. */
  readonly servers: () => readonly NameServer[];
  /** Whose a VPC is; undefined: it is gone. */
  readonly accountOf: (vpcId: string) => string | undefined;
  /** How long one server may take. */
  readonly timeoutMs?: number;
  /** Questions that wait for an answer, altogether (1,000 whatever is told) and of one VPC. */
  readonly maxPending?: number;
  readonly maxPendingOfVpc?: number;
}

/** Each has a socket of its own. */
const MAX_PENDING = 1000;
const MAX_PENDING_OF_VPC = 250;
/** Clients ask again after 5 s: by then two servers have had their turn. */
const TIMEOUT_MS = 2000;
/** A lost packet is no reason to give up, also where there is only one server. */
const LEAST_ATTEMPTS = 2;

/** A question that waits. */
interface Waiting {
  /** Resolves when others need its place, or nobody waits any more. */
  readonly givenUp: PromiseWithResolvers<undefined>;
  isGivenUp: boolean;
}

const NO_ANSWER: ReadonlySet<number> = new Set([RCODE.SERVFAIL, RCODE.NOTIMP, RCODE.REFUSED]);

/** Asks the host's servers what is not known here. */
export class Forwarder {
  readonly #options: Required<ForwarderOptions>;
  /** By VPC, the oldest first. */
  readonly #waiting = new Map<string, Set<Waiting>>();
  #count = 0;
  #isClosed = false;

  constructor(options: ForwarderOptions) {
    this.#options = {
      timeoutMs: TIMEOUT_MS,
      maxPendingOfVpc: MAX_PENDING_OF_VPC,
      ...options,
      maxPending: Math.min(options.maxPending ?? MAX_PENDING, MAX_PENDING),
    };
  }

  /**
   * The bytes of a server's answer, whose id is not the query's; undefined when there is none, which
   * includes that too many of the VPC wait already. When too many wait altogether, the account with the
   * most loses one, and of that account's VPCs the one with the most, the oldest: silent servers of some
   * VPCs keep no other from being answered, however many VPCs an account has. An answer that was cut short is asked for by TCP when it is for TCP; a client that asked by UDP
   * decides that itself. Never rejects.
   */
  async ask(vpcId: string, query: Buffer, transport: Transport): Promise<Buffer | undefined> {
    const { servers, maxPending, maxPendingOfVpc } = this.#options;
    const ofVpc = this.#waiting.get(vpcId) ?? new Set();
    if (this.#isClosed || ofVpc.size >= maxPendingOfVpc) return undefined;
    if (this.#count >= maxPending && !this.#makeRoom(vpcId)) return undefined;
    const waiting: Waiting = { givenUp: Promise.withResolvers(), isGivenUp: false };
    this.#waiting.set(vpcId, ofVpc.add(waiting));
    this.#count += 1;
    try {
      return await this.#askInTurn(servers(), query, transport, waiting);
    } finally {
      this.#giveUp(vpcId, waiting);
    }
  }

  /** Whether there is anybody to ask. */
  get hasServers(): boolean {
    return this.#options.servers().length > 0;
  }

  /** Who waits gets no answer any more. */
  close(): void {
    this.#isClosed = true;
    for (const [vpcId, ofVpc] of this.#waiting) {
      for (const waiting of ofVpc) this.#giveUp(vpcId, waiting);
    }
  }

  /** For one more of the VPC, at the cost of an account with more, or else of a VPC of its own with more. */
  #makeRoom(vpcId: string): boolean {
    const accountOf = (id: string) => this.#options.accountOf(id) ?? '';
    const own = accountOf(vpcId);
    const ofAccounts = new Map<string, number>();
    for (const [id, { size }] of this.#waiting) {
      const account = accountOf(id);
      ofAccounts.set(account, (ofAccounts.get(account) ?? 0) + size);
    }
    const [first, most] = largest(ofAccounts);
    const isOwn = most <= (ofAccounts.get(own) ?? 0) + 1;
    const account = isOwn ? own : first;
    const ofVpcs = [...this.#waiting].filter(([id]) => accountOf(id) === account);
    const [loser, size] = largest(ofVpcs.map(([id, waiting]) => [id, waiting.size]));
    if (isOwn && size <= (this.#waiting.get(vpcId)?.size ?? 0) + 1) return false;
    const [oldest] = this.#waiting.get(loser)!;
    this.#giveUp(loser, oldest!);
    return true;
  }

  #giveUp(vpcId: string, waiting: Waiting): void {
    if (waiting.isGivenUp) return;
    waiting.isGivenUp = true;
    waiting.givenUp.resolve(undefined);
    this.#count -= 1;
    const ofVpc = this.#waiting.get(vpcId)!;
    ofVpc.delete(waiting);
    if (ofVpc.size === 0) this.#waiting.delete(vpcId);
  }

  async #askInTurn(
    servers: readonly NameServer[],
    query: Buffer,
    transport: Transport,
    waiting: Waiting,
  ): Promise<Buffer | undefined> {
    let refusal: Buffer | undefined;
    const attempts = servers.length === 0 ? 0 : Math.max(LEAST_ATTEMPTS, servers.length);
    for (let attempt = 0; attempt < attempts && !waiting.isGivenUp; attempt += 1) {
      const server = servers[attempt % servers.length]!;
      const answer = await this.#askOne(server, query, transport, waiting);
      if (answer !== undefined && !NO_ANSWER.has(answer.readUInt16BE(2) & 0xf)) return answer;
      refusal ??= answer;
    }
    return refusal;
  }

  async #askOne(
    server: NameServer,
    query: Buffer,
    transport: Transport,
    waiting: Waiting,
  ): Promise<Buffer | undefined> {
    const packet = Buffer.from(query);
    packet.writeUInt16BE(randomInt(0x1_0000), 0);
    const answer = await this.#inTime(() => askByUdp(server, packet), waiting);
    const isTruncated = answer !== undefined && (answer.readUInt16BE(2) & 0x200) !== 0;
    if (!isTruncated || transport === 'udp') return answer;
    return this.#inTime(() => askByTcp(server, packet), waiting);
  }

  async #inTime(ask: () => Asking, { givenUp }: Waiting): Promise<Buffer | undefined> {
    const limit = Promise.withResolvers<undefined>();
    const timer = setTimeout(limit.resolve, this.#options.timeoutMs, undefined).unref();
    let asking: Asking | undefined;
    try {
      asking = ask();
      return await Promise.race([asking.answer, limit.promise, givenUp.promise]);
    } catch {
      // Nobody listens there, or there is no way: the next one may know.
      return undefined;
    } finally {
      clearTimeout(timer);
      asking?.cancel();
    }
  }
}

const largest = (counts: Iterable<readonly [string, number]>): readonly [string, number] =>
  [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0]);
