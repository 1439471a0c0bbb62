/**
 * What TLS is passed through to, on the port in its argument. It speaks no TLS, which would cost more
 * than what is measured: behind a ClientHello it takes one byte, and then either sends without end
 * (`D`) or takes what comes (`U`).
 */
import { createServer, type Socket } from 'node:net';
import { FLOW_BYTES } from './flow-facts.ts';

const RECORD_HEAD_BYTES = 5;
const piece = Buffer.alloc(FLOW_BYTES, 'flow');

const sendOn = (socket: Socket): void => {
  while (!socket.destroyed && socket.write(piece));
};

createServer({ noDelay: true, highWaterMark: FLOW_BYTES }, (socket) => {
  let received: Buffer | undefined = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('drain', () => sendOn(socket));
  socket.on('data', (chunk: Buffer) => {
    if (received === undefined) return;
    received = Buffer.concat([received, chunk]);
    if (received.length < RECORD_HEAD_BYTES) return;
    const wish = received[RECORD_HEAD_BYTES + received.readUInt16BE(3)];
    if (wish === undefined) return;
    received = undefined;
    if (wish === 'D'.charCodeAt(0)) sendOn(socket);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
