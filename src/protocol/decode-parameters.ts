import type { FailureList } from './failures.ts';
import type { ParameterNode } from './parameters.ts';
import type { ResolvedList, ResolvedMember, ResolvedShape } from './service-table.ts';
import { parseTimestamp } from './timestamp.ts';

/** What the two form-encoded protocols do differently. */
export interface ParameterStyle {
  /** The name of a structure's member in a request. */
  wireName(member: ResolvedMember): string;
  /** The node under which a list's items are numbered. */
  itemsOf(shape: ResolvedList, node: ParameterNode): ParameterNode | undefined;
}

/** AWS's Query protocol: `Tags.member.1.Key`. */
export const queryStyle: ParameterStyle = {
  wireName: (member) => member.locationName ?? member.name,
  itemsOf: (shape, node) =>
    shape.isFlattened ? node : node.children?.get(shape.itemName ?? 'member'),
};

/** EC2's own: lists are numbered directly, and names start with a capital letter. */
export const ec2Style: ParameterStyle = {
  wireName: (member) => {
    const name = member.queryName ?? member.locationName ?? member.name;
    return name.charAt(0).toUpperCase() + name.slice(1);
  },
  itemsOf: (_shape, node) => node,
};

/** Reads parameters as the shape says; unknown ones are ignored. Wrong types are added to `failures`. */
export const decodeParameters = (
  shape: ResolvedShape,
  node: ParameterNode,
  failures: FailureList,
  style: ParameterStyle,
): unknown => {
  switch (shape.type) {
    case 'structure': {
      const structure: Record<string, unknown> = {};
      for (const member of shape.members) {
        const name = style.wireName(member);
        const child = node.children?.get(name);
        if (!child) continue;
        failures.inMember(name);
        structure[member.name] = decodeParameters(member.target, child, failures, style);
        failures.leave();
      }
      return structure;
    }
    case 'list':
      return decodeList(shape, node, failures, style);
    case 'map':
      // None of the services that speak these protocols here takes a map.
      return refuse(failures, 'is a map, which this protocol does not read');
    default:
      if (node.value === undefined) return refuse(failures, `must be a ${shape.type}, not a list`);
      return decodeScalar(shape, node.value, failures);
  }
};

const decodeList = (
  shape: ResolvedList,
  node: ParameterNode,
  failures: FailureList,
  style: ParameterStyle,
) => {
  const numbered: [number, ParameterNode][] = [];
  for (const [key, item] of style.itemsOf(shape, node)?.children ?? []) {
    if (/^\d{1,9}$/.test(key)) numbered.push([Number(key), item]);
  }
  if (numbered.length === 0 && node.value !== undefined && node.value !== '')
    return refuse(failures, 'must be a list: number its items, starting with .1');
  numbered.sort(([a], [b]) => a - b);
  return numbered.map(([, item], index) => {
    if (failures.isFull) return undefined;
    failures.inItem(index);
    const decoded = decodeParameters(shape.item, item, failures, style);
    failures.leave();
    return decoded;
  });
};

/** Reads the text of one parameter; undefined, and a failure, when it is not of the shape's type. */
export const decodeScalar = (
  shape: Exclude<ResolvedShape, { type: 'structure' | 'list' | 'map' }>,
  text: string,
  failures: FailureList,
): unknown => {
  switch (shape.type) {
    case 'string':
      return text;
    case 'boolean':
      if (/^true$/i.test(text)) return true;
      return /^false$/i.test(text) ? false : refuse(failures, 'must be a boolean', text);
    case 'integer':
    case 'long': {
      const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
      const fits = shape.type === 'integer' ? (value | 0) === value : Number.isSafeInteger(value);
      return fits ? value : refuse(failures, 'must be an integer', text);
    }
    case 'float':
    case 'double': {
      const isNumber = /^[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/.test(text);
      const value = isNumber ? Number(text) : Number.NaN;
      return Number.isFinite(value) ? value : refuse(failures, 'must be a number', text);
    }
    case 'timestamp':
      return parseTimestamp(text) ?? refuse(failures, 'must be a timestamp', text);
    case 'blob':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(text)
        ? Buffer.from(text, 'base64')
        : refuse(failures, 'must be a string in base64');
    default:
      return shape satisfies never;
  }
};

const refuse = (failures: FailureList, text: string, value?: string): undefined => {
  failures.add('type', text, value);
  return undefined;
};
