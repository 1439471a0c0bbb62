import type { PolicyLayer } from '../src/policy/authorize.ts';
import { compilePolicy } from '../src/policy/compile-policy.ts';
import type { PolicyRequest } from '../src/policy/request.ts';
import { aPolicyDocument } from './policies.ts';

const ACCOUNT = '111122223333';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/checkout`;
const SERVICE = `arn:aws:vpc-lattice:us-west-2:${ACCOUNT}:service/svc-0123456789abcdef0`;

const VALUES: Readonly<Record<string, string>> = {
  'vpc-lattice-svcs:requestmethod': 'GET',
  'vpc-lattice-svcs:sourcevpc': 'vpc-2',
  'vpc-lattice-svcs:port': '443',
  'vpc-lattice-svcs:requestheader/x-tenant': 'tenant-of-nobody',
  'aws:principalaccount': ACCOUNT,
  'aws:sourceip': '10.1.2.3',
};

/** Below /api/ it is allowed. */
export const requestTo = (path: string): PolicyRequest => ({
  principal: {
    kind: 'roleSession',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/checkout/i-1`,
    roleArn: ROLE,
    accountId: ACCOUNT,
  },
  action: 'vpc-lattice-svcs:Invoke',
  resource: `${SERVICE}${path}`,
  value: (key) => VALUES[key],
});

/** @param size statements of each policy */
export const layersOf = (size: number): readonly PolicyLayer[] =>
  ['network', 'service'].map((name) => {
    const plan = { size, account: ACCOUNT, caller: ROLE, service: SERVICE };
    return { name, policies: [compilePolicy(aPolicyDocument(plan), name)] };
  });
