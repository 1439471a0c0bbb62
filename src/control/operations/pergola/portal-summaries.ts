import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { sharedVpcs } from '../../shared-subnets.ts';
import { networksOfVpc } from './named-links.ts';
import type { Output } from './pergola-operation.ts';
import { visibleTo } from './visibility.ts';

type PortalSummary = Output<'ListPortals'>['items'][number];

/**
 * The VPCs that the caller sees and that have a portal, in order of creation; then those of others in
 * which it is a participant.
 */
export const portalSummaries = async (
  tx: ReadTransaction,
  context: RequestContext,
): Promise<readonly PortalSummary[]> => {
  const summaries: PortalSummary[] = [];
  const visible = await visibleTo(tx, context.caller);
  const { items: own } = await tx.list('vpc', visible);
  const ids = new Set(own.map(({ id }) => id));
  const shared = (await sharedVpcs(tx, context)).filter(({ id }) => !ids.has(id));
  for (const vpc of [...own, ...shared]) {
    const portal = await tx.get('portal', vpc.id);
    if (!portal) continue;
    const resolver = await tx.get('resolver', vpc.id);
    const name = (await tx.get('tagSet', vpc.arn))?.tags['Name'];
    summaries.push({
      vpcId: vpc.id,
      accountId: vpc.accountId,
      cidrBlock: vpc.cidrBlock,
      name,
      networks: await networksOfVpc(tx, vpc.id),
      port: portal.port,
      url: `http://127.0.0.1:${portal.port}`,
      resolver: resolver && `127.0.0.1:${resolver.port}`,
    });
  }
  return summaries;
};
