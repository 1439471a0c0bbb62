// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of policies look like that
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  aPolicyText,
  arnOf,
  aSignedHead,
  callerParts,
  credentialsOf,
  NOW_MS,
  type SampleRequest,
} from '../../../test/support/sample-callers.ts';
import type { NetworkPart } from '../../snapshot/parts.ts';
import { decide } from '../decide/decide.ts';
import type { Decision } from '../decide/decision.ts';
import type { Http1RequestHead } from '../http1/request-head.ts';
import { aDelta, aNetwork, aService, aSnapshot, aSource, aVpc } from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';

type Guard = Pick<NetworkPart, 'authType' | 'authPolicy'>;

const iam = (statements: readonly object[]): Guard => ({
  authType: 'AWS_IAM',
  authPolicy: aPolicyText(statements),
});

const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

const aState = (network: Guard, service: Guard = { authType: 'NONE' }): DataPlaneState => {
  const state = new DataPlaneState({ now: () => NOW_MS });
  state.apply(aDelta([...aSnapshot(), ...callerParts(), aNetwork(network), aService(service)]));
  return state;
};

const decideOn = (state: DataPlaneState, head: Http1RequestHead): Decision =>
  decide(head, aSource(), state, NOW_MS);

const bodyOf = (decision: Decision): string | undefined =>
  decision.type === 'reply' ? decision.body : undefined;

describe('who sends a request', () => {
  const cases: readonly {
    name: string;
    request: SampleRequest;
    guard: Guard;
    identity: Record<string, unknown> | string | undefined;
  }[] = [
    {
      name: 'is not asked where nobody wants to know',
      request: { who: 'checkout', request: 'GET /' },
      guard: { authType: 'NONE' },
      identity: undefined,
    },
    {
      name: 'is nobody in particular without a signature',
      request: { who: 'anonymous', request: 'GET /' },
      guard: iam([EVERYBODY]),
      identity: 'anonymous',
    },
    {
      name: 'is the caller that signed it',
      request: { who: 'checkout', request: 'GET /' },
      guard: iam([EVERYBODY]),
      identity: { principal: { arn: arnOf('checkout') } },
    },
    {
      name: 'is known when it is refused, too',
      request: { who: 'checkout', request: 'GET /' },
      guard: { authType: 'AWS_IAM' },
      identity: { principal: { arn: arnOf('checkout') } },
    },
    {
      name: 'is not known when the signature fails',
      request: { who: 'checkout', request: 'GET /', signedAt: new Date(NOW_MS - 301_000) },
      guard: iam([EVERYBODY]),
      identity: 'unverified',
    },
  ];

  test.each(cases)('$name', async ({ request, guard, identity }) => {
    const decision = decideOn(aState(guard), await aSignedHead(request));
    if (typeof identity === 'object') expect(decision.identity).toMatchObject(identity);
    else expect(decision.identity).toBe(identity);
  });
});

describe('a signature that fails', () => {
  test('is refused even where anybody may call', async () => {
    const head = await aSignedHead({ who: 'alice', request: 'GET /' });
    head.target = '/?changed';
    const decision = decideOn(aState(iam([EVERYBODY]), iam([EVERYBODY])), head);
    expect(decision).toMatchObject({
      statusCode: 403,
      failure: 'ClientAccessDenied',
      refusal: { by: 'signature', verification: { accessKeyId: 'AKIAALICE23456723456' } },
    });
    expect(bodyOf(decision)).toMatch(
      /^InvalidSignatureException: The request signature we calculated/,
    );
  });

  test('is told before what policies would say', async () => {
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=x' };
    const head = await aSignedHead({ who: 'anonymous', request: 'GET /', headers });
    expect(bodyOf(decideOn(aState({ authType: 'AWS_IAM' }), head))).toMatch(
      /^IncompleteSignatureException: /,
    );
  });

  test('is not looked at when the path is refused', async () => {
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=x' };
    const head = await aSignedHead({ who: 'anonymous', request: 'GET /a/../b', headers });
    const decision = decideOn(aState({ authType: 'AWS_IAM' }), head);
    expect(decision).toMatchObject({ statusCode: 400, identity: undefined });
  });

  test('does not matter for a service that cannot be reached', async () => {
    const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=x' };
    const head = await aSignedHead({ who: 'anonymous', request: 'GET /', headers });
    head.host = 'other.example';
    expect(decideOn(aState({ authType: 'AWS_IAM' }), head)).toMatchObject({ statusCode: 404 });
  });

  test('of a session that is over is that of nobody', async () => {
    const state = aState(iam([EVERYBODY]));
    const later = NOW_MS + 3600_000;
    const head = await aSignedHead({
      who: 'checkout',
      request: 'GET /',
      signedAt: new Date(later),
      credentials: credentialsOf('checkout'),
    });
    expect(bodyOf(decide(head, aSource(), state, later))).toBe(
      'UnrecognizedClientException: The security token included in the request is invalid',
    );
  });
});

