import type { DnsOptions, RuleAction } from '../../../lattice/resources.ts';
import type { KeyValues } from '../key-values.ts';
import type { CallScope } from '../required-action.ts';
import { arnOf } from './lattice-arns.ts';

/**
 * `vpc-lattice:TargetGroupArns`: the groups that an action sends requests to, if any. Without an action
 * there is no such key, so that those count which the resource has.
 */
export const targetGroupKeys = (action: RuleAction | undefined, scope: CallScope): KeyValues => {
  if (action === undefined) return {};
  const groups = 'forward' in action ? (action.forward?.targetGroups ?? []) : [];
  return {
    'vpc-lattice:TargetGroupArns': groups.map(({ targetGroupIdentifier }) =>
      arnOf('targetGroup', targetGroupIdentifier, scope),
    ),
  };
};

export const dnsKeys = (options: DnsOptions | undefined): KeyValues => ({
  'vpc-lattice:PrivateDnsPreference': options?.privateDnsPreference,
  'vpc-lattice:PrivateDnsSpecifiedDomains': options?.privateDnsSpecifiedDomains,
});

/** What an association joins, or is looked for by. */
interface Ends {
  readonly serviceIdentifier?: string;
  readonly serviceNetworkIdentifier?: string;
  readonly vpcIdentifier?: string;
}

export const endKeys = (ends: Ends, scope: CallScope): KeyValues => ({
  'vpc-lattice:ServiceArn':
    ends.serviceIdentifier && arnOf('service', ends.serviceIdentifier, scope),
  'vpc-lattice:ServiceNetworkArn':
    ends.serviceNetworkIdentifier && arnOf('serviceNetwork', ends.serviceNetworkIdentifier, scope),
  'vpc-lattice:VpcId': ends.vpcIdentifier,
});

/** Of the request alone, as AWS says: what has an auth type already does not have the key. */
export const authTypeKey = ({ authType }: { readonly authType?: string }): KeyValues => ({
  'vpc-lattice:AuthType': authType,
});
