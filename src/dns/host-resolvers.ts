import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';

/** A server that is asked for what is not known here. */
export interface NameServer {
  readonly address: string;
  readonly port: number;
}

/** As many as the C library uses (resolv.conf(5)). */
const MOST_SERVERS = 3;
const DNS_PORT = 53;

/** The servers of a resolv.conf(5), in order. What is no address is passed over. */
export const parseResolvConf = (text: string): readonly NameServer[] =>
  text
    .split('\n')
    .map((line) => /^nameserver[ \t]+(\S+)/.exec(line.trimStart())?.[1])
    .filter((address) => address !== undefined && isIP(address.replace(/%.*$/, '')) !== 0)
    .slice(0, MOST_SERVERS)
    .map((address) => ({ address: address as string, port: DNS_PORT }));

/** `10.0.0.2`, `10.0.0.2:5353`, `fd00::2`, `[fd00::2]:5353`; undefined for all else. */
export const parseNameServer = (text: string): NameServer | undefined => {
  if (isIP(text) !== 0) return { address: text, port: DNS_PORT };
  const match = /^(?:\[([^\]]+)\]|([^:]+)):([0-9]{1,5})$/.exec(text);
  const address = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (address === undefined || isIP(address) === 0 || port < 1 || port > 65_535) return undefined;
  return { address, port };
};

const FILE = '/etc/resolv.conf';
const CHECK_MS = 5000;

/**
 * The host's own servers, read again when their file has changed: laptops move between networks.
 * None when there is no such file.
 */
export class HostResolvers {
  readonly #file: string;
  readonly #now: () => number;
  #servers: readonly NameServer[] = [];
  #changedAt: number | undefined;
  #checkedAt = Number.NEGATIVE_INFINITY;

  constructor(now: () => number, file = FILE) {
    this.#now = now;
    this.#file = file;
  }

  servers(): readonly NameServer[] {
    const now = this.#now();
    if (now - this.#checkedAt >= CHECK_MS) {
      this.#checkedAt = now;
      this.#read();
    }
    return this.#servers;
  }

  #read(): void {
    try {
      const { mtimeMs } = statSync(this.#file);
      if (mtimeMs === this.#changedAt) return;
      this.#servers = parseResolvConf(readFileSync(this.#file, 'utf8'));
      this.#changedAt = mtimeMs;
    } catch {
      this.#servers = [];
      this.#changedAt = undefined;
    }
  }
}
