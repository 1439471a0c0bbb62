import { ec2Read } from '../ec2-operation.ts';
import { applyFilters } from '../filters.ts';
import { byCreation, cutPage } from '../page.ts';
import { instanceFilters } from './instance-filters.ts';
import { instancesOf } from './instances-of.ts';

/** What instances pay with when they are busy: `standard`, which has no meaning here. */
export const describeInstanceCreditSpecifications = ec2Read<'DescribeInstanceCreditSpecifications'>(
  async (tx, input, context) => {
    const candidates = await instancesOf(tx, input.InstanceIds, context);
    const table = await instanceFilters(tx, candidates, input.Filters, context);
    const matching = await applyFilters(tx, candidates, input.Filters, table);
    const page = cutPage(
      matching,
      byCreation,
      'DescribeInstanceCreditSpecifications',
      input,
      context,
    );
    return {
      InstanceCreditSpecifications: page.rows.map(({ id }) => ({
        InstanceId: id,
        CpuCredits: 'standard',
      })),
      NextToken: page.nextToken,
    };
  },
);
