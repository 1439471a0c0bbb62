import { describe, expect, test } from 'vitest';
import type { PolicyDocument, PolicyStatement } from '../policy-document.ts';
import { lint } from './lint-policy.ts';
import { vpcLatticeSvcs } from './vpc-lattice-svcs.ts';

const SERVICE = 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1';
const HEADER = 'vpc-lattice-svcs:RequestHeader/x-a';
const QUERY = 'vpc-lattice-svcs:RequestQueryString/a';

const aDocument = (
  changes: object,
  Version: '2012-10-17' | '2008-10-17' = '2012-10-17',
): PolicyDocument => ({
  Version,
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: '*',
      ...changes,
    } as PolicyStatement,
  ],
});

const when = (operator: string, key: string, value: unknown, others: object = {}): object => ({
  Condition: { [operator]: { [key]: value }, ...others },
});

describe('no warning about', () => {
  test.each<{ name: string; changes: object }>([
    { name: 'everything for everybody', changes: {} },
    { name: 'all actions', changes: { Action: '*' } },
    { name: 'all of a service', changes: { Resource: `${SERVICE}/*` } },
    { name: 'a path of any service', changes: { Resource: '*/rates' } },
    { name: 'any region', changes: { Resource: 'arn:aws:vpc-lattice:*:*:service/*' } },
    { name: 'a variable in a path', changes: { Resource: `${SERVICE}/\${aws:username}/*` } },
    { name: 'connections', changes: { Action: 'vpc-lattice-svcs:Connect', Resource: SERVICE } },
    { name: 'a header', changes: when('StringLike', HEADER, 'a*') },
    { name: 'a Deny for all paths', changes: { Effect: 'Deny', Resource: `${SERVICE}/*` } },
    { name: 'a Deny for anything', changes: { Effect: 'Deny' } },
    {
      name: 'a Deny for a service, by part of its ARN',
      changes: { Effect: 'Deny', Resource: 'arn:aws:vpc-lattice:*:*:service/svc-1*' },
    },
    {
      name: 'a Deny for all but a path',
      changes: { Effect: 'Deny', Resource: undefined, NotResource: `${SERVICE}/public/*` },
    },
    {
      name: 'a Deny for all but a path, by a condition',
      changes: {
        Effect: 'Deny',
        ...when('StringNotLike', 'vpc-lattice-svcs:RequestPath', '/public/*'),
      },
    },
    { name: 'a number in a header', changes: when('NumericLessThan', HEADER, '5') },
    { name: 'a tag', changes: when('StringEquals', 'aws:PrincipalTag/Team', 'a') },
    { name: 'a method', changes: when('StringEquals', 'vpc-lattice-svcs:RequestMethod', 'GET') },
    { name: 'a path', changes: when('StringLike', 'vpc-lattice-svcs:RequestPath', '*/a') },
    { name: 'one value of several', changes: when('ForAnyValue:StringEquals', QUERY, 'a') },
    {
      name: 'all values of several, and some there',
      changes: when('ForAllValues:StringEquals', QUERY, 'a', { Null: { [QUERY]: 'false' } }),
    },
    {
      name: 'the type of callers in small letters',
      changes: when('StringNotEqualsIgnoreCase', 'aws:PrincipalType', 'anonymous'),
    },
    { name: 'dates', changes: when('DateLessThan', 'aws:CurrentTime', '2026-11-23T00:00:00Z') },
    { name: 'seconds', changes: when('NumericLessThan', 'aws:EpochTime', '1795426200') },
    { name: 'a key that has to be missing', changes: when('Null', 'aws:PrincipalOrgID', 'true') },
    { name: 'a Deny with NotPrincipal', changes: { Effect: 'Deny', NotPrincipal: { AWS: '*' } } },
    {
      name: 'a service network in any account',
      changes: when(
        'ArnLike',
        'vpc-lattice-svcs:ServiceNetworkArn',
        'arn:aws:vpc-lattice:*:*:servicenetwork/sn-1',
      ),
    },
    { name: 'a star by name', changes: when('StringEquals', HEADER, `a\${*}`) },
  ])('$name', ({ changes }) => {
    expect(lint(aDocument(changes), vpcLatticeSvcs)).toEqual([]);
  });
});

