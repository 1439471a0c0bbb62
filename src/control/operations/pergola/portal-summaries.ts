import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { sharedVpcs } from '../../shared-subnets.ts';
import { networksOfVpc } from './named-links.ts';
import type { Output } from './pergola-operation.ts';
import { visibleTo } from './visibility.ts';

type PortalSummary = Output<'ListPortals'>['items'][number];

/**
 * The VPCs that the caller sees, in order of creation; then those of others in which it is a
 * participant. Where VPCs have ports of this machine, only those that have theirs.
 */
export const portalSummaries = async (
  tx: ReadTransaction,
  context: RequestContext,
): Promise<readonly PortalSummary[]> => {
  const summaries: PortalSummary[] = [];
  const hasPorts = context.networks?.hasPorts ?? true;
  const visible = await visibleTo(tx, context.caller);
  const { items: own } = await tx.list('vpc', visible);
  const ids = new Set(own.map(({ id }) => id));
  const shared = (await sharedVpcs(tx, context)).filter(({ id }) => !ids.has(id));
  for (const vpc of [...own, ...shared]) {
    const ports = hasPorts ? await portsOf(tx, vpc.id) : {};
    if (ports === undefined) continue;
    const name = (await tx.get('tagSet', vpc.arn))?.tags['Name'];
    summaries.push({
      vpcId: vpc.id,
      accountId: vpc.accountId,
      cidrBlock: vpc.cidrBlock,
      name,
      networks: await networksOfVpc(tx, vpc.id),
      ...ports,
    });
  }
  return summaries;
};

const portsOf = async (
  tx: ReadTransaction,
  vpcId: string,
): Promise<Pick<PortalSummary, 'port' | 'url' | 'resolver'> | undefined> => {
  const portal = await tx.get('portal', vpcId);
  if (portal === undefined) return undefined;
  const resolver = await tx.get('resolver', vpcId);
  return {
    port: portal.port,
    url: `http://127.0.0.1:${portal.port}`,
    resolver: resolver && `127.0.0.1:${resolver.port}`,
  };
};
