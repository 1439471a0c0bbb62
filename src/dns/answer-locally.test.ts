import type { Answer } from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { serviceAddressOf } from '../lattice/service-address.ts';
import { ZONE_NAME_SERVERS } from '../lattice/zone-authority.ts';
import { answerLocally } from './answer-locally.ts';
import {
  aDelta,
  addresses,
  aRecordSet,
  aService,
  aVpc,
  aZone,
  directoryOf,
  GENERATED_ZONE,
} from './sample-names.ts';

const CART = `cart.${GENERATED_ZONE}`;
const { ipv4, ipv6 } = serviceAddressOf('svc-cart');

const cname = (...values: readonly string[]) => ({ type: 'CNAME', ttl: 60, values }) as const;
const aliasOf = (name: string, type: 'A' | 'AAAA' | 'TXT' = 'A') =>
  ({ type, aliasOf: name }) as const;

const directory = directoryOf(
  aVpc('vpc-1'),
  aVpc('vpc-2'),
  aService('cart'),
  aZone('Z1', 'shop.example', 'vpc-1'),
  aZone('Z2', 'deep.shop.example', 'vpc-1'),
  aRecordSet('Z1', 'shop.example', aliasOf(CART)),
  aRecordSet('Z1', 'shop.example', aliasOf(CART, 'AAAA')),
  aRecordSet('Z1', 'www.shop.example', cname('shop.example')),
  aRecordSet('Z1', 'far.shop.example', cname('www.shop.example')),
  aRecordSet('Z1', 'out.shop.example', cname('www.example.com')),
  aRecordSet('Z1', 'back.shop.example', cname('7.0.31.172.in-addr.arpa')),
  aZone('Z3', '1.168.192.in-addr.arpa', 'vpc-1'),
  aRecordSet('Z1', 'ends.shop.example', cname('nobody.shop.example')),
  aRecordSet('Z1', 'one.shop.example', cname('two.shop.example')),
  aRecordSet('Z1', 'two.shop.example', cname('one.shop.example')),
  aRecordSet('Z1', 'api.shop.example', addresses('10.0.0.1', '10.0.0.2')),
  aRecordSet('Z1', 'same.shop.example', aliasOf('api.shop.example')),
  aRecordSet('Z1', 'gone.shop.example', aliasOf(`gone.${GENERATED_ZONE}`)),
  aRecordSet('Z1', 'ring.shop.example', aliasOf('ring.shop.example')),
  aRecordSet('Z1', 'text.shop.example', {
    type: 'TXT',
    ttl: 60,
    values: [['one', 'two'], ['\u00ff']],
  }),
  aRecordSet('Z1', '*.dev.shop.example', addresses('10.0.0.9')),
  aRecordSet('Z2', 'x.deep.shop.example', addresses('10.0.0.7')),
);

const show = (answer: Answer): string => {
  if (answer.type === 'SOA') return `${answer.name} SOA`;
  const data = 'data' in answer ? answer.data : '';
  const text = Array.isArray(data)
    ? data.map((one) => Buffer.from(one as Buffer).toString('latin1')).join('|')
    : String(data);
  return `${answer.name} ${answer.type} ${text}`;
};

interface Case {
  readonly name: string;
  readonly asked: string;
  readonly type?: string;
  readonly vpcId?: string;
  readonly rcode?: number;
  readonly answers?: readonly string[];
  readonly authorities?: readonly string[];
  readonly continueWith?: string;
}

