import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aGuardedState, aRefusedRequest } from '../../test/support/refused-request.ts';
import { aPolicyText, NOW_MS, type SampleRequest } from '../../test/support/sample-callers.ts';
import { explanationFor } from '../control/operations/pergola/explanation-view.ts';
import { explainRefusal } from '../dataplane/explain/explain-refusal.ts';
import { GENEROUS } from '../dataplane/explain/explanation-limits.ts';
import { simulate } from '../dataplane/explain/simulate.ts';
import type { Http1RequestHead } from '../dataplane/http1/request-head.ts';
import { aListener, aNetwork, aService } from '../dataplane/sample-parts.ts';
import type { Explanation } from '../protocol/generated/pergola.ts';
import type { Simulation } from '../snapshot/explanation.ts';
import { explanationLines } from './explanation-text.ts';

type Statements = readonly object[];

interface Case {
  /** Also the file in testdata/explanations. */
  readonly name: string;
  /** Auth policies; `none`: AWS_IAM without a policy; absent: NONE. */
  readonly network?: Statements | 'none';
  readonly service?: Statements | 'none';
  readonly sent?: SampleRequest;
  readonly change?: (head: Http1RequestHead) => void;
  readonly simulated?: Partial<Simulation>;
  /** TLS is passed through. */
  readonly isPassedThrough?: boolean;
  /** Account that looks at it; the operator when absent. */
  readonly viewer?: string;
}

const ANYBODY = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const SERVICE = 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1';
const ONLY_READERS = {
  Sid: 'OnlyReaders',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
  Action: 'vpc-lattice-svcs:Invoke',
  Resource: `${SERVICE}/read/*`,
  Condition: {
    StringEquals: {
      'vpc-lattice-svcs:RequestMethod': 'GET',
      'vpc-lattice-svcs:RequestHeader/x-tier': 'gold',
    },
    'ForAnyValue:StringEquals': { 'vpc-lattice-svcs:RequestQueryString/currency': ['EUR', 'USD'] },
  },
};
const ONLY_OUR_ORGANISATION = {
  ...ANYBODY,
  Sid: 'OnlyUs',
  Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-shop123456' } },
};
const NO_DELETE = {
  ...ANYBODY,
  Sid: 'NoDelete',
  Effect: 'Deny',
  Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'DELETE' } },
};
const ONLY_GOLD = {
  ...ANYBODY,
  Sid: 'OnlyGold',
  Effect: 'Deny',
  Resource: `${SERVICE}/*`,
  Condition: { StringNotEquals: { 'vpc-lattice-svcs:RequestHeader/x-tier': 'gold' } },
};
const NO_ANONYMOUS = {
  ...ANYBODY,
  Sid: 'NoAnonymous',
  Effect: 'Deny',
  Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } },
};

