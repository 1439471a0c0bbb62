import type { Instance } from '../../../../lattice/vpc.ts';
import type { Reservation } from '../../../../protocol/generated/ec2.ts';
import { ec2Read } from '../ec2-operation.ts';
import { invalidParameterCombination } from '../errors.ts';
import { applyFilters } from '../filters.ts';
import { byCreation, cutPage } from '../page.ts';
import { surroundingsOf, toInstanceAnswer } from './instance-answer.ts';
import { instanceFilters } from './instance-filters.ts';
import { instancesOf } from './instances-of.ts';

/** Instances of the caller, all or those named, that match the filters, by the call that launched them. */
export const describeInstances = ec2Read<'DescribeInstances'>(async (tx, input, context) => {
  if (input.InstanceIds?.length && input.MaxResults !== undefined) {
    throw invalidParameterCombination(
      'The parameter instancesSet cannot be used with the parameter maxResults',
    );
  }
  const candidates = await instancesOf(tx, input.InstanceIds, context);
  const table = await instanceFilters(tx, candidates, input.Filters, context);
  const matching = await applyFilters(tx, candidates, input.Filters, table, ({ arn }) => arn);
  const page = cutPage(matching, byCreation, 'DescribeInstances', input, context);
  const Reservations: Reservation[] = [];
  for (const [reservationId, instances] of byReservation(page.rows)) {
    const Instances = [];
    for (const instance of instances) {
      Instances.push(toInstanceAnswer(instance, await surroundingsOf(tx, instance), context));
    }
    Reservations.push({
      ReservationId: reservationId,
      OwnerId: instances[0]!.accountId,
      Groups: [],
      Instances,
    });
  }
  return { Reservations, NextToken: page.nextToken };
});

const byReservation = (instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> =>
  Map.groupBy(instances, ({ reservationId }) => reservationId);
