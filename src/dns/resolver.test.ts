import { type Answer, decode, encode, type OptAnswer } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../telemetry/logger.ts';
import type { Transport } from './dns-reply.ts';
import { Forwarder } from './forwarder.ts';
import { Resolver } from './resolver.ts';
import { addresses, aRecordSet, aVpc, aZone, directoryOf } from './sample-names.ts';

const LONG = 'many.shop.example';

const newResolver = () =>
  new Resolver(
    directoryOf(
      aVpc('vpc-1'),
      aVpc('vpc-off', { withoutDns: true }),
      aZone('Z1', 'shop.example', 'vpc-1'),
      aRecordSet('Z1', 'www.shop.example', addresses('10.0.0.1')),
      aRecordSet(
        'Z1',
        LONG,
        addresses(...Array.from({ length: 80 }, (_, index) => `10.0.1.${index}`)),
      ),
    ),
    new Forwarder({ servers: () => [], accountOf: () => undefined }),
    silentLogger,
  );

interface Asked {
  readonly name?: string;
  readonly type?: string;
  readonly klass?: string;
  readonly flags?: number;
  readonly edns?: Partial<OptAnswer>;
  readonly transport?: Transport;
  readonly vpcId?: string;
}

const OPT: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 4096,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

const queryOf = ({ name = 'www.shop.example', type = 'A', klass = 'IN', flags, edns }: Asked) =>
  encode({
    type: 'query',
    id: 4711,
    flags: flags ?? 0x0100,
    questions: [{ name, type: type as never, class: klass as never }],
    ...(edns !== undefined && { additionals: [{ ...OPT, ...edns }] }),
  });

/** All that is answered to a packet at once. */
const answersTo = (packet: Buffer, { transport = 'udp', vpcId = 'vpc-1' }: Asked = {}) => {
  const answers: Buffer[] = [];
  const resolver = newResolver();
  const isAnswered = resolver.answer(vpcId, packet, transport, (answer) => answers.push(answer));
  return { answers, isAnswered, counts: resolver.counts };
};

const ask = (asked: Asked) => {
  const { answers } = answersTo(queryOf(asked), asked);
  expect(answers).toHaveLength(1);
  const [bytes = Buffer.alloc(0)] = answers;
  const decoded = decode(bytes);
  const opt = decoded.additionals?.find((one: Answer) => one.type === 'OPT') as
    | OptAnswer
    | undefined;
  const flags = bytes.readUInt16BE(2);
  return { ...decoded, bytes, opt, rcode: flags & 0xf, isTruncated: (flags & 0x200) !== 0 };
};

describe('a query', () => {
  test('gets its id, its question as it was written, and the records', () => {
    const answer = ask({ name: 'WWW.shop.Example' });
    expect(answer).toMatchObject({
      id: 4711,
      flag_qr: true,
      flag_rd: true,
      flag_ra: true,
      flag_aa: false,
      questions: [{ name: 'WWW.shop.Example', type: 'A' }],
      answers: [{ name: 'WWW.shop.Example', type: 'A', ttl: 60, data: '10.0.0.1' }],
    });
    expect(answer.opt).toBeUndefined();
  });

  test('with EDNS gets EDNS, whatever options it has', () => {
    const options = [
      { code: 3, data: Buffer.alloc(0) },
      { code: 65_001, data: Buffer.from('unknown') },
    ] as unknown as OptAnswer['options'];
    const answer = ask({ edns: { options, flags: 0x8000 } });
    expect(answer.opt).toMatchObject({ ednsVersion: 0, udpPayloadSize: 1232, flag_do: true });
    expect(answer.opt?.options).toEqual([]);
    expect(answer.answers).toHaveLength(1);
  });

  test('in a later version of EDNS is told which one is spoken here', () => {
    const answer = ask({ edns: { ednsVersion: 1 } });
    expect([answer.rcode, answer.opt?.extendedRcode, answer.opt?.ednsVersion]).toEqual([0, 1, 0]);
    expect(answer.answers).toEqual([]);
  });

  const sizes = [
    { name: '512 bytes without EDNS', asked: {}, isTruncated: true },
    { name: 'what EDNS says', asked: { edns: { udpPayloadSize: 1232 } }, isTruncated: false },
    {
      name: '512 bytes at least',
      asked: { name: 'www.shop.example', edns: { udpPayloadSize: 0 } },
      isTruncated: false,
    },
    { name: 'all of it by TCP', asked: { transport: 'tcp' }, isTruncated: false },
  ] as const;
  for (const { name, asked, isTruncated } of sizes) {
    test(`takes answers of ${name}`, () => {
      const given: Asked = asked;
      // 80 records of 16 bytes: more than 512, and than 1232.
      const short = 'edns' in asked && !('name' in asked);
      const answer = ask({ name: short ? 'www.shop.example' : LONG, ...given });
      expect(answer.isTruncated).toBe(isTruncated);
      expect(answer.questions).toHaveLength(1);
      if (isTruncated) expect([answer.answers, answer.bytes.length < 512]).toEqual([[], true]);
      else expect(answer.answers?.length).toBeGreaterThan(0);
    });
  }

  test('gets never more than 1232 bytes by UDP, so that nothing is cut into fragments', () => {
    const answer = ask({ name: LONG, edns: { udpPayloadSize: 65_535 } });
    expect([answer.isTruncated, answer.bytes.length <= 1232]).toEqual([true, true]);
  });

  const refusals = [
    { name: 'of another class', asked: { klass: 'CH' }, rcode: 5 },
    { name: 'for a whole zone', asked: { type: 'AXFR' }, rcode: 5 },
    { name: 'that is no query', asked: { flags: 0x2000 }, rcode: 4 },
    { name: 'from a VPC without DNS', asked: { vpcId: 'vpc-off' }, rcode: 5 },
    { name: 'from a VPC that is not known', asked: { vpcId: 'vpc-9' }, rcode: 5 },
    { name: 'for the world when there is nobody to ask', asked: { name: 'a.test' }, rcode: 5 },
  ] as const;
  for (const { name, asked, rcode } of refusals) {
    test(`${name} is refused`, () => {
      expect(ask(asked)).toMatchObject({ rcode, answers: [] });
    });
  }
});

