import { expect, test } from 'vitest';
import { GET, POST, SamplePair } from '../../http2/sample-session.ts';
import { WayLines } from '../way-lines.ts';
import { parseHttp2Request } from './request-head.ts';
import type { Http2TargetSession } from './target-session.ts';
import { Http2TargetStream } from './target-stream.ts';

/** A stream whose session is one of a pair, and whose user throws at `event`. */
const started = (event: 'targetHead' | 'bodyData' | 'targetEnd' | 'targetDrained') => {
  const pair = new SamplePair();
  const heard: string[] = [];
  const session = {
    uses: 0,
    scheme: 'http',
    join: (stream: Http2TargetStream) => stream.sessionReady(),
    takesFields: () => true,
    request: pair.client.session.request.bind(pair.client.session),
    release: () => heard.push('released'),
  } as unknown as Http2TargetSession;
  const stream = new Http2TargetStream({ sessionBeside: () => session }, session);
  const head = parseHttp2Request(POST, false)!;
  const hear = (name: string) => () => {
    heard.push(name);
    if (name === event) throw new Error('mistake');
    return true;
  };
  stream.begin({
    targetReady: () => stream.requestHead(head, '10.0.0.9', 'id', '', new WayLines('')),
    targetInterim: hear('targetInterim'),
    targetHead: hear('targetHead'),
    bodyData: hear('bodyData'),
    targetPause: () => {},
    targetEnd: hear('targetEnd'),
    targetDrained: hear('targetDrained'),
    targetFailed: hear('targetFailed'),
    failed: hear('failed'),
  });
  const other = pair.client.request(GET);
  pair.settle();
  return { pair, stream, heard, other };
};

test.each([
  { event: 'targetHead', before: [] },
  { event: 'bodyData', before: ['targetHead'] },
  { event: 'targetEnd', before: ['targetHead', 'bodyData'] },
] as const)(
  'a mistake at $event is the end of this request, and of no other',
  ({ event, before }) => {
    const { pair, heard, other } = started(event);
    const [received, receivedOther] = pair.server.requests;
    received!.stream.respond([':status', '200'], false);
    received!.stream.write(Buffer.from('some'), 0, 4);
    received!.stream.end();
    receivedOther!.stream.respond([':status', '204'], true);
    pair.settle();
    expect(heard).toEqual([...before, event, 'released', 'failed']);
    expect(pair.client.defects).toHaveLength(1);
    expect(received!.handler.heard.at(-1)).toBe('closed reset 8');
    expect(other.handler.heard.at(-1)).toBe('closed complete 0');
  },
);

test('a mistake when more may be written is, too', () => {
  const { pair, stream, heard } = started('targetDrained');
  stream.requestData(Buffer.alloc(200_000), 0, 200_000);
  expect(stream.flush()).toBe(false);
  pair.settle();
  expect(heard).toEqual(['targetDrained', 'released', 'failed']);
  expect(pair.server.requests[0]!.handler.heard.at(-1)).toBe('closed reset 8');
});