describe('what a refusal carries', () => {
  test('is the question, which gives the same decision when it is asked again', async () => {
    const guard = iam([
      {
        ...EVERYBODY,
        Effect: 'Deny',
        Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': 'PUT' } },
      },
      EVERYBODY,
    ]);
    const head = await aSignedHead({ who: 'checkout', request: 'PUT /x' });
    const decision = decideOn(aState(guard), head);
    const refusal = decision.type === 'reply' ? decision.refusal : undefined;
    if (refusal?.by !== 'policy') throw new Error('expected a refusal by a policy');
    expect(refusal.authDeniedReason).toBe('Network');
    expect(refusal.caller).toBe(decision.identity);
    expect(refusal.question.layers.map(({ name }) => name)).toEqual([
      'network-based policy',
      'identity-based policy',
    ]);
    expect(refusal.question.request.resource).toBe(`${aService().arn}/x`);
    expect(refusal.decision).toMatchObject({ kind: 'explicitDeny', because: [{ statement: 0 }] });
  });

  test.each([
    { who: 'anonymous', network: [], service: [EVERYBODY], reason: 'Network' },
    { who: 'anonymous', network: [EVERYBODY], service: [], reason: 'Service' },
    { who: 'bob', network: [EVERYBODY], service: [EVERYBODY], reason: 'Identity' },
    { who: 'bounded', network: [EVERYBODY], service: [EVERYBODY], reason: 'Identity' },
    { who: 'watched', network: [EVERYBODY], service: [EVERYBODY], reason: 'Identity' },
  ])('$reason is why $who is denied', async ({ who, network, service, reason }) => {
    const head = await aSignedHead({ who, request: 'GET /' });
    const decision = decideOn(aState(iam(network), iam(service)), head);
    expect(decision).toMatchObject({ refusal: { by: 'policy', authDeniedReason: reason } });
  });
});

