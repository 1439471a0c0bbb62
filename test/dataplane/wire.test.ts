import { request } from './data-plane.ts';
import { Http2Client } from './http2-peers.ts';
import { CutError } from './raw-client.ts';
import { type Transport, type WireResponse, wireSuite } from './wire-suite.ts';

const CUT: WireResponse = { status: 0, text: '', header: () => undefined };

const http1: Transport = {
  name: 'HTTP/1.1',
  protocol: 'HTTP/1.1',
  ask: async (plane, { method = 'GET', path = '/', host = 'shop.example', headers = [], body }) => {
    const lines = headers.map(([name, value]) => `${name}: ${value}`);
    if (body !== undefined) lines.push(`content-length: ${body.length}`);
    const head = request(`${method} ${path}`, lines).replace('Host: shop.example', `Host: ${host}`);
    try {
      return await plane.ask(head + (body ?? ''), method);
    } catch (error) {
      if (error instanceof CutError) return CUT;
      throw error;
    }
  },
};

const http2: Transport = {
  name: 'HTTP/2 with prior knowledge',
  protocol: 'HTTP/2',
  ask: async (plane, { method = 'GET', path = '/', host = 'shop.example', headers = [], body }) => {
    const client = new Http2Client(plane.port);
    const pseudo = { ':method': method, ':path': path, ':authority': host };
    const fields = Object.fromEntries(headers);
    const { code, ...response } = await client.ask({ ...pseudo, ...fields }, body);
    client.destroy();
    if (code !== 0) return CUT;
    const header = (name: string) => response.headers[name]?.toString();
    return { ...response, header };
  },
};

wireSuite(http1);
wireSuite(http2);
