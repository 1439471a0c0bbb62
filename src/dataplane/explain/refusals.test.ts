import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aGuardedState, aRefusedRequest } from '../../../test/support/refused-request.ts';
import { aPolicyText, credentialsOf } from '../../../test/support/sample-callers.ts';
import type { Explanation } from '../../snapshot/explanation.ts';
import { aNetwork, aService, aVpc } from '../sample-parts.ts';
import type { RefusedRequest } from './explain-refusal.ts';
import { MOST_ENTRY_CHARACTERS, Refusals } from './refusals.ts';

const ANYBODY = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const closed = () => aGuardedState(aNetwork({ authType: 'AWS_IAM' }));
const anonymous = { who: 'anonymous', request: 'GET /api' };

/** Where everything is one account's. */
const stateOf = (accountId: string) =>
  aGuardedState(
    aVpc({ accountId }),
    aNetwork({ accountId, authType: 'AWS_IAM' }),
    aService({ accountId }),
  );

/** A request with other headers, as if it had come so. */
const withHeaders = (
  request: RefusedRequest,
  headers: readonly (readonly [string, string])[],
): RefusedRequest => ({
  ...request,
  head: {
    ...pick(request.head),
    names: [...request.head.names, ...headers.map(([name]) => name)],
    values: [...request.head.values, ...headers.map(([, value]) => value)],
  },
});

const pick = ({ method, target, path, authority, host }: RefusedRequest['head']) => ({
  method,
  target,
  path,
  authority,
  host,
});

describe('refusals', () => {
  test('are explained with their ids, and those of an id are found, the newest first', async () => {
    const refusals = new Refusals(2, () => 0);
    const state = closed();
    for (const method of ['GET', 'PUT', 'POST']) {
      const request = await aRefusedRequest(state, { ...anonymous, request: `${method} /api` });
      refusals.add('one', request);
    }
    expect(refusals.find('one')).toMatchObject([
      {
        requestId: 'one',
        allowed: false,
        outcome: { statusCode: 403 },
        request: { method: 'POST', target: '/api' },
      },
      { request: { method: 'PUT' } },
    ]);
    expect(refusals.find('two')).toEqual([]);
  });

  test('of a path that was refused say so, and nothing of who sent it', async () => {
    const refusals = new Refusals(1, () => 0);
    const request = { who: 'alice', request: 'GET /api/../admin' };
    refusals.add('one', await aRefusedRequest(closed(), request));
    expect(refusals.find('one')).toMatchObject([
      {
        allowed: false,
        outcome: { statusCode: 400, message: expect.stringMatching(/^the path has a segment/) },
        request: { target: '/api/../admin' },
        caller: { kind: 'unverified' },
        layers: [],
      },
    ]);
  });

  test('are found by ids as people see them and as they came, byte by byte', async () => {
    const refusals = new Refusals(5, () => 0);
    const request = await aRefusedRequest(closed(), anonymous);
    refusals.add(Buffer.from('größe/2?%').toString('latin1'), request);
    refusals.add('na\u00efve', request);
    refusals.add(Buffer.from('na\u00efve').toString('latin1'), request);
    expect(refusals.find('größe/2?%')).toHaveLength(1);
    expect(refusals.find('na\u00efve')).toHaveLength(2);
  });

  test('of an account are found whatever others send with the same id', async () => {
    const refusals = new Refusals(100, () => 0);
    const own = { ...anonymous, request: 'GET /own' };
    refusals.add('id', await aRefusedRequest(stateOf('111122223333'), own));
    const foreign = await aRefusedRequest(stateOf('444455556666'), anonymous);
    for (let count = 0; count < 20; count++) refusals.add('id', foreign);
    expect(refusals.find('id', '111122223333')).toMatchObject([{ request: { target: '/own' } }]);
    expect(refusals.find('id', '777788889999')).toEqual([]);
    expect(refusals.find('id')).toHaveLength(8);
  });

  test('are not found by the account whose access key somebody named without proof', async () => {
    const refusals = new Refusals(1, () => 0);
    const forged = await aRefusedRequest(
      stateOf('111122223333'),
      { who: 'stranger', request: 'GET /api' },
      {
        change: (head) => {
          head.method = 'POST';
        },
      },
    );
    refusals.add('id', forged);
    expect(refusals.find('id')).toMatchObject([
      { caller: { kind: 'unverified', accountId: '444455556666' } },
    ]);
    expect(refusals.find('id', '444455556666')).toEqual([]);
    expect(refusals.find('id', '111122223333')).toHaveLength(1);
  });

  test('are told by name only when there are more than 200 in a second', async () => {
    let nowMs = 0;
    const refusals = new Refusals(1000, () => nowMs);
    const request = await aRefusedRequest(closed(), anonymous);
    for (let i = 0; i < 201; i++) refusals.add(`id ${i}`, request);
    expect(refusals.find('id 199')[0]?.layers).not.toEqual([]);
    expect(refusals.find('id 200')[0]).toMatchObject({
      requestId: 'id 200',
      network: { id: 'sn-1' },
      layers: [],
      advice: [expect.stringMatching(/^not explained, since more requests were refused/)],
    });
    nowMs = 1000;
    refusals.add('id 201', request);
    expect(refusals.find('id 201')[0]?.layers).not.toEqual([]);
  });

  test('are told by name only when explaining took too much of the second', async () => {
    let nowMs = 0;
    // Each look at the clock costs, so each explanation takes 25 ms.
    const refusals = new Refusals(10, () => (nowMs += 25));
    const request = await aRefusedRequest(closed(), anonymous);
    for (const id of ['a', 'b', 'c']) refusals.add(id, request);
    expect(refusals.find('b')[0]?.layers).not.toEqual([]);
    expect(refusals.find('c')[0]?.layers).toEqual([]);
  });

  test('take no more than an entry has room for, whatever is sent and whatever policies say', async () => {
    const statements = Array.from({ length: 25 }, (_, index) => ({
      ...ANYBODY,
      Sid: `Statement${index}${'x'.repeat(100)}`,
      Condition: {
        StringEquals: Object.fromEntries(
          Array.from({ length: 4 }, (_, key) => [
            `vpc-lattice-svcs:RequestHeader/x-${key}`,
            Array.from({ length: 2 }, (_, value) => `${'"'.repeat(15)}${value}`),
          ]),
        ),
      },
    }));
    const authPolicy = aPolicyText(statements);
    const state = aGuardedState(
      aNetwork({ authType: 'AWS_IAM', authPolicy }),
      aService({ authType: 'AWS_IAM', authPolicy }),
    );
    const request = await aRefusedRequest(state, {
      who: 'watched-without',
      request: `GET /${'p'.repeat(30_000)}?${'q=1&'.repeat(5000)}`,
      headers: Object.fromEntries(
        Array.from({ length: 20 }, (_, key) => [`x-${key}`, 'v'.repeat(1000)]),
      ),
    });
    const refusals = new Refusals(1, () => 0);
    refusals.add('i'.repeat(512), request);
    const [kept] = refusals.find('i'.repeat(512));
    expect(kept?.layers[0]).toMatchObject({
      says: 'implicitDeny',
      note: '23 more statements are left out',
    });
    expect(JSON.stringify(kept).length).toBeLessThanOrEqual(MOST_ENTRY_CHARACTERS);
  });
});

