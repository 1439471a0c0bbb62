import { expect, test } from 'vitest';
import type { PathExplanation } from '../protocol/generated/pergola.ts';
import { pathLines } from './path-text.ts';

type Check = PathExplanation['checks'][number];

const aCheck = (check: Partial<Check> = {}): Check => ({
  check: 'association of the VPC',
  accountId: '111122223333',
  passes: true,
  message: 'snva-1 puts vpc-1 into service network sn-1',
  rules: [],
  advice: [],
  ...check,
});

const CLOSED: PathExplanation = {
  at: '2026-04-01T12:00:00.000Z',
  isOpen: false,
  from: {
    vpcId: 'vpc-1',
    accountId: '111122223333',
    address: '10.0.1.7',
    subnetId: 'subnet-1',
    networkInterfaceId: 'eni-1',
    securityGroupIds: ['sg-1', 'sg-2'],
    networkAclId: 'acl-1',
  },
  to: { host: 'shop.example', port: 80, serviceId: 'svc-1', accountId: '444455556666' },
  checks: [
    aCheck(),
    aCheck({
      check: 'security groups of the association',
      passes: false,
      message: 'no rule of sg-a allows tcp port 80 from 10.0.1.7',
      rules: [
        {
          name: 'sgr-1 of sg-a',
          text: 'allows tcp port 80 from \u001b[31m10.0.2.0/24',
          applies: false,
          mismatches: ['10.0.1.7 is not in 10.0.2.0/24'],
        },
      ],
      advice: ['add a rule to sg-a that allows tcp port 80 from 10.0.1.7'],
    }),
  ],
  targets: [
    { targetGroupId: 'tg-1', targetId: '10.0.0.1', port: 8080, isOpen: true, checks: [aCheck()] },
    {
      ...{ targetGroupId: 'tg-1', targetId: 'fd80::2', port: 8080, isOpen: false },
      checks: [
        aCheck(),
        aCheck({ check: 'security groups of the target', passes: false, message: 'no rule' }),
      ],
    },
  ],
};

const textOf = (path: PathExplanation) => pathLines(path, (_format, text) => text).join('\n');

test('a path that is closed says where, by which rules, and what would have to change', () => {
  expect(textOf(CLOSED)).toBe(`\
CLOSED  shop.example:80: clients there get no connection: what they send is
        dropped, or there is nobody to send it to

From  vpc-1 of account 111122223333, address 10.0.1.7, subnet-1, eni-1, in sg-1,
      sg-2
To    port 80 of shop.example, svc-1 of account 444455556666

✓ association of the VPC: snva-1 puts vpc-1 into service network sn-1
✗ security groups of the association: no rule of sg-a allows tcp port 80 from
    10.0.1.7
  - sgr-1 of sg-a allows tcp port 80 from �[31m10.0.2.0/24
      10.0.1.7 is not in 10.0.2.0/24

✓ target 10.0.0.1:8080 of tg-1: can be reached
✗ target [fd80::2]:8080 of tg-1: cannot be reached
  ✗ security groups of the target: no rule

What would have to change
  • add a rule to sg-a that allows tcp port 80 from 10.0.1.7`);
});

test('a path from somewhere to nobody says so', () => {
  const from = {
    ...{ vpcId: 'vpc-1', accountId: '111122223333', networkAclId: 'acl-1' },
    securityGroupIds: [],
  };
  const to = { host: 'nobody.example', port: 443 };
  const text = textOf({ ...CLOSED, isOpen: true, from, to, checks: [], targets: [] });
  expect(text).toContain('OPEN  nobody.example:443: clients there get a connection');
  expect(text).toContain('somewhere, no network interface\n');
  expect(text).toContain('port 443 of nobody.example, no service');
});
