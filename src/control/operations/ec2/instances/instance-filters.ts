import { type Instance, interfaceArnOf } from '../../../../lattice/vpc.ts';
import type { Filter } from '../../../../protocol/generated/ec2.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { readTags } from '../../../tags.ts';
import type { FilterTable } from '../filters.ts';
import { toInstanceAnswer } from './instance-answer.ts';
import { INSTANCE_FILTERS, type InstanceRow } from './instance-filter-table.ts';

/**
 * What DescribeInstances and its like can look at, which is what DescribeInstances answers. One that
 * was terminated has no network any more.
 */
export const instanceFilters = async (
  tx: ReadTransaction,
  instances: readonly Instance[],
  filters: readonly Filter[] | undefined = [],
  context: RequestContext,
): Promise<FilterTable<Instance>> => {
  const subnetOf = remembered((id) => tx.get('subnet', id));
  const groupOf = remembered((id) => tx.get('securityGroup', id));
  const wantsTags = filters.some(({ Name }) => Name?.startsWith('network-interface.tag-'));
  const rows = new Map<Instance, InstanceRow>();
  for (const document of filters.length === 0 ? [] : instances) {
    const groups = [];
    for (const id of document.securityGroupIds) {
      const group = await groupOf(id);
      if (group) groups.push({ GroupId: id, GroupName: group.groupName });
    }
    const surroundings = { subnet: await subnetOf(document.subnetId), groups, tags: {} };
    rows.set(document, {
      ...toInstanceAnswer(document, surroundings, context),
      document,
      interfaceTags: wantsTags ? await readTags(tx, interfaceArnOf(document)) : {},
    });
  }
  return Object.fromEntries(
    Object.entries(INSTANCE_FILTERS).map(([name, read]) => [
      name,
      (instance: Instance) => read(rows.get(instance)!),
    ]),
  );
};

/** Many instances are in few subnets and groups. */
const remembered = <T>(read: (id: string) => Promise<T>): ((id: string) => Promise<T>) => {
  const found = new Map<string, Promise<T>>();
  return (id) => {
    const one = found.get(id) ?? read(id);
    found.set(id, one);
    return one;
  };
};
