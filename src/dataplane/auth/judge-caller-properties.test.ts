import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyLayer } from '../../policy/authorize.ts';
import { compilePolicy } from '../../policy/compile-policy.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { aHead } from '../route/matcher-suite.ts';
import { aNetwork, aService, aSource } from '../sample-parts.ts';
import type { Caller } from './caller.ts';
import { judgeCaller } from './judge-request.ts';
import type { AuthLayer } from './verdict.ts';

const few = <T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
const several = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 2 });

const ARN = 'arn:aws:sts::111122223333:assumed-role/checkout/i-1';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/checkout';

const aCaller = (layers: Caller['layers']): Caller => ({
  principal: { kind: 'roleSession', arn: ARN, roleArn: ROLE_ARN, accountId: '111122223333' },
  accessKeyId: 'ASIACHECKOUT34567234',
  accountId: '111122223333',
  type: 'AssumedRole',
  sessionName: 'i-1',
  organizationId: undefined,
  organizationPath: undefined,
  tags: new Map([['team', 'orders']]),
  keys: new Map([
    ['aws:principalarn', ROLE_ARN],
    ['aws:principaltag/team', 'orders'],
  ]),
  layers,
});

const ofAnybody = {
  Effect: few<'Allow' | 'Deny'>('Allow', 'Allow', 'Allow', 'Deny'),
  Action: few('vpc-lattice-svcs:Invoke', '*', '*', 'vpc-lattice-svcs:Connect'),
  Resource: several(few('*', '*', `${aService().arn}/*`, `${aService().arn}/a*`, '*/b')),
  Condition: fc.dictionary(
    few('StringEquals', 'StringNotEquals', 'ForAllValues:StringLike', 'StringLikeIfExists'),
    fc.dictionary(
      few(
        'vpc-lattice-svcs:RequestMethod',
        'vpc-lattice-svcs:RequestQueryString/q',
        'aws:PrincipalTag/team',
      ),
      several(few('GET', 'orders', '1', '2', '*')),
      { minKeys: 1, maxKeys: 1 },
    ),
    { maxKeys: 1 },
  ),
};
const principal = few<unknown>('*', { AWS: '111122223333' }, { AWS: ROLE_ARN });

/** A Deny can be put into any of them: the layers of the way, and those that limit a caller. */
const LAYERS = [
  'network-based policy',
  'service-based policy',
  'service control policy',
  'permissions boundary',
  'session policy',
  'identity-based policy',
] as const satisfies readonly AuthLayer[];

const isOfResource = (name: AuthLayer): boolean =>
  name.endsWith('-based policy') && name !== 'identity-based policy';

type Statement = Readonly<Record<string, unknown>>;

const aStatementOf = (name: AuthLayer): fc.Arbitrary<Statement> =>
  isOfResource(name) ? fc.record({ ...ofAnybody, Principal: principal }) : fc.record(ofAnybody);

/** Statements by layer; a service control policy has two levels, each a layer of its own. */
interface Policies {
  readonly name: AuthLayer;
  readonly statements: readonly Statement[];
}

const policies = fc.tuple(
  ...[...LAYERS, 'service control policy' as const].map((name) =>
    fc.record({
      name: fc.constant<AuthLayer>(name),
      // All are allowed most of the time, or hardly any request would pass all layers.
      statements: fc.array(aStatementOf(name), { maxLength: 2 }).map((more) => [
        {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          ...(isOfResource(name) && { Principal: '*' }),
        },
        ...more,
      ]),
    }),
  ),
);

const toLayer = <Name extends AuthLayer>(
  name: Name,
  Statement: readonly Statement[],
): PolicyLayer<Name> => ({
  name,
  policies: [
    compilePolicy({ Version: '2012-10-17', Statement } as unknown as PolicyDocument, name),
  ],
});

const HEADS = ['/a?q=1', '/a/b?q=1&q=2', '/b'].flatMap((target) =>
  ['GET', 'PUT'].map((method) => aHead({ method, target })),
);

const allowedBy = (all: readonly Policies[], isSigned: boolean): readonly boolean[] => {
  const layers = all.map(({ name, statements }) => toLayer(name, statements));
  const find = <Name extends AuthLayer>(wanted: Name) =>
    layers.find(({ name }) => name === wanted) as PolicyLayer<Name> | undefined;
  const way = { network: find('network-based policy'), service: find('service-based policy') };
  const ofCaller = layers.filter(({ name }) => !isOfResource(name)) as Caller['layers'];
  const caller = isSigned ? aCaller(ofCaller) : undefined;
  return HEADS.map((head) => {
    const place = {
      head,
      source: aSource(),
      vpc: undefined,
      network: aNetwork(),
      service: aService(),
    };
    const asked = { ...place, action: 'vpc-lattice-svcs:Invoke', caller, nowMs: 0 } as const;
    return judgeCaller(asked, way).refusal === undefined;
  });
};

test('a Deny that is added to any layer lets nobody in, and is heard in each', () => {
  const heard = new Map<AuthLayer, number>();
  fc.assert(
    fc.property(
      policies,
      fc.nat(LAYERS.length),
      fc.boolean(),
      fc.boolean(),
      fc.record(ofAnybody),
      principal,
      (all, at, isFirst, isSigned, { Effect: _, ...extra }, Principal) => {
        const changed = all[at] as Policies;
        const deny = { ...extra, Effect: 'Deny', ...(isOfResource(changed.name) && { Principal }) };
        const { statements } = changed;
        const added = isFirst ? [deny, ...statements] : [...statements, deny];
        const before = allowedBy(all, isSigned);
        const after = allowedBy(all.with(at, { ...changed, statements: added }), isSigned);
        for (const [i, isAllowed] of after.entries()) {
          expect(isAllowed && !before[i]).toBe(false);
          if (!isAllowed && before[i]) heard.set(changed.name, (heard.get(changed.name) ?? 0) + 1);
        }
      },
    ),
    { numRuns: 1_000 },
  );
  for (const name of LAYERS) expect(heard.get(name) ?? 0, name).toBeGreaterThan(5);
});
