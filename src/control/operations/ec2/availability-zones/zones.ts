/** The zones of a region: three of them, as most regions have. */
export interface Zone {
  /** `us-west-2a` */
  readonly name: string;
  /** `usw2-az1` */
  readonly id: string;
}

export const zonesOf = (region: string): readonly Zone[] =>
  ['a', 'b', 'c'].map((letter, i) => ({
    name: `${region}${letter}`,
    id: `${shortRegion(region)}-az${i + 1}`,
  }));

/** @returns '' for a zone that the region does not have. */
export const zoneId = (region: string, name: string): string =>
  zonesOf(region).find((zone) => zone.name === name)?.id ?? '';

/** `us-west-2` -> `usw2`, `ap-southeast-1` -> `apse1`. */
const shortRegion = (region: string): string =>
  region
    .split('-')
    .map((part, i) =>
      i === 0 ? part : part.replace(/gov|north|south|east|west|central/g, (w) => w[0]!),
    )
    .join('');