describe('no secret of a request is in its explanation', () => {
  const secrets = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
  const names = [
    'authorization',
    'cookie',
    'x-api-key',
    'x-amz-security-token',
    'x-auth-token',
    'x-password',
    'x-auth',
    'code',
    'sig',
  ];
  /** Policies that ask for every one of them. */
  const curious = aPolicyText([
    {
      ...ANYBODY,
      Condition: {
        StringEquals: Object.fromEntries(
          names.flatMap((name) => [
            [`vpc-lattice-svcs:RequestHeader/${name}`, 'other'],
            [`vpc-lattice-svcs:RequestQueryString/${name}`, 'other'],
          ]),
        ),
      },
    },
  ]);
  const guarded = aGuardedState(
    aNetwork({ authType: 'AWS_IAM', authPolicy: curious }),
    aService({ authType: 'AWS_IAM', authPolicy: curious }),
  );

  test.each(['anonymous', 'alice', 'reports'])(
    'when policies ask %s for headers and query',
    async (who) => {
      await fc.assert(
        fc.asyncProperty(secrets, fc.constantFrom(...names), async (secret, name) => {
          const query = `${name}=${secret}&${name.toUpperCase().replaceAll('-', '%2D')}=${secret}`;
          const request = await aRefusedRequest(guarded, { who, request: `GET /api?${query}` });
          const isCredential = name === 'authorization' || name === 'x-amz-security-token';
          expectNoneOf(
            [secret, ...secretsOf(who)],
            withHeaders(request, isCredential && who !== 'anonymous' ? [] : [[name, secret]]),
          );
        }),
        { numRuns: 20 },
      );
    },
  );

  test('when a policy wants one in a way that never works', async () => {
    const condition = { 'vpc-lattice-svcs:RequestHeader/x-api-key': 'hush*' };
    const authPolicy = aPolicyText([{ ...ANYBODY, Condition: { StringEquals: condition } }]);
    const state = aGuardedState(aService({ authType: 'AWS_IAM', authPolicy }));
    expectNoneOf(['hush'], await aRefusedRequest(state, anonymous));
  });

  test('when a policy asks for a URL with one in it', async () => {
    const condition = { 'vpc-lattice-svcs:RequestHeader/referer': 'http://shop.example/*' };
    const authPolicy = aPolicyText([{ ...ANYBODY, Condition: { StringLike: condition } }]);
    const state = aGuardedState(aService({ authType: 'AWS_IAM', authPolicy }));
    const headers = { referer: 'http://b.example/?a=1&key=hush' };
    expectNoneOf(['hush'], await aRefusedRequest(state, { ...anonymous, headers }));
  });

  test('when a Deny applies to one', async () => {
    const unwanted = { 'vpc-lattice-svcs:RequestHeader/x-api-key': 'hush*' };
    const referer = { 'vpc-lattice-svcs:RequestHeader/referer': 'http://*' };
    const denying = { ...ANYBODY, Effect: 'Deny', Condition: { StringLike: unwanted } };
    const authPolicy = aPolicyText([
      ANYBODY,
      denying,
      { ...denying, Condition: { StringLike: referer } },
    ]);
    const state = aGuardedState(aService({ authType: 'AWS_IAM', authPolicy }));
    const headers = { 'x-api-key': 'hush-1', referer: 'http://b.example/?a=1&key=hush' };
    const request = await aRefusedRequest(state, { ...anonymous, headers });
    expectNoneOf(['hush'], request);
    const refusals = new Refusals(1, () => 0);
    refusals.add('id', request);
    const [, layer] = refusals.find('id')[0]?.layers ?? [];
    expect(layer?.statements.flatMap(({ matches = [] }) => matches)).toEqual([
      '`vpc-lattice-svcs:RequestHeader/x-api-key` is `(hidden)` (StringLike `(hidden)`)',
      '`vpc-lattice-svcs:RequestHeader/referer` is `http://b.example/?a=1&key=(hidden)` (StringLike `http://*`)',
    ]);
  });

  test('when the signature covers headers that may hold anything', async () => {
    const request = await aRefusedRequest(
      guarded,
      {
        who: 'alice',
        request: 'GET /api?to=http%3A%2F%2Fb%2F%3Ftoken%3Dhush',
        headers: { accept: 'text/plain', 'x-plan': 'hush' },
      },
      {
        change: (head) => {
          head.method = 'POST';
        },
      },
    );
    const values = request.head.values.map((value) =>
      value.replace(/SignedHeaders=([^,]+)/, 'SignedHeaders=accept;$1;x-plan'),
    );
    const head = { ...pick(request.head), names: request.head.names, values };
    const kept = expectNoneOf(['hush'], { ...request, head });
    expect(kept?.signature?.canonicalRequest).toMatch(
      /\naccept:text\/plain\nhost:shop.example\n(?:.+\n)+x-plan:\(hidden\)\n/,
    );
    // Or the value could be tried until the hash is right.
    expect(kept?.signature?.stringToSign).toMatch(/\n\(hidden\)$/);
  });

  test('when the signature fails that covers them', async () => {
    await fc.assert(
      fc.asyncProperty(secrets, fc.constantFrom('cookie', 'x-api-key'), async (secret, name) => {
        const request = await aRefusedRequest(
          guarded,
          {
            who: 'reports',
            request: `GET /api?${name}=${secret}`,
            headers: { [name]: secret },
          },
          {
            change: (head) => {
              head.method = 'POST';
            },
          },
        );
        const values = request.head.values.map((value) =>
          value.replace('SignedHeaders=', `SignedHeaders=${name};`),
        );
        expectNoneOf([secret, ...secretsOf('reports')], {
          ...request,
          head: { ...pick(request.head), names: request.head.names, values },
        });
      }),
      { numRuns: 20 },
    );
  });

  const secretsOf = (who: string): readonly string[] => {
    if (who === 'anonymous') return [];
    const { secretAccessKey, sessionToken } = credentialsOf(who);
    return [secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])];
  };

  const expectNoneOf = (
    texts: readonly string[],
    request: RefusedRequest,
  ): Explanation | undefined => {
    const refusals = new Refusals(1, () => 0);
    refusals.add('id', request);
    const [explanation] = refusals.find('id');
    const kept = JSON.stringify(explanation);
    const signature = request.head.values.join().match(/Signature=([0-9a-f]+)/)?.[1];
    for (const text of [...texts, ...(signature === undefined ? [] : [signature])]) {
      expect(kept).not.toContain(text);
    }
    expect(kept).toContain('(hidden)');
    return explanation;
  };
});
