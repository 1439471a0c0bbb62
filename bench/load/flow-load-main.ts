/**
 * Connections that begin with a ClientHello and then carry as many bytes as they can in one direction:
 * the plan is in the first argument, the result is printed, both as JSON.
 */
import { connect, type Socket } from 'node:net';
import { clientHello, serverNames } from '../../src/dataplane/tls/sample-client-hello.ts';
import { FLOW_BYTES } from '../target/flow-facts.ts';
import type { FlowLoadPlan, FlowLoadResult } from './flow-load.ts';

const plan = JSON.parse(process.argv[2] ?? '') as FlowLoadPlan;
const isDownload = plan.direction === 'to the client';
const piece = Buffer.alloc(FLOW_BYTES, 'flow');
let bytes = 0;
let failed = 0;

const sendOn = (socket: Socket): void => {
  if (socket.destroyed) return;
  socket.write(piece, () => {
    bytes += piece.length;
    sendOn(socket);
  });
};

const sockets = Array.from({ length: plan.connections }, () => {
  const socket = connect({
    port: plan.port,
    host: '127.0.0.1',
    noDelay: true,
    // Always the same memory: what arrives is only counted.
    onread: {
      buffer: Buffer.alloc(FLOW_BYTES),
      callback: (count) => {
        bytes += count;
        return true;
      },
    },
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    failed += 1;
  });
  socket.write(clientHello(serverNames(plan.host)));
  socket.write(isDownload ? 'D' : 'U');
  if (!isDownload) {
    // Two at a time, so that the kernel always has something to send.
    sendOn(socket);
    sendOn(socket);
  }
  return socket;
});
const start = performance.now();
setTimeout(() => {
  const seconds = (performance.now() - start) / 1000;
  const result: FlowLoadResult = { bytes, bytesPerSecond: bytes / seconds, failed };
  for (const socket of sockets) socket.removeAllListeners('close').destroy();
  process.stdout.write(`${JSON.stringify(result)}\n`);
}, plan.seconds * 1000);
