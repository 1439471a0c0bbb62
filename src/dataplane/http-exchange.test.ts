import { describe, expect, test } from 'vitest';
import type { ExchangeRecord } from './access-log/exchange-record.ts';
import type { FailureReason } from './failure.ts';
import { HeadTooLarge } from './head-too-large.ts';
import { type ClientSide, HttpExchange } from './http-exchange.ts';
import { parseRequestHead } from './http1/request-head.ts';
import { parseResponseHead } from './http1/response-head.ts';
import {
  aDelta,
  aListener,
  aMembership,
  aNetwork,
  anAcl,
  aRule,
  aService,
  aSource,
  aTarget,
  aTargetGroup,
  aVpc,
} from './sample-parts.ts';
import { SharedRoom } from './shared-room.ts';
import { DataPlaneState } from './state.ts';
import type { TargetSide } from './target/target-side.ts';

const GET = 'GET /api HTTP/1.1\r\nHost: shop.example\r\n\r\n';
const responseHead = (lines: string) =>
  parseResponseHead(`HTTP/1.1 ${lines}\r\n\r\n`, 0, lines.length + 13)!;
const OK = responseHead('200 OK\r\nContent-Length: 4');
const HINT = responseHead('103 Early Hints');

const mistake = new Error('mistake');
const throwing = (): never => {
  throw mistake;
};

/** An exchange that has begun at its target; the test says what both sides do. */
const started = (most = 1) => {
  const heard: string[] = [];
  const records: ExchangeRecord[] = [];
  const defects: unknown[] = [];
  const client = {
    bytesWritten: 0,
    grpcStatus: undefined,
    takes: true,
    responseHead: () => {
      heard.push('head');
      return false;
    },
    interim: () => {
      heard.push('interim');
      return 10;
    },
    responseData: () => heard.push('data'),
    responseEnd: () => heard.push('end'),
    localReply: ({ statusCode }: { statusCode: number }) => heard.push(`reply ${statusCode}`),
    continueRequest: () => {},
    flush: (): boolean => client.takes,
    pauseRequest: () => {},
    resumeRequest: () => {},
    exchangeEnded: (reusable: boolean) => heard.push(reusable ? 'over' : 'over and closed'),
    cut: (failure: FailureReason) => heard.push(`cut ${failure}`),
  };
  const target = {
    isConnected: true,
    uses: 1,
    begin: () => exchange.targetReady(),
    requestHead: () => {},
    requestData: () => {},
    requestEnd: () => {},
    flush: () => true,
    pause: () => {},
    resume: () => {},
    destroy: () => heard.push('given up'),
  };
  const state = new DataPlaneState({ now: () => 0 });
  const group = aTargetGroup({ targets: [aTarget(1)] });
  const service = aService({ listeners: [aListener({ rules: [aRule()] })] });
  state.apply(aDelta([anAcl(), aVpc(), aNetwork(), aMembership(), service, group]));
  const context = {
    state,
    clock: () => 0,
    forwardsCredentials: false,
    requests: new SharedRoom(most),
    turnedAway: (vpcId: string) => void heard.push(`no room for ${vpcId}`),
    pool: () => ({ acquire: () => target as TargetSide }),
    dial: throwing,
    refused: () => {},
    defect: (error: unknown) => void defects.push(error),
    ended: (record: ExchangeRecord) => void records.push(record),
  };
  const head = parseRequestHead(GET, 0, GET.length, 10)!;
  const exchange = new HttpExchange(context, client as unknown as ClientSide, head, aSource());
  return { exchange, client, target, context, heard, records, defects };
};

describe('the end of an answer', () => {
  const answered = () => {
    const one = started();
    one.exchange.start();
    one.exchange.targetHead(OK);
    one.exchange.bodyData(Buffer.from('body'), 0, 4);
    return one;
  };

  test('is when the target has said it and the client takes it', () => {
    const { exchange, heard, records } = answered();
    expect(exchange.targetEnd()).toBe(true);
    expect(heard).toEqual(['head', 'data', 'end', 'over']);
    expect(records).toMatchObject([{ statusCode: 200, failure: undefined }]);
  });

  test('waits for a client that does not take it yet', () => {
    const { exchange, client, heard, records } = answered();
    client.takes = false;
    // The target is free for others all the same.
    expect(exchange.targetEnd()).toBe(true);
    expect([heard.at(-1), records]).toEqual(['end', []]);
    exchange.clientDrained();
    exchange.clientDrained();
    expect(heard.slice(-2)).toEqual(['end', 'over']);
    expect(records).toMatchObject([{ statusCode: 200, failure: undefined }]);
  });

  test('that its client never takes is in the log as what it is', () => {
    const { exchange, client, heard, records } = answered();
    client.takes = false;
    exchange.targetEnd();
    exchange.timedOut(false);
    exchange.clientDrained();
    expect(heard.at(-1)).toBe('cut ClientConnectionClosed');
    expect(records).toMatchObject([{ statusCode: 200, failure: 'ClientConnectionClosed' }]);
  });
});

