import { describe, expect, test } from 'vitest';
import type { Explanation } from '../../../protocol/generated/pergola.ts';
import { explanationFor } from './explanation-view.ts';

const [VPC_OWNER, NETWORK_OWNER, SERVICE_OWNER, CALLER, STRANGER] = [
  '111111111111',
  '222222222222',
  '333333333333',
  '444444444444',
  '555555555555',
];

const layer = (name: string, accountId: string, says: 'allow' | 'implicitDeny') => ({
  layer: name,
  accountId,
  says,
  statements: [
    {
      policy: `policy of ${accountId}`,
      number: 1,
      effect: 'Allow' as const,
      applies: says === 'allow',
      mismatches: [],
    },
  ],
  advice: says === 'allow' ? [] : [`change the policy of ${accountId}`],
});

const explanation: Explanation = {
  requestId: 'id',
  at: '2026-04-01T12:00:00.000Z',
  allowed: false,
  outcome: {
    statusCode: 403,
    message: 'AccessDeniedException',
    ruleId: 'rule-1',
    rulePriority: 1,
    listenerPort: 80,
    targetGroupIds: ['tg-1'],
  },
  request: { method: 'GET', target: '/', authority: 'shop.example', protocol: 'http' },
  source: { vpcId: 'vpc-1', accountId: VPC_OWNER, address: '10.0.0.1' },
  caller: { kind: 'verified', arn: `arn:aws:iam::${CALLER}:role/a`, accountId: CALLER },
  network: { id: 'sn-1', arn: 'arn:sn-1', accountId: NETWORK_OWNER, authType: 'AWS_IAM' },
  service: { id: 'svc-1', arn: 'arn:svc-1', accountId: SERVICE_OWNER, authType: 'AWS_IAM' },
  layers: [
    layer('network-based policy', NETWORK_OWNER, 'allow'),
    layer('service-based policy', SERVICE_OWNER, 'implicitDeny'),
    layer('identity-based policy', CALLER, 'implicitDeny'),
  ],
  advice: [],
};

/** Owners of the layers that the viewer may look into. */
const opened = (seen: Explanation | undefined) =>
  seen?.layers.filter(({ isHidden }) => !isHidden).map(({ accountId }) => accountId);

describe('an explanation', () => {
  test('is for the operator as it is', () => {
    expect(explanationFor(explanation, { accountId: STRANGER, isOperator: true })).toEqual(
      explanation,
    );
  });

  test('is not for accounts that have no part in the request', () => {
    const viewer = { accountId: STRANGER, isOperator: false };
    expect(explanationFor(explanation, viewer)).toBeUndefined();
    const anonymous = { ...explanation, caller: { kind: 'anonymous' as const } };
    expect(explanationFor(anonymous, { ...viewer, accountId: CALLER })).toBeUndefined();
  });

  test.each([
    { name: 'the VPC', accountId: VPC_OWNER, layers: [] },
    { name: 'the service network', accountId: NETWORK_OWNER, layers: [NETWORK_OWNER] },
    { name: 'the service', accountId: SERVICE_OWNER, layers: [SERVICE_OWNER] },
    { name: 'the caller', accountId: CALLER, layers: [CALLER] },
  ])('shows the owner of $name no policies of others', ({ accountId, layers }) => {
    const seen = explanationFor(explanation, { accountId, isOperator: false });
    expect(opened(seen)).toEqual(layers);
    const text = JSON.stringify(seen);
    for (const owner of [NETWORK_OWNER, SERVICE_OWNER, CALLER]) {
      const isOwn = owner === accountId;
      expect(text.includes(`policy of ${owner}`)).toBe(isOwn);
    }
    expect(seen?.layers.map(({ says }) => says)).toEqual(explanation.layers.map((one) => one.says));
    expect(text.includes('tg-1')).toBe(accountId === SERVICE_OWNER);
    expect(text.includes('rule-1')).toBe(accountId === SERVICE_OWNER);
  });

  test('says whom to ask where a hidden layer refuses, and only there', () => {
    const seen = explanationFor(explanation, { accountId: VPC_OWNER, isOperator: false });
    expect(seen?.layers.map(({ advice }) => advice)).toEqual([
      [],
      [`ask account ${SERVICE_OWNER}, whose service-based policy refuses the request`],
      [`ask account ${CALLER}, whose identity-based policy refuses the request`],
    ]);
  });

  describe('of a request that only names the access key of an account', () => {
    const caller = { ...explanation.caller, kind: 'unverified' as const, accessKeyId: 'AKIA' };
    const forged: Explanation = { ...explanation, caller, layers: [] };
    const seenBy = (accountId: string, isOperator = false) =>
      explanationFor(forged, { accountId, isOperator })?.caller;

    test('does not tell other accounts whose it is', () => {
      const named = { kind: 'unverified', accessKeyId: 'AKIA' };
      for (const viewer of [VPC_OWNER, NETWORK_OWNER, SERVICE_OWNER]) {
        expect(seenBy(viewer)).toEqual(named);
      }
      expect(seenBy(STRANGER, true)).toEqual(caller);
    });

    test('is not for that account, unless it has another part in it', () => {
      expect(seenBy(CALLER)).toBeUndefined();
      const service = { ...explanation.service, accountId: CALLER } as Explanation['service'];
      const viewer = { accountId: CALLER, isOperator: false };
      expect(explanationFor({ ...forged, service }, viewer)?.caller).toEqual(caller);
    });
  });

  test('shows the policy that the viewer brought along', () => {
    const viewer = {
      accountId: VPC_OWNER,
      isOperator: false,
      ownLayers: ['service-based policy'],
    };
    expect(opened(explanationFor(explanation, viewer))).toEqual([SERVICE_OWNER]);
  });
});