const CASES: readonly Case[] = [
  {
    name: 'an anonymous caller in a network for an organisation',
    network: [ONLY_OUR_ORGANISATION],
    sent: { who: 'anonymous', request: 'GET /api/rates?token=hush' },
  },
  {
    name: 'a caller with the wrong header and query',
    network: [ANYBODY],
    service: [NO_DELETE, ONLY_READERS],
    sent: {
      who: 'reader',
      request: 'GET /read/rates?currency=CHF',
      headers: { 'x-tier': 'silver' },
    },
  },
  {
    name: 'a caller of another account looks at policies of others',
    network: [ONLY_OUR_ORGANISATION],
    service: [ONLY_READERS],
    sent: { who: 'stranger-without', request: 'GET /read/rates' },
    viewer: '444455556666',
  },
  {
    name: 'a role that the policy does not name',
    service: [
      { ...ANYBODY, Principal: { AWS: 'arn:aws:iam::111122223333:role/reports' } },
      { ...ANYBODY, Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::444455556666:root' } },
    ],
    sent: { who: 'checkout', request: 'GET /api' },
  },
  {
    name: 'an access key of another account that somebody else names',
    service: [ANYBODY],
    sent: { who: 'stranger-root', request: 'GET /api' },
    change: (head) => {
      head.method = 'POST';
    },
    viewer: '111122223333',
  },
  {
    name: 'a method that is denied',
    service: [ANYBODY, NO_DELETE],
    sent: { who: 'checkout', request: 'DELETE /api/orders/1' },
  },
  {
    name: 'a caller without the header that a Deny asks for',
    service: [ANYBODY, ONLY_GOLD],
    sent: { who: 'checkout', request: 'GET /api', headers: { 'x-tier': 'silver' } },
  },
  {
    name: 'an anonymous caller where those are denied',
    network: [ANYBODY, NO_ANONYMOUS],
    service: [ANYBODY],
    sent: { who: 'anonymous', request: 'GET /api' },
  },
  {
    name: 'a role and a path that are denied',
    network: [
      { ...ANYBODY, Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::111122223333:role/checkout' } },
      ANYBODY,
    ],
    service: [ANYBODY, { ...ANYBODY, Effect: 'Deny', Resource: `${SERVICE}/admin/*` }],
    sent: { who: 'checkout', request: 'GET /admin/users' },
  },
  {
    name: 'a simulation where everything is denied but for some',
    network: [{ ...ANYBODY, Effect: 'Deny' }],
    service: [
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
        Action: '*',
        Resource: '*',
      },
    ],
    simulated: { principalArn: 'arn:aws:iam::111122223333:role/checkout' },
  },
  {
    name: 'no auth policy',
    network: 'none',
    sent: { who: 'checkout', request: 'GET /' },
  },
  {
    name: 'no identity policy',
    network: [ANYBODY],
    service: [ANYBODY],
    sent: { who: 'bob', request: 'GET /api' },
  },
  {
    name: 'a resource without a path',
    service: [{ ...ANYBODY, Resource: SERVICE }],
    sent: { who: 'alice', request: 'GET /api' },
  },
  {
    name: 'a boundary in the way',
    service: [ANYBODY],
    sent: { who: 'bounded', request: 'GET /api' },
  },
  {
    name: 'a method changed after signing',
    service: [ANYBODY],
    sent: { who: 'checkout', request: 'GET /api?x-api-key=hush' },
    change: (head) => {
      head.method = 'POST';
    },
  },
  {
    name: 'a clock that is behind',
    service: [ANYBODY],
    sent: { who: 'alice', request: 'GET /api', signedAt: new Date(NOW_MS - 3_600_000) },
  },
  {
    name: 'a simulation that passes',
    network: [ANYBODY],
    service: [ONLY_READERS],
    simulated: {
      principalArn: 'arn:aws:iam::111122223333:role/reader',
      url: 'http://shop.example/read/rates?currency=EUR',
      headers: [['X-Tier', 'gold']],
    },
  },
  {
    name: 'a simulation with another policy',
    service: [ANYBODY],
    simulated: { servicePolicy: aPolicyText([ONLY_READERS]) },
  },
  {
    name: 'a connection from another VPC',
    isPassedThrough: true,
    network: [{ ...ANYBODY, Action: 'vpc-lattice-svcs:Invoke' }],
    service: [
      {
        ...ANYBODY,
        Action: 'vpc-lattice-svcs:Connect',
        Condition: { StringEquals: { 'vpc-lattice-svcs:SourceVpc': 'vpc-2' } },
      },
    ],
    simulated: { url: 'https://shop.example/' },
  },
  {
    name: 'a connection where callers are asked for',
    isPassedThrough: true,
    network: [ONLY_OUR_ORGANISATION],
    service: [{ ...ANYBODY, Principal: { AWS: '111122223333' } }],
    simulated: { method: 'CONNECT', url: 'https://shop.example' },
  },
  {
    name: 'a connection that passes',
    isPassedThrough: true,
    service: [ANYBODY],
    simulated: { url: 'https://shop.example/' },
  },
  {
    name: 'a simulation for a service that is not there',
    simulated: { url: 'http://shop.exmaple/' },
  },
  {
    name: 'a simulation of somebody without policies',
    service: 'none',
    simulated: { principalArn: 'arn:aws:iam::444455556666:root' },
  },
];

const guarded = (policy: Case['network']) => {
  if (policy === undefined) return {};
  const authType = 'AWS_IAM' as const;
  return policy === 'none' ? { authType } : { authType, authPolicy: aPolicyText(policy) };
};

const explain = async (one: Case): Promise<Explanation> => {
  const passedThrough = aListener({ protocol: 'TLS_PASSTHROUGH', port: 443, rules: [] });
  const state = aGuardedState(
    aNetwork(guarded(one.network)),
    aService({
      ...guarded(one.service),
      ...(one.isPassedThrough === true && { listeners: [passedThrough] }),
    }),
  );
  if (one.sent !== undefined) {
    const options = one.change === undefined ? {} : { change: one.change };
    const refused = await aRefusedRequest(state, one.sent, options);
    return { requestId: 'e5b3f0a1', ...explainRefusal(refused, GENEROUS) };
  }
  const simulated = simulate(
    {
      principalArn: 'anonymous',
      vpcId: 'vpc-1',
      method: 'GET',
      url: 'http://shop.example/api',
      headers: [],
      ...one.simulated,
    },
    state,
    NOW_MS,
  );
  if ('problem' in simulated) throw new Error(simulated.problem);
  return simulated.explanation;
};

const FOLDER = new URL('./testdata/explanations/', import.meta.url);
const isUpdate = process.env['GOLDEN'] === 'update';
const fileOf = (name: string): string => `${name.replaceAll(' ', '-')}.txt`;
const plain = (_format: string, text: string): string => text;

describe('the text of', () => {
  test.each(CASES)('$name', async (one) => {
    const explanation = await explain(one);
    const shown = explanationFor(explanation, {
      accountId: one.viewer ?? '111122223333',
      isOperator: one.viewer === undefined,
    });
    if (shown === undefined) throw new Error('the viewer has no part in it');
    const text = `${explanationLines(shown, plain).join('\n')}\n`;
    const file = new URL(fileOf(one.name), FOLDER);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (isUpdate && text !== before) writeFileSync(file, text);
    else expect(text).toBe(before);
  });

  test('docs/explain.md shows what is shown', () => {
    const read = (name: string) => readFileSync(new URL(fileOf(name), FOLDER), 'utf8');
    const documented = readFileSync(new URL('../../docs/explain.md', import.meta.url), 'utf8');
    expect(documented.replaceAll(/^Id {7}.*$/gm, 'Id       e5b3f0a1')).toContain(
      read('a caller with the wrong header and query'),
    );
    const sections = read('a caller without the header that a Deny asks for').split('\n\n');
    for (const start of ['✗ service-based policy', 'What would have to change']) {
      const section = sections.find((one) => one.startsWith(start));
      expect(documented).toContain(section ?? start);
    }
  });

  test('every golden file belongs to a case', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(CASES.map(({ name }) => fileOf(name)).sort());
  });

  test('no line is wider than a terminal, but for words that are', async () => {
    for (const one of CASES) {
      const lines = explanationLines(await explain(one), plain);
      const wide = lines.filter((line) => line.length > 80 && line.trim().includes(' '));
      // A header of a canonical request is shown as it is.
      expect(wide.filter((line) => !line.startsWith('    '))).toEqual([]);
    }
  });

  test('says when other requests had the same id', async () => {
    const explanation = await explain(CASES[0] as Case);
    const last = (others: number) => explanationLines(explanation, plain, others).slice(-2);
    expect(last(1)).toEqual([
      '1 older request with this id was refused, too: clients choose ids, and this is',
      '  the newest',
    ]);
    expect(last(7).join('')).toMatch(/^7 older requests with this id were refused, too: /);
    expect(explanationLines(explanation, plain, 0)).toEqual(explanationLines(explanation, plain));
  });

  test('texts of others do not reach the terminal as they are', async () => {
    const explanation = await explain(CASES[0] as Case);
    const [layer] = explanation.layers;
    const nasty = '\u001b[2J\u202e\n';
    const lines = explanationLines(
      {
        ...explanation,
        requestId: nasty,
        caller: { kind: 'unverified', arn: nasty, accessKeyId: nasty },
        outcome: { ...explanation.outcome, message: nasty },
        request: { ...explanation.request, target: nasty },
        signature: {
          isValid: false,
          problem: nasty,
          canonicalRequest: nasty,
          stringToSign: nasty,
          findings: [nasty],
        },
        layers: layer === undefined ? [] : [{ ...layer, note: nasty, advice: [nasty] }],
        advice: [nasty],
      },
      plain,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
    for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test('colours mark what refuses', async () => {
    const explanation = await explain(CASES[0] as Case);
    const lines = explanationLines(explanation, (format, text) => `<${format} ${text}>`);
    expect(lines[0]).toMatch(/^<red REFUSED> {2}403 /);
    expect(lines).toContainEqual(expect.stringMatching(/^<red ✗> <bold network-based policy>/));
  });
});
