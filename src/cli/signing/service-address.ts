import type { Scheme } from './parse-call.ts';

const USUAL_PORT: Readonly<Record<Scheme, number>> = { http: 80, https: 443 };

/** Name and port of what a Host header names. */
export const serviceAddress = (
  scheme: Scheme,
  host: string,
): { readonly name: string; readonly port: number } => {
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  return { name, port: port === undefined ? USUAL_PORT[scheme] : Number(port) };
};