/** A question of these labels, whatever is in them. */
const questionOf = (labels: readonly string[], encoding: BufferEncoding = 'utf8'): Buffer => {
  const bytes = labels.map((label) => Buffer.from(label, encoding));
  const empty = encode({ type: 'query', id: 4711, questions: [{ name: '.', type: 'A' }] });
  return Buffer.concat([
    empty.subarray(0, 12),
    ...bytes.flatMap((label) => [Buffer.from([label.length]), label]),
    empty.subarray(12),
  ]);
};

describe('a name that nobody expects', () => {
  const asked: string[] = [];
  class WatchedForwarder extends Forwarder {
    override get hasServers(): boolean {
      return true;
    }
    override async ask(_vpcId: string, query: Buffer): Promise<undefined> {
      asked.push(decode(query).questions?.[0]?.name ?? '');
    }
  }
  const resolver = new Resolver(
    directoryOf(
      aVpc('vpc-1'),
      aZone('Z1', 'shop.example', 'vpc-1'),
      aRecordSet('Z1', 'www.shop.example', addresses('10.0.0.1')),
      aRecordSet('Z1', '*.dev.shop.example', addresses('10.0.0.9')),
    ),
    new WatchedForwarder({ servers: () => [], accountOf: () => undefined }),
    silentLogger,
  );
  const answerTo = async (packet: Buffer) => {
    asked.length = 0;
    const { promise, resolve } = Promise.withResolvers<Buffer>();
    resolver.answer('vpc-1', packet, 'udp', resolve);
    const bytes = await promise;
    return { bytes, rcode: bytes.readUInt16BE(2) & 0xf, forwarded: [...asked] };
  };

  test.each([
    { what: 'a character that host names lack', labels: ['a!b', 'shop', 'example'] },
    { what: 'a dollar sign', labels: ['sql$db', 'shop', 'example'] },
    { what: 'a blank', labels: ['user name', 'shop', 'example'] },
    { what: 'another script', labels: ['caf\u00e9', 'shop', 'example'] },
    { what: 'bytes that are no text', labels: ['\u00ff\u0000', 'shop', 'example'], latin: true },
    { what: 'a dot in a label', labels: ['a.b', 'shop', 'example'] },
    { what: 'a dot that makes two labels of a name one', labels: ['www.shop', 'example'] },
    { what: 'a dot in place of all its dots', labels: ['www.shop.example'] },
  ])('with $what is ours below our zones, and does not exist', async ({ labels, latin }) => {
    const packet = questionOf(labels, latin === true ? 'latin1' : 'utf8');
    expect(await answerTo(packet)).toMatchObject({ rcode: 3, forwarded: [] });
  });

  test.each([[['a!b', 'example']], [['a.b', 'example']], [['example']]])(
    '%j is for others to answer',
    async (labels) => {
      expect((await answerTo(questionOf(labels))).forwarded).toEqual([labels.join('.')]);
    },
  );

  test('is answered by a wildcard, as it was asked', async () => {
    const labels = ['A.b\u00fc!', 'dev', 'shop', 'example'];
    const packet = questionOf(labels);
    const { bytes, rcode } = await answerTo(packet);
    expect([rcode, decode(bytes).answers]).toMatchObject([0, [{ data: '10.0.0.9' }]]);
    const question = packet.subarray(12);
    expect(bytes.subarray(12, 12 + question.length)).toEqual(question);
    // The record's name is a pointer to it.
    expect(bytes.readUInt16BE(12 + question.length)).toBe(0xc00c);
  });

  test.each([
    // 255 bytes with lengths and end: 64 + 64 + 50 + 63 + 5 + 8 + 1.
    { longest: 62, rcode: 3 },
    { longest: 63, rcode: 1 },
  ])('of labels of 63, 63, 49 and $longest bytes has rcode $rcode', async ({ longest, rcode }) => {
    const labels = [63, 63, 49, longest].map((length) => 'x'.repeat(length));
    const { bytes, ...answer } = await answerTo(questionOf([...labels, 'shop', 'example']));
    expect(answer).toEqual({ rcode, forwarded: [] });
    // What is no name is not repeated.
    expect(bytes.readUInt16BE(4)).toBe(rcode === 1 ? 0 : 1);
  });
});

