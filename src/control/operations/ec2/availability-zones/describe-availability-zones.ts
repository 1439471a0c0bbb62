import type { AvailabilityZone } from '../../../../protocol/generated/ec2.ts';
import { ec2Read } from '../ec2-operation.ts';
import { invalidParameterValue } from '../errors.ts';
import { applyFilters, type FilterTable } from '../filters.ts';
import { zonesOf } from './zones.ts';

/** The zones of the region. */
export const describeAvailabilityZones = ec2Read<'DescribeAvailabilityZones'>(
  async (tx, input, context) => {
    const { region } = context.settings;
    const zones = zonesOf(region).map(
      ({ name, id }): AvailabilityZone => ({
        OptInStatus: 'opt-in-not-required',
        Messages: [],
        RegionName: region,
        ZoneName: name,
        ZoneId: id,
        GroupName: `${region}-zg-1`,
        NetworkBorderGroup: region,
        ZoneType: 'availability-zone',
        State: 'available',
      }),
    );
    const named = zones.filter(
      (zone) =>
        (input.ZoneNames?.includes(zone.ZoneName!) ?? true) &&
        (input.ZoneIds?.includes(zone.ZoneId!) ?? true),
    );
    for (const name of input.ZoneNames ?? []) {
      if (zones.some(({ ZoneName }) => ZoneName === name)) continue;
      throw invalidParameterValue(`Invalid availability zone: [${name}]`);
    }
    for (const id of input.ZoneIds ?? []) {
      if (zones.some(({ ZoneId }) => ZoneId === id)) continue;
      throw invalidParameterValue(`Invalid availability zone-id: [${id}]`);
    }
    return { AvailabilityZones: await applyFilters(tx, named, input.Filters, FILTERS) };
  },
);

const FILTERS: FilterTable<AvailabilityZone> = {
  'group-name': (zone) => zone.GroupName,
  message: () => undefined,
  'opt-in-status': (zone) => zone.OptInStatus,
  'parent-zone-id': () => undefined,
  'parent-zone-name': () => undefined,
  'region-name': (zone) => zone.RegionName,
  state: (zone) => zone.State,
  'zone-id': (zone) => zone.ZoneId,
  'zone-name': (zone) => zone.ZoneName,
  'zone-type': (zone) => zone.ZoneType,
};
