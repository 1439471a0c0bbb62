import { decodeToken, encodeToken } from '../../../pagination.ts';
import { formatDomainName } from '../domain-name.ts';
import { zonesOf } from '../find-zone.ts';
import { pageFrom, pageSize } from '../paging.ts';
import { route53Read } from '../route53-operation.ts';
import { ownVpcId } from '../zone-vpc.ts';

const MOST_ITEMS = 100;

/** In order of creation. */
export const listHostedZonesByVpc = route53Read<'ListHostedZonesByVPC'>(
  async (tx, input, context) => {
    const vpcId = await ownVpcId(tx, input, context);
    const size = pageSize(input.MaxItems, MOST_ITEMS);
    const scope = {
      accountId: context.caller.accountId,
      operation: 'route53:ListHostedZonesByVPC',
      filter: { vpcId },
    };
    const zones = (await zonesOf(tx, context)).filter(({ vpcIds }) => vpcIds.includes(vpcId));
    const token = input.NextToken;
    const from = token === undefined ? undefined : decodeToken(token, scope);
    // What the page began with may be gone; then there is no more to say.
    const first = from === undefined ? 0 : zones.findIndex(({ id }) => id === from);
    const { page, next } = pageFrom(zones, first < 0 ? zones.length : first, size);
    return {
      HostedZoneSummaries: page.map((zone) => ({
        HostedZoneId: zone.id,
        Name: formatDomainName(zone.name),
        Owner: { OwningAccount: zone.accountId },
      })),
      MaxItems: String(size),
      NextToken: next && encodeToken(next.id, scope),
    };
  },
);
