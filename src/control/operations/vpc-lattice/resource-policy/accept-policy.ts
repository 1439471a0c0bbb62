import { parseResourcePolicy, statementsOf } from '../../../../policy/policy-document.ts';
import { invalid } from '../../../errors.ts';
import type { PolicyResource } from '../policy-resource.ts';

/** What AWS RAM's managed permissions let others do with a shared resource. */
const SHAREABLE_ACTIONS = {
  service: [
    'CreateServiceNetworkServiceAssociation',
    'GetService',
    'ListServiceNetworkServiceAssociations',
  ],
  serviceNetwork: [
    'CreateServiceNetworkServiceAssociation',
    'CreateServiceNetworkVpcAssociation',
    'CreateServiceNetworkResourceAssociation',
    'CreateServiceNetworkVpcEndpointAssociation',
    'GetServiceNetwork',
    'ListServiceNetworkServiceAssociations',
    'ListServiceNetworkVpcAssociations',
    'ListServiceNetworkResourceAssociations',
    'ListServiceNetworkVpcEndpointAssociations',
  ],
} as const satisfies Record<PolicyResource['kind'], readonly string[]>;

/** @throws ValidationException for what is no policy, or says more than a share of the resource can. */
export const requireResourcePolicy = (text: string, kind: PolicyResource['kind']): void => {
  const parsed = parseResourcePolicy(text);
  if ('problem' in parsed) throw invalid(`${parsed.problem}.`);
  const allowed = new Set(SHAREABLE_ACTIONS[kind].map((name) => `vpc-lattice:${name}`));
  for (const { Effect, Action = [], NotAction, Condition } of statementsOf(parsed.document)) {
    if (Effect !== 'Allow' || NotAction !== undefined || Condition !== undefined) {
      throw invalid(
        'A resource policy can have statements with Effect Allow, Action and without Condition only.',
      );
    }
    const refused = [Action].flat().find((action) => !allowed.has(action));
    if (refused !== undefined) {
      throw invalid(
        `The resource policy must not have the action ${refused}. Possible are ${[...allowed].join(', ')}.`,
      );
    }
  }
};
