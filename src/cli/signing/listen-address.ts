import { BlockList, isIP } from 'node:net';
import { usageError } from '../cli-error.ts';
import { parsePort } from '../endpoint.ts';

export interface ListenAddress {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Nobody but this machine reaches it. */
  readonly isLocal: boolean;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** `PORT`, `ADDRESS:PORT` or `[ADDRESS]:PORT`; without an address 127.0.0.1. */
export const parseListenAddress = (text: string): ListenAddress => {
  const parts = /^(?:(?:\[([^\]]*)\]|([^:]*)):)?([^:]*)$/.exec(text);
  const host = parts?.[1] ?? parts?.[2] ?? '127.0.0.1';
  const family = isIP(host);
  if (parts === null || (family === 0 && host !== 'localhost')) {
    throw usageError(
      `bad address \`${text}\` for --listen; give PORT or ADDRESS:PORT, such as 127.0.0.1:9000`,
    );
  }
  const port = parsePort(parts[3] ?? '', '--listen', { allowZero: true });
  const isLocal = host === 'localhost' || loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
  return { host, port, isLocal };
};
