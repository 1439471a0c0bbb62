import type { Region } from '../../../../protocol/generated/ec2.ts';
import { ec2Read } from '../ec2-operation.ts';
import { invalidParameterValue } from '../errors.ts';
import { applyFilters, type FilterTable } from '../filters.ts';

/** The one region of this instance. */
export const describeRegions = ec2Read<'DescribeRegions'>(async (tx, input, context) => {
  const { region } = context.settings;
  for (const name of input.RegionNames ?? []) {
    if (name !== region) throw invalidParameterValue(`Invalid region: [${name}]`);
  }
  const regions: Region[] = [
    {
      OptInStatus: 'opt-in-not-required',
      RegionName: region,
      Endpoint: `ec2.${region}.amazonaws.com`,
    },
  ];
  return { Regions: await applyFilters(tx, regions, input.Filters, FILTERS) };
});

const FILTERS: FilterTable<Region> = {
  endpoint: (region) => region.Endpoint,
  'opt-in-status': (region) => region.OptInStatus,
  'region-name': (region) => region.RegionName,
};