describe('policies', () => {
  test.each(['', '{}', 'null', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}'])(
    'a text that is none lets nobody in: `%s`',
    async (authPolicy) => {
      const head = await aSignedHead({ who: 'alice', request: 'GET /' });
      const state = aState({ authType: 'AWS_IAM', authPolicy });
      expect(decideOn(state, head)).toMatchObject({ statusCode: 403 });
    },
  );

  test('one that changes counts from the next request on', async () => {
    const head = await aSignedHead({ who: 'anonymous', request: 'GET /' });
    const state = aState(iam([EVERYBODY]));
    const refusalNow = () => bodyOf(decideOn(state, head));
    expect(refusalNow()).toBeUndefined();
    state.apply(aDelta([aNetwork(iam([{ ...EVERYBODY, Effect: 'Deny' }]))]));
    expect(refusalNow()).toMatch(/explicit deny in a network-based policy$/);
    state.apply(aDelta([aNetwork({ ...iam([]), authType: 'NONE' })]));
    expect(refusalNow()).toBeUndefined();
  });

  describe('a Deny that is added', () => {
    const few = <T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
    const values = (one: fc.Arbitrary<string>) => fc.array(one, { minLength: 1, maxLength: 2 });
    const aStatement = fc.record(
      {
        Effect: few('Allow', 'Deny'),
        Principal: few<unknown>(
          '*',
          { AWS: '111122223333' },
          { AWS: 'arn:aws:iam::111122223333:role/checkout' },
        ),
        Action: few(
          'vpc-lattice-svcs:Invoke',
          'vpc-lattice-svcs:*',
          '*',
          'vpc-lattice-svcs:Connect',
        ),
        Resource: values(
          few('*', `${aService().arn}/*`, '*/a', '*/service/svc-?/a*', '${aws:PrincipalArn}'),
        ),
        Condition: fc.dictionary(
          few(
            'StringEquals',
            'StringNotEquals',
            'StringLikeIfExists',
            'ForAllValues:StringLike',
            'ForAnyValue:StringEquals',
          ),
          fc.dictionary(
            few(
              'vpc-lattice-svcs:RequestMethod',
              'vpc-lattice-svcs:RequestQueryString/q',
              'vpc-lattice-svcs:SourceVpc',
              'aws:PrincipalTag/team',
              'aws:PrincipalOrgID',
            ),
            values(few('GET', 'vpc-1', 'orders', '*', 'o-shop123456', '1')),
            { minKeys: 1, maxKeys: 2 },
          ),
          { maxKeys: 1 },
        ),
      },
      { requiredKeys: ['Effect', 'Principal', 'Action', 'Resource'] },
    );
    const statements = fc.array(aStatement, { minLength: 1, maxLength: 4 });
    let heads: readonly Http1RequestHead[];

    beforeAll(async () => {
      const senders = ['anonymous', 'alice', 'bob', 'checkout', 'stranger', 'watched', 'root'];
      const lines = ['GET /a?q=1', 'PUT /a/b', 'GET /shop/1?q=1&q=2'];
      heads = await Promise.all(
        senders.flatMap((who) => lines.map((request) => aSignedHead({ who, request }))),
      );
    });

    const allowedOn = (
      network: readonly object[],
      service: readonly object[],
    ): readonly boolean[] => {
      const state = aState(iam(network), iam(service));
      return heads.map((head) => bodyOf(decideOn(state, head)) === undefined);
    };

    test('never lets anybody in', () => {
      let refusedMore = 0;
      fc.assert(
        fc.property(
          statements,
          statements,
          aStatement,
          fc.boolean(),
          (network, service, extra, first) => {
            const deny = { ...extra, Effect: 'Deny' };
            const before = allowedOn([...network, EVERYBODY], service);
            const after = first
              ? allowedOn([deny, ...network, EVERYBODY], service)
              : allowedOn([...network, EVERYBODY], [...service, deny]);
            after.forEach((isAllowed, i) => {
              expect(isAllowed && !before[i]).toBe(false);
              if (!isAllowed && before[i]) refusedMore += 1;
            });
          },
        ),
        { numRuns: 200 },
      );
      expect(refusedMore).toBeGreaterThan(20);
    });
  });
});

describe('the VPC that a request comes from', () => {
  test('leads to the policy of its own service network', async () => {
    const state = aState(iam([EVERYBODY]));
    state.apply(
      aDelta([
        aVpc({ id: 'vpc-2', networkId: 'sn-2' }),
        aNetwork({ id: 'sn-2', authType: 'AWS_IAM' }),
        {
          kind: 'membership',
          id: 'snsa-2',
          networkId: 'sn-2',
          serviceId: 'svc-1',
          hosts: ['shop.example'],
        },
      ]),
    );
    const head = await aSignedHead({ who: 'alice', request: 'GET /' });
    const refusals = ['vpc-1', 'vpc-2'].map((vpcId) =>
      bodyOf(decide(head, aSource({ vpcId }), state, NOW_MS)),
    );
    expect(refusals).toEqual([undefined, expect.stringMatching(/no network-based policy allows/)]);
  });
});
