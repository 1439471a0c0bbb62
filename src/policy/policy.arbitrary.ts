// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of policies look like that
import fc from 'fast-check';
import { OPERATORS } from './operators/operators.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import type { Principal } from './principal.ts';
import type { PolicyRequest } from './request.ts';

/** Few names, so that what is generated meets often. */
const ACCOUNTS = ['111122223333', '444455556666'];
const account = fc.constantFrom(...ACCOUNTS);
const name = fc.constantFrom('a', 'b');
const KEYS = ['aws:x', 'aws:y', 'aws:tag/T', 'aws:username'];
const VALUES = [
  'a',
  'b',
  'ab',
  '',
  '1',
  '2.5',
  'true',
  '10.0.0.1',
  '2026-01-01',
  'arn:aws:s:r:1:a',
];

const principalName = fc.oneof(
  account,
  account.map((id) => `arn:aws:iam::${id}:root`),
  fc.tuple(account, name).map(([id, user]) => `arn:aws:iam::${id}:user/${user}`),
  fc.tuple(account, name).map(([id, role]) => `arn:aws:iam::${id}:role/p/${role}`),
  fc.tuple(account, name).map(([id, role]) => `arn:aws:sts::${id}:assumed-role/${role}/s`),
);

const principalElement = fc.oneof(
  fc.constant<unknown>('*'),
  fc.record(
    {
      AWS: fc.array(principalName, { minLength: 1, maxLength: 3 }),
      Service: fc.constant('s.amazonaws.com'),
      Federated: fc.constant('example.com'),
    },
    { requiredKeys: ['AWS'] },
  ),
);

const actions = fc.array(fc.constantFrom('s:Get', 's:Put', 's:*', 's:?et', 'S:GET', '*'), {
  minLength: 1,
  maxLength: 2,
});

const resource = fc.oneof(
  fc.constantFrom('*', '*/a', 'arn:aws:s:*'),
  fc
    .tuple(
      fc.constantFrom('r', '*', '?'),
      fc.constantFrom(...ACCOUNTS, '*'),
      fc.constantFrom('a', 'a/*', '*b', 'x/${aws:username}', "a/${aws:y, 'b'}"),
    )
    .map((parts) => `arn:aws:s:${parts.join(':')}`),
);

const operator = fc
  .tuple(
    fc.constantFrom('', 'ForAnyValue:', 'ForAllValues:'),
    fc.constantFrom(...OPERATORS.map((one) => one.name)),
    fc.constantFrom('', 'IfExists'),
  )
  .map(([quantifier, base, ifExists]) => (base === 'Null' ? base : quantifier + base + ifExists));

const wanted = fc.oneof(
  fc.constantFrom(...VALUES, 'a*', '?', '10.0.0.0/8', '${aws:username}', 'false'),
  fc.integer(),
  fc.boolean(),
);

const condition = fc.dictionary(
  operator,
  fc.dictionary(
    fc.constantFrom(...KEYS),
    fc.oneof(wanted, fc.array(wanted, { minLength: 1, maxLength: 3 })),
    { minKeys: 1, maxKeys: 2 },
  ),
  { maxKeys: 2 },
);

export const anEffect = fc.constantFrom('Allow' as const, 'Deny' as const);

/** A statement of a policy of a resource. */
export const aStatement: fc.Arbitrary<PolicyStatement> = fc
  .record({
    Effect: anEffect,
    Principal: principalElement,
    Action: actions,
    Resource: fc.array(resource, { minLength: 1, maxLength: 2 }),
    Condition: condition,
    not: fc.subarray(['Principal', 'Action', 'Resource']),
    plain: fc.nat(3),
  })
  .map(({ not, plain, Condition, ...elements }) =>
    Object.fromEntries([
      ...Object.entries(elements).map(([element, value]) => [
        // Mostly the ordinary form, which applies more often.
        plain === 0 && not.includes(element) ? `Not${element}` : element,
        value,
      ]),
      ...(plain > 1 ? [] : [['Condition', Condition]]),
    ]),
  );

/** A policy of a resource. */
export const aPolicyDocument: fc.Arbitrary<PolicyDocument> = fc.record({
  Version: fc.constantFrom('2012-10-17' as const, '2008-10-17' as const),
  Statement: fc.array(aStatement, { minLength: 1, maxLength: 5 }),
});

const aPrincipal: fc.Arbitrary<Principal> = fc.oneof(
  fc.constant({ kind: 'anonymous' } as const),
  fc.constant({ kind: 'federated', provider: 'example.com' } as const),
  fc.constant({ kind: 'service', name: 's.amazonaws.com' } as const),
  account.map((id) => ({
    kind: 'root' as const,
    accountId: id,
    arn: `arn:aws:iam::${id}:root`,
  })),
  fc.tuple(account, name).map(([id, user]) => ({
    kind: 'user' as const,
    accountId: id,
    arn: `arn:aws:iam::${id}:user/${user}`,
  })),
  fc.tuple(account, name).map(([id, role]) => ({
    kind: 'roleSession' as const,
    accountId: id,
    arn: `arn:aws:sts::${id}:assumed-role/${role}/s`,
    roleArn: `arn:aws:iam::${id}:role/p/${role}`,
  })),
);

const actualValue = fc.oneof(
  fc.constantFrom<string>(...VALUES),
  fc.array(fc.constantFrom<string>(...VALUES), { maxLength: 3 }),
);

/** The values are in `values`, by key. */
export type GeneratedRequest = PolicyRequest & {
  readonly values: Readonly<Record<string, string | readonly string[]>>;
};

export const aRequest: fc.Arbitrary<GeneratedRequest> = fc
  .record({
    principal: aPrincipal,
    action: fc.constantFrom('s:Get', 's:Put', 's:Set', 't:Get'),
    resource: fc
      .tuple(account, fc.constantFrom('a', 'b', 'a/b', 'x/a', 'x/', 'a:b'))
      .map(([id, rest]) => `arn:aws:s:r:${id}:${rest}`),
    values: fc.dictionary(fc.constantFrom(...KEYS), actualValue),
  })
  .map((request) => ({
    ...request,
    value: (key) => (Object.hasOwn(request.values, key) ? request.values[key] : undefined),
  }));
