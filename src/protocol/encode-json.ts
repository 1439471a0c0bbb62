import type { ResolvedShape, ResolvedStructure } from './service-table.ts';
import { formatTimestamp } from './timestamp.ts';

/**
 * The JSON form of an output: only members of the model, without those that are undefined or null and those
 * that travel in a header.
 */
export const encodeJson = (shape: ResolvedShape, value: unknown): unknown => {
  switch (shape.type) {
    case 'structure':
      return encodeStructure(shape, value as Readonly<Record<string, unknown>>);
    case 'list':
      return (value as readonly unknown[]).map((item) => encodeJson(shape.item, item));
    case 'map':
      return Object.fromEntries(
        Object.entries(value as Readonly<Record<string, unknown>>)
          .filter(([, item]) => item !== undefined && item !== null)
          .map(([key, item]) => [key, encodeJson(shape.value, item)]),
      );
    case 'timestamp':
      return formatTimestamp(value as Date | string, shape.format);
    case 'blob':
      return Buffer.from(value as Uint8Array).toString('base64');
    default:
      return value;
  }
};

const encodeStructure = (shape: ResolvedStructure, source: Readonly<Record<string, unknown>>) => {
  const encoded: Record<string, unknown> = {};
  for (const member of shape.members) {
    const value = source[member.name];
    if (value === undefined || value === null || member.location !== undefined) continue;
    encoded[member.locationName ?? member.name] = encodeJson(member.target, value);
  }
  return encoded;
};
