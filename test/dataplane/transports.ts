import { type DataPlane, request } from './data-plane.ts';
import { Http2Client } from './http2-peers.ts';
import { CutError, type RawClient } from './raw-client.ts';
import type { Transport, WireResponse } from './wire-suite.ts';

const CUT: WireResponse = { status: 0, text: '', header: () => undefined };

const http1 = (
  name: string,
  open: (plane: DataPlane) => Promise<RawClient>,
): Omit<Transport, 'isSecure'> => ({
  name,
  protocol: 'HTTP/1.1',
  ask: async (plane, { method = 'GET', path = '/', host = 'shop.example', headers = [], body }) => {
    const lines = headers.map(([name, value]) => `${name}: ${value}`);
    if (body !== undefined) lines.push(`content-length: ${body.length}`);
    const head = request(`${method} ${path}`, lines).replace('Host: shop.example', `Host: ${host}`);
    const client = await open(plane);
    try {
      client.send(head + (body ?? ''));
      return await client.response(method);
    } catch (error) {
      if (error instanceof CutError) return CUT;
      throw error;
    } finally {
      client.destroy();
    }
  },
});

const http2 = (name: string, scheme: 'http' | 'https'): Omit<Transport, 'isSecure'> => ({
  name,
  protocol: 'HTTP/2',
  ask: async (plane, { method = 'GET', path = '/', host = 'shop.example', headers = [], body }) => {
    const client = new Http2Client(plane.port, scheme);
    const pseudo = { ':method': method, ':path': path, ':authority': host };
    const fields = Object.fromEntries(headers);
    const { code, ...response } = await client.ask({ ...pseudo, ...fields }, body);
    client.destroy();
    if (code !== 0) return CUT;
    const header = (name: string) => response.headers[name]?.toString();
    return { ...response, header };
  },
});

/** All ways in which clients may send requests to a service. */
export const TRANSPORTS: readonly Transport[] = [
  { ...http1('HTTP/1.1', (plane) => plane.client()), isSecure: false },
  { ...http1('HTTP/1.1 over TLS', (plane) => plane.secureClient()), isSecure: true },
  { ...http2('HTTP/2 with prior knowledge', 'http'), isSecure: false },
  { ...http2('HTTP/2 over TLS', 'https'), isSecure: true },
];
