/**
 * How long policies take to decide about a request. Aim: two policies of 10 statements each, those of
 * a service network and of a service, in at most 2 µs. Run with `node bench/policy-evaluate.ts`.
 */
import { bench, do_not_optimize, group, run, summary } from 'mitata';
import { authorize, type PolicyLayer } from '../src/policy/authorize.ts';
import { compilePolicy } from '../src/policy/compile-policy.ts';
import type { PolicyStatement } from '../src/policy/policy-document.ts';
import type { PolicyRequest } from '../src/policy/request.ts';

const SIZES = [1, 10, 100];
const ACCOUNT = '111122223333';
const SERVICE = `arn:aws:vpc-lattice:us-west-2:${ACCOUNT}:service/svc-0123456789abcdef0`;

/** Statements as people write them; only the last one applies to the request. */
const aStatement = (i: number, size: number): PolicyStatement => {
  if (i === size - 1) {
    return {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/checkout` },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE}/orders/*`,
      Condition: {
        StringEquals: {
          'vpc-lattice-svcs:RequestMethod': ['GET', 'HEAD'],
          'aws:PrincipalOrgID': 'o-a1b2c3d4e5',
        },
        IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
      },
    };
  }
  const kinds: PolicyStatement[] = [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'vpc-lattice-svcs:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'vpc-lattice-svcs:SourceVpc': ['vpc-1', 'vpc-2', 'vpc-3'] } },
    },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/role-${i}` },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE}/*`,
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `arn:aws:vpc-lattice:*:*:service/*/admin-${i}/*`,
    },
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: '*',
      Condition: { StringLike: { 'vpc-lattice-svcs:RequestHeader/x-tenant': `tenant-${i}-*` } },
    },
    {
      Effect: 'Allow',
      Principal: { AWS: ACCOUNT },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: `${SERVICE}/v${i}/*`,
      Condition: { NumericEquals: { 'vpc-lattice-svcs:Port': 443 } },
    },
  ];
  return kinds[i % kinds.length] as PolicyStatement;
};

const aPolicy = (name: string, size: number) =>
  compilePolicy(
    {
      Version: '2012-10-17',
      Statement: Array.from({ length: size }, (_, i) => aStatement(i, size)),
    },
    name,
  );

const VALUES: Readonly<Record<string, string>> = {
  'vpc-lattice-svcs:requestmethod': 'GET',
  'vpc-lattice-svcs:sourcevpc': 'vpc-2',
  'vpc-lattice-svcs:port': '443',
  'vpc-lattice-svcs:requestheader/x-tenant': 'tenant-of-nobody',
  'aws:principalorgid': 'o-a1b2c3d4e5',
  'aws:sourceip': '10.1.2.3',
};

const request = (path: string): PolicyRequest => ({
  principal: {
    kind: 'roleSession',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/checkout/i-1`,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/checkout`,
    accountId: ACCOUNT,
  },
  action: 'vpc-lattice-svcs:Invoke',
  resource: `${SERVICE}${path}`,
  value: (key) => VALUES[key],
});

const cases = { allowed: request('/orders/42'), 'denied, with reasons': request('/nothing') };

for (const [name, asked] of Object.entries(cases)) {
  group(`network and service policy, ${name}`, () => {
    summary(() => {
      for (const size of SIZES) {
        const layers: PolicyLayer[] = ['network', 'service'].map((layer) => ({
          name: layer,
          policies: [aPolicy(layer, size)],
        }));
        if (authorize({ layers, request: asked }).allowed !== (name === 'allowed')) {
          throw new Error(`unexpected decision with ${size} statements`);
        }
        bench(`${size} statements each`, () => {
          do_not_optimize(authorize({ layers, request: asked }));
        }).baseline(size === 10);
      }
    });
  });
}

group('compile', () => {
  bench('a policy of 10 statements', () => {
    do_not_optimize(aPolicy('service', 10));
  });
});

await run();
