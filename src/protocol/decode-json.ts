import type { FailureList } from './failures.ts';
import type { ResolvedMember, ResolvedShape, ResolvedStructure } from './service-table.ts';
import { parseTimestamp } from './timestamp.ts';

/**
 * Reads a parsed JSON value as its shape says: unknown members are dropped, null is absent, timestamps become
 * `Date`. Wrong types are added to `failures`; constraints are not looked at.
 *
 * With `emptyIsAbsent`, an empty string for an optional member counts as absent, as Terraform means it when it
 * sends `"method": ""`; members that may be emptied are marked in the model.
 */
export const decodeJson = (
  shape: ResolvedShape,
  value: unknown,
  failures: FailureList,
  emptyIsAbsent: boolean,
): unknown => {
  switch (shape.type) {
    case 'structure':
      return isObject(value)
        ? decodeStructure(shape, value, failures, emptyIsAbsent)
        : refuse(failures, 'must be an object');
    case 'list':
      if (!Array.isArray(value)) return refuse(failures, 'must be a list');
      return value.map((item: unknown, index) => {
        if (failures.isFull) return undefined;
        failures.inItem(index);
        const decoded =
          item === null
            ? refuse(failures, 'must not be null')
            : decodeJson(shape.item, item, failures, emptyIsAbsent);
        failures.leave();
        return decoded;
      });
    case 'map': {
      if (!isObject(value)) return refuse(failures, 'must be an object');
      const entries: Record<string, unknown> = {};
      for (const [key, item] of Object.entries(value)) {
        if (item === null) continue;
        if (failures.isFull) break;
        failures.inKey(key);
        setOwn(entries, key, decodeJson(shape.value, item, failures, emptyIsAbsent));
        failures.leave();
      }
      return entries;
    }
    case 'string':
      return typeof value === 'string' ? value : refuse(failures, 'must be a string');
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(failures, 'must be a boolean');
    case 'integer':
      return typeof value === 'number' && (value | 0) === value
        ? value
        : refuse(failures, 'must be an integer');
    case 'long':
      return Number.isSafeInteger(value) ? value : refuse(failures, 'must be an integer');
    case 'float':
    case 'double':
      return Number.isFinite(value) ? value : refuse(failures, 'must be a number');
    case 'timestamp':
      return parseTimestamp(value) ?? refuse(failures, 'must be a timestamp');
    case 'blob':
      return typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
        ? Buffer.from(value, 'base64')
        : refuse(failures, 'must be a string in base64');
    default:
      return shape satisfies never;
  }
};

const decodeStructure = (
  shape: ResolvedStructure,
  source: Readonly<Record<string, unknown>>,
  failures: FailureList,
  emptyIsAbsent: boolean,
) => {
  const structure: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (member.location !== undefined) continue;
    const name = member.locationName ?? member.name;
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (value === undefined || value === null) continue;
    if (value === '' && emptyIsAbsent && !shape.isUnion && meansAbsent(member)) continue;
    failures.inMember(name);
    structure[member.name] = decodeJson(member.target, value, failures, emptyIsAbsent);
    failures.leave();
  }
  return structure;
};

const meansAbsent = (member: ResolvedMember) =>
  !member.isRequired && member.keepEmpty !== true && member.target.type === 'string';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values of a wrong type are not shown: which of them are secret is not known here. */
const refuse = (failures: FailureList, text: string): undefined => {
  failures.add('type', text);
  return undefined;
};

/** Plain assignment of the key `__proto__` would change the object's prototype. */
const setOwn = (target: Record<string, unknown>, key: string, value: unknown) => {
  if (key === '__proto__')
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else target[key] = value;
};