const cases: readonly Case[] = [
  { name: 'a generated name has its address', asked: CART, answers: [`${CART} A ${ipv4}`] },
  {
    name: 'in a VPC without zones too',
    asked: CART,
    vpcId: 'vpc-2',
    type: 'AAAA',
    answers: [`${CART} AAAA ${ipv6}`],
  },
  {
    name: 'another type of it has nothing',
    asked: CART,
    type: 'MX',
    answers: [],
    authorities: [`${GENERATED_ZONE} SOA`],
  },
  {
    name: 'a generated name of nobody does not exist',
    asked: `x.${GENERATED_ZONE}`,
    rcode: 3,
    answers: [],
    authorities: [`${GENERATED_ZONE} SOA`],
  },
  {
    name: 'the zone of generated names exists',
    asked: GENERATED_ZONE,
    answers: [],
    authorities: [`${GENERATED_ZONE} SOA`],
  },
  {
    name: 'the zone of generated names has an SOA',
    asked: GENERATED_ZONE,
    type: 'SOA',
    answers: [`${GENERATED_ZONE} SOA`],
  },
  {
    name: 'the zone of generated names has name servers',
    asked: GENERATED_ZONE,
    type: 'NS',
    answers: ZONE_NAME_SERVERS.map((server) => `${GENERATED_ZONE} NS ${server}`),
  },
  {
    name: 'an alias at the apex answers under its own name',
    asked: 'shop.example',
    answers: [`shop.example A ${ipv4}`],
  },
  {
    name: 'an apex has name servers and SOA',
    asked: 'shop.example',
    type: 'SOA',
    answers: ['shop.example SOA'],
  },
  {
    name: 'a CNAME is followed through zone and alias',
    asked: 'far.shop.example',
    answers: [
      'far.shop.example CNAME www.shop.example',
      'www.shop.example CNAME shop.example',
      `shop.example A ${ipv4}`,
    ],
  },
  {
    name: 'a CNAME is not followed when it is asked for',
    asked: 'far.shop.example',
    type: 'CNAME',
    answers: ['far.shop.example CNAME www.shop.example'],
  },
  {
    name: 'a CNAME that leads out goes on elsewhere',
    asked: 'out.shop.example',
    answers: ['out.shop.example CNAME www.example.com'],
    continueWith: 'www.example.com',
  },
  {
    name: 'a CNAME that leads to nothing does not exist, but is told',
    asked: 'ends.shop.example',
    rcode: 3,
    answers: ['ends.shop.example CNAME nobody.shop.example'],
    authorities: ['shop.example SOA'],
  },
  {
    name: 'reverse names of private addresses are nobody’s, and no server is asked',
    asked: '7.0.0.10.in-addr.arpa',
    type: 'PTR',
    rcode: 3,
    answers: [],
    authorities: ['10.in-addr.arpa SOA'],
  },
  {
    name: 'they are so in a VPC without zones',
    vpcId: 'vpc-2',
    asked: '33.171.254.169.in-addr.arpa',
    type: 'PTR',
    rcode: 3,
    answers: [],
    authorities: ['254.169.in-addr.arpa SOA'],
  },
  {
    name: 'a zone of reverse names is asked first',
    asked: '9.1.168.192.in-addr.arpa',
    type: 'PTR',
    rcode: 3,
    answers: [],
    authorities: ['1.168.192.in-addr.arpa SOA'],
  },
  {
    name: 'their own zone is there',
    asked: 'd.f.ip6.arpa',
    type: 'SOA',
    answers: ['d.f.ip6.arpa SOA'],
  },
  {
    name: 'an alias that leads to one ends there',
    asked: 'back.shop.example',
    type: 'PTR',
    rcode: 3,
    answers: ['back.shop.example CNAME 7.0.31.172.in-addr.arpa'],
    authorities: ['31.172.in-addr.arpa SOA'],
  },
  { name: 'a ring of CNAMEs fails', asked: 'one.shop.example', rcode: 2, answers: [] },
  {
    name: 'an alias in the zone has the records of the other name',
    asked: 'same.shop.example',
    answers: ['same.shop.example A 10.0.0.1', 'same.shop.example A 10.0.0.2'],
  },
  {
    name: 'an alias of a service that is gone has nothing',
    asked: 'gone.shop.example',
    answers: [],
    authorities: ['shop.example SOA'],
  },
  {
    name: 'an alias of itself has nothing',
    asked: 'ring.shop.example',
    answers: [],
    authorities: ['shop.example SOA'],
  },
  {
    name: 'texts are bytes',
    asked: 'text.shop.example',
    type: 'TXT',
    answers: ['text.shop.example TXT one|two', 'text.shop.example TXT \u00ff'],
  },
  {
    name: 'a wildcard answers under the name that was asked for',
    asked: 'any.dev.shop.example',
    answers: ['any.dev.shop.example A 10.0.0.9'],
  },
  {
    name: 'ANY is all that the name has',
    asked: 'api.shop.example',
    type: 'ANY',
    answers: ['api.shop.example A 10.0.0.1', 'api.shop.example A 10.0.0.2'],
  },
  {
    name: 'the longest zone decides',
    asked: 'x.deep.shop.example',
    answers: ['x.deep.shop.example A 10.0.0.7'],
  },
  {
    name: 'a name that the longest zone lacks does not exist, whatever shorter ones have',
    asked: 'y.deep.shop.example',
    rcode: 3,
    answers: [],
    authorities: ['deep.shop.example SOA'],
  },
];

