import { describe, expect, test } from 'vitest';
import type { Part, SnapshotDelta } from '../../snapshot/parts.ts';
import type { RequestHead, Source } from '../request-head.ts';
import {
  aDelta,
  aListener,
  aLoneVpc,
  aMembership,
  aNetwork,
  aRule,
  aService,
  aSnapshot,
  aSource,
} from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';
import { decide } from './decide.ts';

const aRequest = (host: string, path: string): RequestHead => ({
  method: 'GET',
  target: path,
  path,
  authority: host,
  host,
  names: [],
  values: [],
});

interface Case {
  readonly name: string;
  readonly parts?: readonly Part[];
  readonly host?: string;
  readonly path?: string;
  readonly source?: Partial<Source>;
  readonly expected: Record<string, unknown>;
}

const TLS = { cipher: 'TLS_AES_128_GCM_SHA256', version: 'TLSv1.3' };

const notFound = { type: 'reply', statusCode: 404, failure: undefined, ruleId: undefined };

const dotted = {
  type: 'reply',
  statusCode: 400,
  failure: 'ClientProtocolError',
  body: expect.stringMatching(/^the path has a segment/),
  refusal: { by: 'path' },
  identity: undefined,
};

const CASES: readonly Case[] = [
  {
    name: 'a rule that matches forwards',
    path: '/api/x',
    expected: { type: 'forward', ruleId: 'rule-1' },
  },
  { name: 'the default action answers when no rule matches', path: '/x', expected: notFound },
  {
    name: 'a fixed response has the status of its rule and no failure',
    parts: [
      aService({
        listeners: [aListener({ rules: [aRule({ action: { type: 'fixed', statusCode: 500 } })] })],
      }),
    ],
    path: '/api',
    expected: { type: 'reply', statusCode: 500, failure: undefined, ruleId: 'rule-1' },
  },
  { name: 'an unknown host', host: 'other.example', expected: { ...notFound, service: undefined } },
  {
    name: 'a VPC that is not known',
    source: { vpcId: 'vpc-7' },
    expected: { ...notFound, vpc: undefined, network: undefined },
  },
  {
    name: 'a VPC without an association',
    parts: [aLoneVpc()],
    expected: { ...notFound, network: undefined },
  },
  {
    name: 'a service of another network',
    parts: [aNetwork({ id: 'sn-2' }), aMembership({ networkId: 'sn-2' })],
    expected: { ...notFound, service: undefined },
  },
  { name: 'a port without a listener', source: { listenerPort: 81 }, expected: notFound },
  {
    name: 'plain HTTP to a listener for HTTPS',
    parts: [aService({ listeners: [aListener({ protocol: 'HTTPS' })] })],
    expected: {
      type: 'reply',
      statusCode: 400,
      failure: 'ClientProtocolError',
      body: 'this port belongs to a listener for HTTPS',
    },
  },
  {
    name: 'HTTP over TLS to a listener for HTTP',
    source: { protocol: 'https' },
    expected: { type: 'reply', statusCode: 400, failure: 'ClientProtocolError' },
  },
  {
    name: 'a request over TLS, for the service whose name the handshake had',
    parts: [aService({ listeners: [aListener({ protocol: 'HTTPS' })] })],
    source: { protocol: 'https', tls: { ...TLS, serverName: 'shop.example' } },
    expected: notFound,
  },
  {
    name: 'one for another service than the handshake',
    parts: [
      aService({ listeners: [aListener({ protocol: 'HTTPS' })] }),
      aMembership({ id: 'snsa-2', serviceId: 'svc-2', hosts: ['bank.example'] }),
      aService({ id: 'svc-2' }),
    ],
    source: { protocol: 'https', tls: { ...TLS, serverName: 'bank.example' } },
    expected: { type: 'reply', statusCode: 421, failure: 'ClientProtocolError' },
  },
  {
    name: 'one whose handshake was for a name that is gone since',
    parts: [aService({ listeners: [aListener({ protocol: 'HTTPS' })] })],
    source: { protocol: 'https', tls: { ...TLS, serverName: 'gone.example' } },
    expected: { type: 'reply', statusCode: 421 },
  },
  {
    name: 'any request that was decrypted, to a listener that passes TLS through',
    parts: [aService({ listeners: [aListener({ protocol: 'TLS_PASSTHROUGH' })] })],
    source: { protocol: 'https' },
    expected: { type: 'reply', statusCode: 400, failure: 'ClientProtocolError' },
  },
  {
    name: 'a service that asks for authentication and has no policy is closed',
    parts: [aService({ authType: 'AWS_IAM' })],
    path: '/api',
    expected: { type: 'reply', statusCode: 403, failure: 'ClientAccessDenied' },
  },
  {
    name: 'a network that asks for authentication and has no policy is closed, which wins over a 404 of a rule',
    parts: [aNetwork({ authType: 'AWS_IAM' })],
    path: '/x',
    expected: { type: 'reply', statusCode: 403, failure: 'ClientAccessDenied' },
  },
  {
    name: 'a path with dots, where a network asks for authentication',
    parts: [aNetwork({ authType: 'AWS_IAM' })],
    path: '/public/../api',
    expected: dotted,
  },
  {
    name: 'a path with dots, where a service does',
    parts: [aService({ authType: 'AWS_IAM' })],
    path: '/public/%2e%2e/api',
    expected: dotted,
  },
  {
    name: 'a path with dots is any path where nobody asks',
    path: '/api/../x',
    expected: { type: 'forward', ruleId: 'rule-1' },
  },
];

describe('decide', () => {
  test.each(CASES)(
    '$name',
    ({ parts = [], host = 'shop.example', path = '/', source, expected }) => {
      const state = new DataPlaneState({ now: () => 0 });
      const delta: SnapshotDelta = aDelta([...aSnapshot(), ...parts]);
      state.apply(delta);
      expect(decide(aRequest(host, path), aSource(source), state, 0)).toMatchObject(expected);
    },
  );

  test('says whom the request concerns, and has the target group chosen by weight only when asked', () => {
    const state = new DataPlaneState({ now: () => 0 });
    state.apply(aDelta(aSnapshot()));
    const decision = decide(aRequest('shop.example', '/api'), aSource(), state, 0);
    expect(decision.vpc).toBe(state.vpcs.get('vpc-1'));
    expect(decision.network).toBe(state.networks.get('sn-1'));
    expect(decision.service).toBe(state.services.get('svc-1'));
    expect(decision.type === 'forward' && decision.choose()).toBe(state.targetGroups.get('tg-1'));
  });

  test('the same request is decided the same way again', () => {
    const state = new DataPlaneState({ now: () => 0 });
    state.apply(aDelta(aSnapshot()));
    const once = decide(aRequest('shop.example', '/api'), aSource(), state, 0);
    expect(decide(aRequest('shop.example', '/api'), aSource(), state, 1)).toEqual(once);
  });
});