test('a mistake of ours costs one packet, and is noted', () => {
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (text: string) => void errors.push(text) };
  const directory = directoryOf(aVpc('vpc-1'));
  directory.serves = () => {
    throw new TypeError('no');
  };
  const resolver = new Resolver(
    directory,
    new Forwarder({ servers: () => [], accountOf: () => undefined }),
    logger,
  );
  for (let times = 0; times < 9; times += 1) {
    expect(resolver.answer('vpc-1', queryOf({}), 'udp', () => {})).toBe(false);
  }
  expect(resolver.counts).toEqual({ queries: 9, forwarded: 0, failed: 9 });
  // The 1st, 2nd, 4th and 8th.
  expect(errors).toEqual(Array(4).fill('a DNS query was dropped'));
});

describe('what is malformed', () => {
  const query = queryOf({});
  const changed = (change: (packet: Buffer) => void) => {
    const packet = Buffer.from(query);
    change(packet);
    return packet;
  };
  const cases: { name: string; packet: Buffer; rcode: number | undefined }[] = [
    { name: 'too short', packet: query.subarray(0, 11), rcode: undefined },
    {
      name: 'an answer',
      packet: changed((packet) => packet.writeUInt16BE(0x8180, 2)),
      rcode: undefined,
    },
    { name: 'cut off', packet: query.subarray(0, 20), rcode: 1 },
    { name: 'without a question', packet: changed((p) => p.writeUInt16BE(0, 4)), rcode: 1 },
    { name: 'with two questions', packet: changed((p) => p.writeUInt16BE(2, 4)), rcode: 1 },
    { name: 'with records', packet: changed((p) => p.writeUInt16BE(1, 6)), rcode: 1 },
    {
      name: 'with a record that is missing',
      packet: changed((p) => p.writeUInt16BE(1, 10)),
      rcode: 1,
    },
    {
      name: 'with a pointer for a name',
      packet: changed((p) => p.writeUInt16BE(0xc00c, 12)),
      rcode: 1,
    },
    {
      name: 'with two OPT records',
      packet: encode({
        type: 'query',
        id: 1,
        questions: [{ name: 'a.test', type: 'A' }],
        additionals: [OPT, OPT],
      }),
      rcode: 1,
    },
  ];
  for (const { name, packet, rcode } of cases) {
    test(`${name}: ${rcode === undefined ? 'no answer' : 'told so'}`, () => {
      const { answers, isAnswered, counts } = answersTo(packet);
      expect(answers.map((answer) => answer.readUInt16BE(2) & 0xf)).toEqual(
        rcode === undefined ? [] : [rcode],
      );
      expect([isAnswered, counts.queries]).toEqual(rcode === undefined ? [false, 0] : [true, 1]);
    });
  }

  test('gets one answer at most, which can be read, has its id and is no longer than it may be', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(
          queryOf({}),
          queryOf({ edns: {} }),
          queryOf({ name: LONG, edns: { udpPayloadSize: 9000 } }),
          queryOf({ name: 'a.test', type: 'TXT' }),
        ),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.nat(60),
        fc.uint8Array({ maxLength: 30 }),
      )
      .map(([packet, changes, cut, tail]) => {
        const bytes = Buffer.concat([
          packet.subarray(0, packet.length - (cut > 40 ? cut - 40 : 0)),
          tail,
        ]);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 80 })), (bytes) => {
        const packet = Buffer.from(bytes);
        const { answers, isAnswered } = answersTo(packet);
        expect(answers.length).toBe(isAnswered ? 1 : 0);
        for (const answer of answers) {
          expect(answer.length).toBeLessThanOrEqual(1232);
          expect(answer.readUInt16BE(0)).toBe(packet.readUInt16BE(0));
          expect(decode(answer).flag_qr).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
