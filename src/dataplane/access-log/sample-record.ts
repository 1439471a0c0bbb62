import type { RoleSessionPrincipal } from '../../policy/principal.ts';
import type { Caller } from '../auth/caller.ts';
import { aDelta, aNetwork, aService, aSnapshot, aSource } from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';
import type { ExchangeRecord } from './exchange-record.ts';

const subscription = (id: string) => ({
  id,
  arn: `arn:aws:vpc-lattice:us-west-2:111122223333:accesslogsubscription/${id}`,
  destinationArn: 'arn:aws:logs:us-west-2:111122223333:log-group:lattice',
});

/** For tests: the record of a request that a target answered; network and service have one subscription each. */
export function aRecord(record: Partial<ExchangeRecord> = {}): ExchangeRecord {
  const state = new DataPlaneState({ now: () => 0 });
  state.apply(
    aDelta([
      ...aSnapshot(),
      aNetwork({ logs: [subscription('als-network')] }),
      aService({ logs: [subscription('als-service')] }),
    ]),
  );
  const targetGroup = state.targetGroups.get('tg-1');
  return {
    source: aSource(),
    vpc: state.vpcs.get('vpc-1'),
    network: state.networks.get('sn-1'),
    service: state.services.get('svc-1'),
    targetGroup,
    target: targetGroup?.targets.get('10.0.0.1/8080'),
    requestId: '7f0c3c0a-6d0c-4c2e-9a3f-0b8f5f1f7a11',
    startedAt: Date.UTC(2026, 4, 1, 12, 0, 0, 999),
    method: 'GET',
    path: '/api/orders',
    protocol: 'HTTP/1.1',
    statusCode: 200,
    bytesReceived: 135,
    bytesSent: 1247,
    durationMs: 23.4,
    userAgent: 'curl/8.3.0',
    authority: 'shop.example:8080',
    requestToTargetMs: 20.6,
    responseFromTargetMs: 2.2,
    failure: undefined,
    identity: undefined,
    authDeniedReason: undefined,
    grpcStatus: undefined,
    ...record,
  };
}

/** For tests: a session of a role, as the directory of callers would give it. */
export function aCaller(
  caller: Partial<Caller> = {},
): Caller & { readonly principal: RoleSessionPrincipal } {
  return {
    accessKeyId: 'ASIACHECKOUT34567234',
    accountId: '111122223333',
    type: 'AssumedRole',
    sessionName: 'i-1',
    organizationId: 'o-shop123456',
    organizationPath: 'o-shop123456/r-ab12/',
    tags: new Map([
      ['team', 'a "b"'],
      ['é', '\\'],
    ]),
    keys: new Map(),
    layers: [],
    ...caller,
    principal: {
      kind: 'roleSession',
      arn: 'arn:aws:sts::111122223333:assumed-role/checkout/i-1',
      roleArn: 'arn:aws:iam::111122223333:role/checkout',
      accountId: '111122223333',
    },
  };
}
