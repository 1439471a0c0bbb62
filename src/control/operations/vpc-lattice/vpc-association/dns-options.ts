import { invalidField } from '../../../errors.ts';
import type { Input } from '../shapes.ts';

type DnsOptions = NonNullable<Input<'CreateServiceNetworkVpcAssociation'>['dnsOptions']>;

/** @throws ValidationException when domains are missing where they are to be specified, or given where not. */
export const requireDnsOptions = (options: DnsOptions): void => {
  const { privateDnsPreference, privateDnsSpecifiedDomains } = options;
  const specified =
    privateDnsPreference === 'SPECIFIED_DOMAINS_ONLY' ||
    privateDnsPreference === 'VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS';
  if (specified === (privateDnsSpecifiedDomains !== undefined)) return;
  throw invalidField(
    'dnsOptions.privateDnsSpecifiedDomains',
    specified
      ? `privateDnsSpecifiedDomains is required with ${privateDnsPreference}.`
      : 'privateDnsSpecifiedDomains needs a privateDnsPreference of VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS or SPECIFIED_DOMAINS_ONLY.',
  );
};
