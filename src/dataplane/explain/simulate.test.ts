import { describe, expect, test } from 'vitest';
import { aGuardedState } from '../../../test/support/refused-request.ts';
import { aPolicyText, NOW_MS } from '../../../test/support/sample-callers.ts';
import type { Simulation } from '../../snapshot/explanation.ts';
import type { Part } from '../../snapshot/parts.ts';
import {
  aListener,
  aLoneVpc,
  aMembership,
  aNetwork,
  aRule,
  aService,
  aTargetGroup,
} from '../sample-parts.ts';
import { aCertificate } from '../tls/sample-certificate.ts';
import { simulate } from './simulate.ts';

const ANYBODY = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

const run = (simulation: Partial<Simulation>, ...parts: readonly Part[]) => {
  const given = {
    principalArn: 'anonymous',
    vpcId: 'vpc-1',
    method: 'GET',
    url: 'http://shop.example/api',
    headers: [],
    ...simulation,
  };
  const answer = simulate(given, aGuardedState(...parts), NOW_MS);
  return 'problem' in answer ? answer.problem : answer.explanation;
};

interface Case {
  readonly name: string;
  readonly simulation?: Partial<Simulation>;
  readonly parts?: readonly Part[];
  readonly expected: unknown;
}

const forwarded = {
  allowed: true,
  outcome: {
    ruleId: 'rule-1',
    rulePriority: 10,
    listenerPort: 80,
    targetGroupIds: ['tg-1'],
    message: 'forwarded to a target group',
  },
  layers: [],
};

/** The service with a listener on port 443 that shows a certificate for these names. */
const secure = (...hosts: string[]): Part[] => [
  aService({
    listeners: [aListener({ protocol: 'HTTPS', port: 443 })],
    certificates: hosts.map((host) => ({ host, certificateId: aCertificate().id })),
  }),
  aCertificate(),
];

const CONNECT = { ...ANYBODY, Action: 'vpc-lattice-svcs:Connect' };
const GENERATED = 'shop-0123456789abcdef0.7d67968.vpc-lattice-svcs.us-west-2.on.aws';

/** The service with TLS passed through on port 443. */
const passedThrough = (authPolicy?: string): Part[] => [
  aService({
    listeners: [aListener({ protocol: 'TLS_PASSTHROUGH', port: 443, rules: [] })],
    ...(authPolicy !== undefined && { authType: 'AWS_IAM', authPolicy }),
  }),
  aMembership({ hosts: [GENERATED, 'shop.example'] }),
];

const grpc = (part: Partial<Simulation> = {}): Partial<Simulation> => ({
  method: 'POST',
  http2: true,
  headers: [['Content-Type', 'application/grpc']],
  ...part,
});

