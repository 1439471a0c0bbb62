import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { type Answer, decode, encode } from 'dns-packet';

export interface NameServer {
  /** `127.0.0.1:<port>`, for UDP and TCP. */
  readonly address: string;
  /** What it was asked, in order: `udp A www.example.com`. */
  readonly asked: readonly string[];
  close(): void;
}

const RESPONSE_TRUNCATED = 0x0200;
const NXDOMAIN = 3;

/** A name server in this process that stands for the host's own. `records` says what it knows, by `TYPE NAME`. */
export const startNameServer = async (
  records: Readonly<Record<string, readonly Answer[]>>,
): Promise<NameServer> => {
  const asked: string[] = [];
  const answer = (packet: Buffer, transport: 'udp' | 'tcp'): Buffer => {
    const { id = 0, questions = [] } = decode(packet);
    const [question] = questions;
    if (question === undefined) return Buffer.alloc(0);
    asked.push(`${transport} ${question.type} ${question.name}`);
    const answers = records[`${question.type} ${question.name.toLowerCase()}`];
    const reply = (flags: number, found: readonly Answer[]) =>
      encode({ type: 'response', id, flags, questions, answers: [...found] });
    if (answers === undefined) return reply(NXDOMAIN, []);
    const whole = reply(0, answers);
    return transport === 'udp' && whole.length > 512 ? reply(RESPONSE_TRUNCATED, []) : whole;
  };
  const udp = createSocket('udp4');
  udp.on('message', (packet, { address, port }) => udp.send(answer(packet, 'udp'), port, address));
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const { port } = udp.address();
  const tcp = createServer((socket) => {
    let data = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      data = Buffer.concat([data, chunk]);
      if (data.length < 2 || data.length < data.readUInt16BE(0) + 2) return;
      const reply = answer(data.subarray(2), 'tcp');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      socket.end(Buffer.concat([length, reply]));
    });
  });
  tcp.listen(port, '127.0.0.1');
  await once(tcp, 'listening');
  return {
    address: `127.0.0.1:${port}`,
    asked,
    close: () => {
      udp.close();
      tcp.close();
    },
  };
};