describe('a warning about', () => {
  const connect = { Action: 'vpc-lattice-svcs:Connect', Resource: SERVICE };
  test.each<{ name: string; changes: object; place: string; text: string }>([
    {
      name: 'the ARN of a service without a path',
      changes: { Resource: ['*', SERVICE] },
      place: 'Resource',
      text: `\`${SERVICE}\` never applies to requests: resources of \`vpc-lattice-svcs:Invoke\` end in a path; write \`${SERVICE}/*\``,
    },
    {
      name: 'the ARN of a service without a path, for all actions',
      changes: { Action: '*', Resource: SERVICE },
      place: 'Resource',
      text: 'never applies to requests',
    },
    {
      name: 'the ARN of a service network',
      changes: { Resource: 'arn:aws:vpc-lattice:us-west-2:111122223333:servicenetwork/sn-1' },
      place: 'Resource',
      text: 'no resource of `vpc-lattice-svcs:Invoke` is like `arn:aws:vpc-lattice:us-west-2:111122223333:servicenetwork/sn-1`',
    },
    {
      name: 'the ARN of a bucket',
      changes: { Resource: 'arn:aws:s3:::a/*' },
      place: 'Resource',
      text: 'no resource of',
    },
    {
      name: 'an action of another service',
      changes: { Action: 'vpc-lattice:GetService' },
      place: 'Action',
      text: 'the policy is asked about `vpc-lattice-svcs:Invoke` and `vpc-lattice-svcs:Connect` only, so this never applies',
    },
    {
      name: 'all actions but those that there are',
      changes: { Action: undefined, NotAction: 'vpc-lattice-svcs:*' },
      place: 'NotAction',
      text: 'this never applies',
    },
    {
      name: 'an Allow with NotPrincipal',
      changes: { Principal: undefined, NotPrincipal: { AWS: '111122223333' } },
      place: 'NotPrincipal',
      text: 'allows everybody else, anonymous callers too',
    },
    {
      name: 'connections of a role',
      changes: { ...connect, Principal: { AWS: '111122223333' } },
      place: 'Principal',
      text: 'callers of `vpc-lattice-svcs:Connect` are anonymous',
    },
    {
      name: 'a header of connections',
      changes: { ...connect, ...when('StringEquals', HEADER, 'a') },
      place: `Condition.StringEquals.${HEADER}`,
      text: `\`${HEADER}\` is not there for \`vpc-lattice-svcs:Connect\`, so the condition never holds`,
    },
    {
      name: 'a method of connections that is left out',
      changes: {
        ...connect,
        ...when('StringNotEquals', 'vpc-lattice-svcs:RequestMethod', 'GET'),
      },
      place: 'Condition.StringNotEquals.vpc-lattice-svcs:RequestMethod',
      text: 'so the condition always holds',
    },
    ...[
      { operator: 'StringEquals', fate: 'never holds' },
      { operator: 'StringEqualsIfExists', fate: 'always holds' },
      { operator: 'ForAllValues:StringEquals', fate: 'always holds' },
      { operator: 'ForAnyValue:StringNotEquals', fate: 'never holds' },
      { operator: 'Null', fate: 'holds for `true` only' },
    ].map(({ operator, fate }) => ({
      name: `an unknown key with ${operator}`,
      changes: when(operator, 'vpc-lattice-svcs:SourceVpcId', 'true'),
      place: `Condition.${operator}.vpc-lattice-svcs:SourceVpcId`,
      text: `\`vpc-lattice-svcs:SourceVpcId\` is no condition key that requests have, so the condition ${fate}`,
    })),
    {
      name: 'a header without its name',
      changes: when('StringEquals', 'vpc-lattice-svcs:RequestHeader', 'a'),
      place: 'Condition.StringEquals.vpc-lattice-svcs:RequestHeader',
      text: '`vpc-lattice-svcs:RequestHeader` needs a name behind a slash, so the condition never holds',
    },
    {
      name: 'a method in small letters',
      changes: when('StringEquals', 'vpc-lattice-svcs:RequestMethod', ['GET', 'post']),
      place: 'Condition.StringEquals.vpc-lattice-svcs:RequestMethod',
      text: 'no value of the key is like `post`',
    },
    {
      name: 'a path without its slash',
      changes: when('StringEquals', 'vpc-lattice-svcs:RequestPath', 'orders'),
      place: 'Condition.StringEquals.vpc-lattice-svcs:RequestPath',
      text: 'no value of the key is like `orders`',
    },
    {
      name: 'a VPC that is none',
      changes: when('StringLike', 'vpc-lattice-svcs:SourceVpc', 'subnet-*'),
      place: 'Condition.StringLike.vpc-lattice-svcs:SourceVpc',
      text: 'no value of the key is like `subnet-*`',
    },
    {
      name: 'an ARN of something else',
      changes: when('ArnEquals', 'vpc-lattice-svcs:ServiceArn', 'arn:aws:s3:::a'),
      place: 'Condition.ArnEquals.vpc-lattice-svcs:ServiceArn',
      text: 'no value of the key is like `arn:aws:s3:::a`',
    },
    {
      name: 'a star where stars are text',
      changes: when('StringNotEquals', HEADER, 'a*'),
      place: `Condition.StringNotEquals.${HEADER}`,
      text: '`a*` is compared as it is, stars too; write `StringNotLike`',
    },
    {
      name: 'a date in words',
      changes: when('DateLessThan', 'aws:CurrentTime', 'tomorrow'),
      place: 'Condition.DateLessThan.aws:CurrentTime',
      text: '`tomorrow` is not a date, so nothing equals it',
    },
    {
      name: 'a port in words',
      changes: when('NumericEquals', 'vpc-lattice-svcs:Port', 'https'),
      place: 'Condition.NumericEquals.vpc-lattice-svcs:Port',
      text: '`https` is not a number, so nothing equals it',
    },
    {
      name: 'a block that is none',
      changes: when('IpAddress', 'aws:SourceIp', '10.0.0.0/99'),
      place: 'Condition.IpAddress.aws:SourceIp',
      text: '`10.0.0.0/99` is not an address or block, so nothing equals it',
    },
    {
      name: 'an operator for other values',
      changes: when('NumericEquals', 'vpc-lattice-svcs:SourceVpcOwnerAccount', '111122223333'),
      place: 'Condition.NumericEquals.vpc-lattice-svcs:SourceVpcOwnerAccount',
      text: 'values of the key are text, which this operator does not compare',
    },
    {
      name: 'several values without a set operator',
      changes: when('StringEquals', QUERY, 'a'),
      place: `Condition.StringEquals.${QUERY}`,
      text: 'the key can have several values: without `ForAnyValue:` or `ForAllValues:` in front an Allow wants the condition to hold for all of them, a Deny for one',
    },
    {
      name: 'a Deny for a path',
      changes: { Effect: 'Deny', Resource: `${SERVICE}/admin/*` },
      place: 'Resource',
      text: `\`${SERVICE}/admin/*\` is compared as the client spells the path, and targets may take other`,
    },
    {
      name: 'a Deny for a path of any service',
      changes: { Effect: 'Deny', Resource: '*/admin' },
      place: 'Resource',
      text: '`*/admin` is compared as the client spells the path',
    },
    {
      name: 'an Allow for all but a path',
      changes: { Resource: undefined, NotResource: `${SERVICE}/admin` },
      place: 'NotResource',
      text: 'rather allow the paths that are meant',
    },
    {
      name: 'a Deny for a path, by a condition',
      changes: {
        Effect: 'Deny',
        ...when('StringLike', 'vpc-lattice-svcs:RequestPath', '/admin/*'),
      },
      place: 'Condition.StringLike.vpc-lattice-svcs:RequestPath',
      text: '`/admin/*` is compared as the client spells the path',
    },
    {
      name: 'an Allow for all but a path, by a condition',
      changes: when('StringNotEquals', 'vpc-lattice-svcs:RequestPath', '/admin'),
      place: 'Condition.StringNotEquals.vpc-lattice-svcs:RequestPath',
      text: '`/admin` is compared as the client spells the path',
    },
    {
      name: 'a set operator for one value',
      changes: when('ForAnyValue:StringEquals', 'vpc-lattice-svcs:SourceVpc', 'vpc-1'),
      place: 'Condition.ForAnyValue:StringEquals.vpc-lattice-svcs:SourceVpc',
      text: 'the key has one value; leave out `ForAnyValue:`',
    },
    {
      name: 'all values of none',
      changes: when('ForAllValues:StringEquals', QUERY, 'a'),
      place: `Condition.ForAllValues:StringEquals.${QUERY}`,
      text: '`ForAllValues:` holds for requests without the key, too; add `Null` with `false`',
    },
  ])('$name', ({ changes, place, text }) => {
    expect(lint(aDocument(changes), vpcLatticeSvcs)).toEqual([
      { place: `Statement[0].${place}`, text: expect.stringContaining(text) },
    ]);
  });

  test('variables in a version that has none', () => {
    const Resource = `${SERVICE}/\${aws:username}`;
    const condition = when('StringEquals', HEADER, `\${aws:userid}`);
    const document = aDocument({ Resource, ...condition }, '2008-10-17');
    expect(lint(document, vpcLatticeSvcs)).toEqual([
      { place: 'Statement[0].Resource', text: expect.stringContaining('"Version": "2012-10-17"') },
      {
        place: `Statement[0].Condition.StringEquals.${HEADER}`,
        text: expect.stringContaining('"Version": "2012-10-17"'),
      },
    ]);
  });

  test('a statement that is not in a list, at its place', () => {
    const [statement] = aDocument({ Action: 's3:GetObject' }).Statement as [PolicyStatement];
    expect(lint({ Statement: statement }, vpcLatticeSvcs)).toMatchObject([
      { place: 'Statement.Action' },
    ]);
  });
});