describe('names that are known here', () => {
  for (const given of cases) {
    test(given.name, () => {
      const { asked: name, type = 'A', vpcId = 'vpc-1', rcode = 0 } = given;
      const answer = answerLocally(directory, { vpcId, name, askedName: name, type });
      expect({ ...answer, answers: answer?.answers.map(show) }).toMatchObject({
        rcode,
        answers: given.answers,
      });
      expect(answer?.authorities.map(show)).toEqual(given.authorities ?? []);
      expect(answer?.continueWith).toBe(given.continueWith);
    });
  }

  test('answers repeat the name as it was asked', () => {
    const asked = { vpcId: 'vpc-1', name: 'api.shop.example', askedName: 'API.Shop.Example' };
    const answer = answerLocally(directory, { ...asked, type: 'A' });
    expect(answer?.answers.map(({ name }) => name)).toEqual(Array(2).fill('API.Shop.Example'));
  });
});

test.each([
  ['a zone of another VPC', 'vpc-2', 'shop.example'],
  ['the world', 'vpc-1', 'example.com'],
  ['generated names of other regions', 'vpc-1', 'x.7d67968.vpc-lattice-svcs.eu-west-1.on.aws'],
])('%s is not known here', (_what, vpcId, name) => {
  expect(answerLocally(directory, { vpcId, name, askedName: name, type: 'A' })).toBeUndefined();
});

describe('what changes', () => {
  const ask = (of: ReturnType<typeof directoryOf>, name: string) =>
    answerLocally(of, { vpcId: 'vpc-1', name, askedName: name, type: 'A' })?.answers.map(show);

  test('is answered after the delta that says so, in whatever order parts come', () => {
    const changing = directoryOf(aVpc('vpc-1'));
    changing.apply(aDelta([aRecordSet('Z1', 'a.test', addresses('10.0.0.1'))]));
    expect(ask(changing, 'a.test')).toBeUndefined();
    changing.apply(aDelta([aZone('Z1', 'test', 'vpc-1')]));
    expect(ask(changing, 'a.test')).toEqual(['a.test A 10.0.0.1']);
    changing.apply(aDelta([aRecordSet('Z1', 'a.test', addresses('10.0.0.2'))]));
    expect(ask(changing, 'a.test')).toEqual(['a.test A 10.0.0.2']);
    changing.apply(aDelta([aZone('Z1', 'test', 'vpc-2')]));
    expect(ask(changing, 'a.test')).toBeUndefined();
    changing.apply(aDelta([aZone('Z1', 'test', 'vpc-1', 'vpc-2')]));
    changing.apply(aDelta([], ['recordSet/Z1/A/a.test']));
    expect(ask(changing, 'a.test')).toEqual([]);
    changing.apply(aDelta([aService('new')]));
    expect(ask(changing, `new.${GENERATED_ZONE}`)).toHaveLength(1);
    changing.apply(aDelta([], ['service/svc-new', 'hostedZone/Z1']));
    expect(ask(changing, `new.${GENERATED_ZONE}`)).toEqual([]);
    expect(ask(changing, 'a.test')).toBeUndefined();
  });

  test('answers from hosted zones only where the VPC has host names, from services everywhere', () => {
    const { withPrivateZones: _, ...bare } = aVpc('vpc-1');
    const changing = directoryOf(
      bare,
      aService('cart'),
      aZone('Z1', 'test', 'vpc-1'),
      aRecordSet('Z1', 'a.test', addresses('10.0.0.1')),
    );
    expect(ask(changing, 'a.test')).toBeUndefined();
    expect(ask(changing, CART)).toEqual([`${CART} A ${ipv4}`]);
    changing.apply(aDelta([aVpc('vpc-1')]));
    expect(ask(changing, 'a.test')).toEqual(['a.test A 10.0.0.1']);
  });

  test('by a full delta forgets what it does not name', () => {
    const changing = directoryOf(
      aVpc('vpc-1'),
      aZone('Z1', 'test', 'vpc-1'),
      aRecordSet('Z1', 'a.test', addresses('10.0.0.1')),
      aRecordSet('Z1', 'b.test', addresses('10.0.0.1')),
    );
    changing.apply(
      aDelta(
        [
          aVpc('vpc-1', { withoutDns: true }),
          aZone('Z1', 'test', 'vpc-1'),
          aRecordSet('Z1', 'a.test', addresses('10.0.0.3')),
        ],
        [],
        true,
      ),
    );
    expect([ask(changing, 'a.test'), ask(changing, 'b.test')]).toEqual([['a.test A 10.0.0.3'], []]);
    expect([changing.serves('vpc-1'), changing.serves('vpc-9')]).toEqual([false, false]);
  });
});
