import { isIP } from 'node:net';
import { parseAddress } from '../lattice/cidr.ts';
import { isHostName } from '../lattice/host-name.ts';
import { usageError } from './cli-error.ts';

export interface Endpoint {
  /** IP address, host name or instance id, without brackets. */
  readonly host: string;
  readonly port?: number;
}

/** A port number, or a usage error that names the flag or argument. `0` stands for any free port. */
export const parsePort = (
  text: string,
  what: string,
  options: { allowZero?: boolean } = {},
): number => {
  const lowest = options.allowZero === true ? 0 : 1;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= lowest && port <= 65_535)) {
    throw usageError(`bad port \`${text}\` in ${what}; give a number from ${lowest} to 65535`);
  }
  return port;
};

const split = (text: string, what: string): Endpoint => {
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    const host = text.slice(1, close);
    if (close < 0 || isIP(host) !== 6) {
      throw usageError(
        `bad ${what} \`${text}\`; an IPv6 address with a port is written [fd00::1]:8080`,
      );
    }
    const rest = text.slice(close + 1);
    if (rest === '') return { host };
    if (!rest.startsWith(':'))
      throw usageError(`bad ${what} \`${text}\`; expected a colon after the bracket`);
    return { host, port: parsePort(rest.slice(1), what) };
  }
  if (isIP(text) === 6) return { host: text };
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { host: text };
  const host = text.slice(0, colon);
  if (host.includes(':')) {
    throw usageError(
      `bad ${what} \`${text}\`; an IPv6 address with a port is written [fd00::1]:8080`,
    );
  }
  return { host, port: parsePort(text.slice(colon + 1), what) };
};

/** ADDRESS[:PORT] inside a VPC: an IP address or an instance id. */
export const parseVpcAddress = (text: string): Endpoint => {
  const endpoint = split(text, 'address');
  if (isIP(endpoint.host) === 0 && !/^i-[0-9a-z]{8,17}$/.test(endpoint.host)) {
    throw usageError(
      `bad address \`${text}\`; give an IP address of the VPC or an instance id such as i-0123456789abcdef0`,
    );
  }
  return endpoint;
};

/** HOST[:PORT] on this machine or reachable from it. */
export const parseHost = (text: string): Endpoint => {
  const endpoint = split(text, 'host');
  if (parseAddress(endpoint.host) === undefined && !isHostName(endpoint.host)) {
    throw usageError(`bad host \`${text}\`; give HOST or HOST:PORT, such as 127.0.0.1:9001`);
  }
  return endpoint;
};

/** The text form of an endpoint: brackets around IPv6 when a port follows. */
export const formatEndpoint = (host: string, port: number | undefined): string =>
  port === undefined ? host : `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