describe('a simulation', () => {
  test.each<Case>([
    { name: 'of a service that asks nobody', expected: forwarded },
    {
      name: 'with a signature that nobody would look at',
      simulation: { principalArn: 'arn:aws:iam::111122223333:user/bob' },
      expected: forwarded,
    },
    {
      name: 'matches rules by the headers given',
      simulation: { url: 'http://shop.example/', headers: [['X-Beta', 'größe']] },
      parts: [
        aService({
          listeners: [
            aListener({
              rules: [
                aRule({
                  match: {
                    headers: [{ name: 'x-beta', match: { exact: 'größe' }, caseSensitive: true }],
                  },
                }),
              ],
            }),
          ],
        }),
      ],
      expected: { outcome: { ruleId: 'rule-1' } },
    },
    {
      name: 'goes by a Host header, as curl does',
      simulation: { url: 'http://127.0.0.1/api', headers: [['host', 'shop.example']] },
      expected: forwarded,
    },
    {
      name: 'of a URL without a path',
      simulation: { url: 'http://shop.example?x=1' },
      expected: { request: { target: '/?x=1' } },
    },
    {
      name: 'asks a network policy that is not stored, though its type is NONE',
      simulation: { networkPolicy: aPolicyText([{ ...ANYBODY, Effect: 'Deny' }]) },
      expected: {
        allowed: false,
        network: { authType: 'AWS_IAM' },
        layers: [{ layer: 'network-based policy', says: 'explicitDeny' }, { says: 'notAsked' }],
      },
    },
    {
      name: 'asks a policy in place of the one that is stored',
      simulation: { servicePolicy: aPolicyText([ANYBODY]) },
      parts: [aService({ authType: 'AWS_IAM' })],
      expected: { allowed: true, layers: [{ says: 'notAsked' }, { says: 'allow' }] },
    },
    {
      name: 'knows the client address',
      simulation: { address: '10.1.2.3' },
      parts: [
        aService({
          authType: 'AWS_IAM',
          authPolicy: aPolicyText([
            { ...ANYBODY, Condition: { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } } },
          ]),
        }),
      ],
      expected: { allowed: true, source: { address: '10.1.2.3' } },
    },
    {
      name: 'from a VPC in no network',
      parts: [aLoneVpc()],
      expected: {
        allowed: false,
        outcome: { message: 'the connection is refused: the VPC is in no service network' },
        advice: ['associate vpc-1 with a service network'],
      },
    },
    {
      name: 'on a port without a listener',
      simulation: { url: 'http://shop.example:81/' },
      expected: {
        allowed: false,
        outcome: { statusCode: 404, message: 'Not Found' },
        advice: ['use a port of service svc-1, which has 80, or make a listener for port 81'],
      },
    },
    {
      name: 'of plain HTTP to a listener for HTTPS',
      parts: [aService({ listeners: [aListener({ protocol: 'HTTPS' })] })],
      expected: {
        allowed: false,
        outcome: { statusCode: 400, message: 'this port belongs to a listener for HTTPS' },
      },
    },
    {
      name: 'by HTTPS',
      simulation: { url: 'https://shop.example/' },
      parts: secure('shop.example'),
      expected: { allowed: true, request: { method: 'GET', protocol: 'https' } },
    },
    {
      name: 'by HTTPS to a service without a certificate',
      simulation: { url: 'https://SHOP.example./api' },
      parts: secure(),
      expected: {
        allowed: false,
        outcome: { message: 'no TLS connection: alert unrecognized_name for `shop.example`' },
        request: { method: 'GET', target: '/api' },
        advice: ['give service svc-1 a certificate for `shop.example`: it has none'],
      },
    },
    {
      name: 'by HTTPS with the Host of another service',
      simulation: { url: 'https://shop.example/', headers: [['host', 'nobody.example']] },
      parts: secure('shop.example'),
      expected: { allowed: false, outcome: { statusCode: 404 } },
    },
    {
      name: 'by HTTPS to a listener for HTTP',
      simulation: { url: 'https://shop.example:80/' },
      expected: {
        allowed: false,
        outcome: { statusCode: 400, message: 'this port belongs to a listener for HTTP' },
      },
    },
    {
      name: 'of what is passed through is about the connection, whoever makes it',
      simulation: {
        url: 'https://shop.example/api',
        principalArn: 'arn:aws:iam::111122223333:user/bob',
      },
      parts: passedThrough(aPolicyText([CONNECT])),
      expected: {
        allowed: true,
        outcome: { message: 'passed through to a target group', listenerPort: 443 },
        request: { method: 'CONNECT', authority: 'shop.example', target: '' },
        caller: { kind: 'anonymous' },
        layers: [{ says: 'notAsked' }, { says: 'allow' }],
      },
    },
    {
      name: 'of a connection that nobody is asked about',
      simulation: { method: 'CONNECT', url: 'https://shop.example' },
      parts: passedThrough(),
      expected: { allowed: true, layers: [] },
    },
    {
      name: 'of a connection that a policy which is not stored refuses',
      simulation: {
        url: 'https://shop.example',
        servicePolicy: aPolicyText([{ ...ANYBODY, Action: 'vpc-lattice-svcs:Invoke' }]),
      },
      parts: passedThrough(),
      expected: {
        allowed: false,
        outcome: {
          message: expect.stringContaining('because no service-based policy allows the vpc-lat'),
        },
        layers: [{ says: 'notAsked' }, { says: 'implicitDeny' }],
      },
    },
    {
      name: 'of a connection by the generated name',
      simulation: { url: `https://${GENERATED}/` },
      parts: passedThrough(),
      expected: {
        allowed: false,
        outcome: { message: `no TLS connection: alert unrecognized_name for \`${GENERATED}\`` },
        advice: ['use its custom domain name: what is passed through has no other'],
      },
    },
    {
      name: 'of a connection where nothing is passed through',
      simulation: { method: 'CONNECT', url: 'https://shop.example' },
      parts: secure('shop.example'),
      expected: 'CONNECT is for listeners for TLS_PASSTHROUGH, by https; give another method',
    },
    ...(['HTTP2', 'GRPC'] as const).map((protocolVersion) => ({
      name: `by HTTP/1.1 to a target group for ${protocolVersion}`,
      parts: [aTargetGroup({ protocolVersion })],
      expected: {
        allowed: false,
        outcome: { statusCode: 400, targetGroupIds: ['tg-1'] },
        advice: ['send it by HTTP/2 (`--http2`)'],
      },
    })),
    {
      name: 'by HTTP/2 to a target group for it',
      simulation: { http2: true },
      parts: [aTargetGroup({ protocolVersion: 'HTTP2' })],
      expected: forwarded,
    },
    {
      name: 'of a gRPC call to a target group for it',
      simulation: grpc(),
      parts: [aTargetGroup({ protocolVersion: 'GRPC' })],
      expected: forwarded,
    },
    {
      name: 'of a gRPC call to a target group for HTTP/1.1',
      simulation: grpc(),
      expected: { allowed: false, outcome: { statusCode: 400 }, advice: [] },
    },
    {
      name: 'of a gRPC call by HTTP/1.1, which is none',
      simulation: grpc({ http2: false }),
      expected: forwarded,
    },
    {
      name: 'to a target group for functions',
      parts: [aTargetGroup({ type: 'LAMBDA' })],
      expected: { allowed: false, outcome: { statusCode: 501 } },
    },
    {
      name: 'to one of several target groups that can take it',
      simulation: { url: 'http://shop.example/' },
      parts: [
        aService({
          listeners: [
            aListener({
              defaultAction: {
                type: 'forward',
                targetGroups: ['tg-1', 'tg-2'].map((targetGroupId) => ({
                  targetGroupId,
                  weight: 1,
                })),
              },
            }),
          ],
        }),
        aTargetGroup({ id: 'tg-2', protocolVersion: 'GRPC' }),
      ],
      expected: { allowed: true, outcome: { targetGroupIds: ['tg-1', 'tg-2'] } },
    },
    ...[
      { name: 'guarded', parts: [aService({ authType: 'AWS_IAM' })] },
      { name: 'simulated as guarded', simulation: { servicePolicy: aPolicyText([ANYBODY]) } },
    ].map(({ name, simulation, parts }) => ({
      name: `of a path with dots in a service that is ${name}`,
      simulation: { url: 'http://shop.example/public/../admin', ...simulation },
      parts: parts ?? [],
      expected: {
        allowed: false,
        outcome: { statusCode: 400, message: expect.stringMatching(/^the path has a segment/) },
        layers: [],
      },
    })),
    {
      name: 'of a path with dots in a service that asks nobody',
      simulation: { url: 'http://shop.example/public/../admin' },
      expected: { allowed: true },
    },
    {
      name: 'with policies that take too long',
      simulation: {
        url: `http://shop.example/${'a'.repeat(50_000)}`,
        servicePolicy: aPolicyText([
          ANYBODY,
          {
            ...ANYBODY,
            Effect: 'Deny',
            Resource: Array.from({ length: 300 }, (_, i) => `*a?a?a?${i}b*`),
          },
        ]),
      },
      expected: {
        allowed: false,
        outcome: {
          statusCode: 403,
          message: expect.stringMatching(/^AccessDeniedException: User: anonymous is not/),
        },
        layers: [
          { says: 'notAsked' },
          {
            says: 'explicitDeny',
            note: '1 more statement is left out',
            statements: [{ number: 1, applies: true }],
            advice: [expect.stringMatching(/^its statements take too long to compare/)],
          },
        ],
      },
    },
    {
      name: 'of a request that is too long',
      simulation: { url: `http://shop.example/${'a'.repeat(61_500)}` },
      expected:
        'the head of the request has more than 61440 bytes, which the data plane refuses with status 400',
    },
    {
      name: 'from a VPC that is not there',
      simulation: { vpcId: 'vpc-7' },
      expected: 'there is no VPC `vpc-7`',
    },
    {
      name: 'of somebody who is not there',
      simulation: { principalArn: 'arn:aws:iam::111122223333:user/nobody' },
      expected: expect.stringMatching(
        /^there is no principal `arn:aws:iam::111122223333:user\/nob/,
      ),
    },
    {
      name: 'of a request that is malformed',
      simulation: { headers: [['x a', 'b']] },
      expected: 'the data plane would refuse this request as malformed, with status 400',
    },
    {
      name: 'of a header that is two',
      simulation: { headers: [['x-a', 'b\r\nx-c: d']] },
      expected: 'a header has a line break, which no request can have',
    },
    {
      name: 'of a URL with another scheme',
      simulation: { url: 'ftp://shop.example/' },
      expected: 'give a URL with http:// or https://',
    },
    {
      name: 'of a URL that could not be sent as it is',
      simulation: { url: 'http://shop.example/a b' },
      expected: 'the URL has spaces or other characters that have to be percent-encoded',
    },
    {
      name: 'of what is no URL',
      simulation: { url: 'http:///orders' },
      expected: 'the URL must be like `http://host/path`',
    },
    {
      name: 'of what is no address',
      simulation: { address: 'here' },
      expected: '`here` is not an IP address',
    },
  ])('$name', ({ simulation = {}, parts = [], expected }) => {
    const answer = run(simulation, ...parts);
    if (typeof answer === 'string' || typeof expected !== 'object' || expected === null) {
      expect(answer).toEqual(expected);
    } else {
      expect(answer).toMatchObject(expected);
    }
  });

  test('changes nothing of what is stored', () => {
    const state = aGuardedState(aNetwork());
    const given = { principalArn: 'anonymous', vpcId: 'vpc-1', method: 'GET', headers: [] };
    const url = 'http://shop.example/api';
    simulate({ ...given, url, servicePolicy: aPolicyText([ANYBODY]) }, state, NOW_MS);
    expect(state.services.get('svc-1')).toMatchObject({
      part: { authType: 'NONE' },
      authLayer: undefined,
    });
  });
});
