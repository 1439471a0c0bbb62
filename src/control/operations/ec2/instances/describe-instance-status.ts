import type { Instance } from '../../../../lattice/vpc.ts';
import { zoneId } from '../availability-zones/zones.ts';
import { ec2Read } from '../ec2-operation.ts';
import { applyFilters } from '../filters.ts';
import { byCreation, cutPage } from '../page.ts';
import { instanceFilters } from './instance-filters.ts';
import { INSTANCE_STATES, stateOf } from './instance-state.ts';
import { instancesOf } from './instances-of.ts';

/** Whether instances run; those that do are well. */
export const describeInstanceStatus = ec2Read<'DescribeInstanceStatus'>(
  async (tx, input, context) => {
    const isWell = (instance: Instance) => stateOf(instance, context) === INSTANCE_STATES.running;
    const candidates = (await instancesOf(tx, input.InstanceIds, context)).filter(
      (instance) => input.IncludeAllInstances === true || isWell(instance),
    );
    const table = await instanceFilters(tx, candidates, input.Filters, context);
    const matching = await applyFilters(tx, candidates, input.Filters, table);
    const page = cutPage(matching, byCreation, 'DescribeInstanceStatus', input, context);
    const InstanceStatuses = [];
    for (const instance of page.rows) {
      const zone = (await tx.get('subnet', instance.subnetId))?.availabilityZone;
      InstanceStatuses.push({
        AvailabilityZone: zone,
        AvailabilityZoneId: zone && zoneId(context.settings.region, zone),
        Events: [],
        InstanceId: instance.id,
        InstanceState: stateOf(instance, context),
        InstanceStatus: isWell(instance) ? WELL : UNKNOWN,
        SystemStatus: isWell(instance) ? WELL : UNKNOWN,
      });
    }
    return { InstanceStatuses, NextToken: page.nextToken };
  },
);

const WELL = { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] } as const;
const UNKNOWN = { Status: 'not-applicable' } as const;