describe('room for requests', () => {
  test('that is not there is 503 at once, and the log says that it was not the target', () => {
    const { exchange, heard, records } = started(0);
    exchange.start();
    expect(heard).toEqual(['reply 503', 'over', 'no room for vpc-1']);
    expect(records).toMatchObject([
      { statusCode: 503, failure: 'InternalError', target: undefined },
    ]);
  });

  type Started = ReturnType<typeof started>;
  test.each([
    { name: 'its answer is complete', end: ({ exchange }: Started) => exchange.targetEnd() },
    { name: 'its client is gone', end: ({ exchange }: Started) => exchange.clientClosed() },
    {
      name: 'its body breaks its framing',
      end: ({ exchange }: Started) => exchange.clientFailed(),
    },
    { name: 'its target fails', end: ({ exchange }: Started) => exchange.targetFailed('closed') },
    {
      name: 'nothing comes for too long',
      end: ({ exchange }: Started) => exchange.timedOut(false),
    },
    { name: 'its time is over', end: ({ exchange }: Started) => exchange.expired() },
    { name: 'a mistake ends it', end: ({ exchange }: Started) => exchange.failed() },
  ])('is given back when $name', ({ end }) => {
    const one = started();
    const { exchange, context } = one;
    exchange.start();
    const share = exchange.vpc!.shares.requests;
    expect(context.requests.hasRoomFor(share)).toBe(false);
    exchange.targetHead(OK);
    end(one);
    exchange.clientClosed();
    expect(context.requests.hasRoomFor(share)).toBe(true);
    expect(share.count).toBe(0);
  });
});

describe('a head that the other side does not take', () => {
  test('of a response is 502', () => {
    const { exchange, client, heard, records, defects } = started();
    client.responseHead = () => {
      throw new HeadTooLarge();
    };
    exchange.start();
    exchange.targetHead(OK);
    expect(heard).toEqual(['given up', 'reply 502', 'over']);
    expect(records).toMatchObject([{ statusCode: 502, failure: 'TargetProtocolError' }]);
    expect(defects).toEqual([]);
  });

  test('of a request is 431', () => {
    const { exchange, target, heard, records } = started();
    target.requestHead = () => {
      throw new HeadTooLarge();
    };
    exchange.start();
    expect(heard).toEqual(['given up', 'reply 431', 'over']);
    expect(records).toMatchObject([{ statusCode: 431, failure: 'ClientProtocolError' }]);
  });
});

describe('a mistake of ours', () => {
  test.each([
    {
      name: 'in writing the request',
      make: ({ target }: ReturnType<typeof started>) => {
        target.requestHead = throwing;
      },
    },
    {
      name: 'in writing an interim response',
      make: ({ client }: ReturnType<typeof started>) => {
        client.interim = throwing;
      },
    },
    {
      name: 'in writing the head of the response',
      make: ({ client }: ReturnType<typeof started>) => {
        client.responseHead = throwing;
      },
    },
  ])('$name is 500', ({ make }) => {
    const one = started();
    make(one);
    const { exchange, heard, records, defects } = one;
    exchange.start();
    if (heard.length === 0) exchange.targetInterim(HINT);
    if (heard.at(-1) === 'interim') exchange.targetHead(OK);
    expect(heard.slice(-3)).toEqual(['given up', 'reply 500', 'over']);
    expect(records).toMatchObject([{ statusCode: 500, failure: 'InternalError' }]);
    expect(defects).toEqual([mistake]);
  });

  test('behind the head is a cut', () => {
    const { exchange, heard, records } = started();
    exchange.start();
    exchange.targetHead(OK);
    exchange.failed();
    exchange.failed();
    expect(heard).toEqual(['head', 'given up', 'cut InternalError']);
    expect(records).toMatchObject([{ statusCode: 200, failure: 'InternalError' }]);
  });

  test('in writing it down changes nothing for the client', () => {
    const { exchange, context, heard, defects } = started();
    context.ended = throwing;
    exchange.start();
    exchange.targetHead(OK);
    exchange.targetEnd();
    expect(heard).toEqual(['head', 'end', 'over']);
    expect(defects).toEqual([mistake]);
  });

  test('in finding a connection leaves nothing in flight', () => {
    const { exchange, context, heard } = started();
    context.pool = throwing;
    expect(() => exchange.start()).toThrow(mistake);
    exchange.failed();
    expect(heard).toEqual(['reply 500', 'over']);
    expect(exchange.target!.inFlight).toBe(0);
  });
});

test('interim responses are passed on, but not for ever', () => {
  const { exchange, heard, records } = started();
  exchange.start();
  for (let i = 0; i < 1_000; i++) exchange.targetInterim(HINT);
  expect(heard.filter((text) => text === 'interim')).toHaveLength(1_000);
  for (let i = 0; i < 10 && records.length === 0; i++) exchange.targetInterim(HINT);
  expect(heard.slice(-3)).toEqual(['given up', 'reply 502', 'over']);
});
