/**
 * Bidirectional gRPC streams through a proxy, each with one message under way at a time: the plan is
 * in the first argument, the result is printed, both as JSON.
 */
import { type ClientHttp2Stream, connect } from 'node:http2';
import { createHistogram } from 'node:perf_hooks';
import { GrpcMessageReader, grpcMessage } from './grpc-messages.ts';
import type { StreamLoadPlan, StreamLoadResult } from './stream-load.ts';

const plan = JSON.parse(process.argv[2] ?? '') as StreamLoadPlan;
const payload = Buffer.alloc(plan.messageBytes, 'm');
const message = grpcMessage(payload);
/** Round trips of messages, in nanoseconds. */
const latencies = createHistogram();
const start = performance.now();
const end = start + plan.seconds * 1000;

const converse = (stream: ClientHttp2Stream): Promise<boolean> =>
  new Promise((resolve) => {
    let status: unknown;
    let isIntact = true;
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      if (sentAt < end) stream.write(message);
      else stream.end();
    };
    const reader = new GrpcMessageReader((got) => {
      latencies.record(Math.max(1, Math.round((performance.now() - sentAt) * 1e6)));
      isIntact &&= got.equals(payload);
      send();
    });
    stream.on('data', (piece: Buffer) => reader.push(piece));
    stream.on('trailers', (trailers) => {
      status = trailers['grpc-status'];
    });
    stream.on('error', () => {});
    stream.on('close', () => resolve(isIntact && reader.isBetweenMessages && status === '0'));
    send();
  });

const sessions = Array.from({ length: plan.connections }, () => {
  const session = connect(`http://127.0.0.1:${plan.port}`);
  session.on('error', () => {});
  return session;
});
const headers = {
  ':method': 'POST',
  ':path': plan.path,
  ':authority': plan.host,
  'content-type': 'application/grpc',
  te: 'trailers',
};
const ended = await Promise.all(
  sessions.flatMap((session) =>
    Array.from({ length: plan.streams }, () => converse(session.request(headers))),
  ),
);
const seconds = (performance.now() - start) / 1000;
for (const session of sessions) session.destroy();
const result: StreamLoadResult = {
  messages: latencies.count,
  messagesPerSecond: latencies.count / seconds,
  p50Us: latencies.percentile(50) / 1e3,
  p99Us: latencies.percentile(99) / 1e3,
  failed: ended.filter((isWell) => !isWell).length,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
