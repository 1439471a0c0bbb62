import { describe, expect, test } from 'vitest';
import { listenerArn, parseArn, ruleArn, serviceArn } from './arn.ts';

const scope = { partition: 'aws', region: 'us-west-2' };

describe('parseArn', () => {
  test('takes an ARN apart', () => {
    expect(parseArn('arn:aws:logs:us-west-2:111122223333:log-group:/a/b:*')).toEqual({
      partition: 'aws',
      service: 'logs',
      region: 'us-west-2',
      accountId: '111122223333',
      resource: 'log-group:/a/b:*',
    });
  });

  test('accepts empty region and account, as of a bucket', () => {
    expect(parseArn('arn:aws:s3:::bucket/prefix')).toMatchObject({
      region: '',
      accountId: '',
      resource: 'bucket/prefix',
    });
  });

  test.each([
    { name: 'an id', text: 'svc-00000000000000001' },
    { name: 'nothing', text: '' },
    { name: 'an ARN without resource', text: 'arn:aws:s3:::' },
    { name: 'an ARN cut short', text: 'arn:aws:s3' },
    { name: 'another first word', text: 'urn:aws:s3:::bucket' },
  ])('refuses $name', ({ text }) => {
    expect(parseArn(text)).toBeUndefined();
  });
});

test('listeners and rules have ARNs below their service', () => {
  const service = serviceArn(scope, '111122223333', 'svc-00000000000000001');
  expect(
    ruleArn(listenerArn(service, 'listener-00000000000000002'), 'rule-00000000000000003'),
  ).toBe(
    'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-00000000000000001' +
      '/listener/listener-00000000000000002/rule/rule-00000000000000003',
  );
});
