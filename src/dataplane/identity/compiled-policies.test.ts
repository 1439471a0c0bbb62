import { expect, test } from 'vitest';
import { compiledPolicy } from './compiled-policies.ts';

const request = {
  principal: { kind: 'anonymous' },
  action: 'vpc-lattice-svcs:Invoke',
  resource: 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1/',
  value: () => undefined,
} as const;

test('a policy is compiled once for each holder', () => {
  const document = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const holder = { document };
  expect(compiledPolicy(holder, 'own')).toBe(compiledPolicy(holder, 'own'));
  expect(compiledPolicy({ document }, 'own')).not.toBe(compiledPolicy(holder, 'own'));
  expect(compiledPolicy(holder, 'own').evaluate(request)).toMatchObject({
    policy: 'own',
    effect: 'Allow',
  });
});

test.each(['', '{', '{}', '{"Statement":[{"Effect":"Allow","Principal":"*"}]}'])(
  'a text that is no policy denies everything: %s',
  (document) => {
    expect(compiledPolicy({ document }, 'broken').evaluate(request)).toMatchObject({
      effect: 'Deny',
      sid: 'PolicyCannotBeRead',
    });
  },
);
