import type { FailureList } from './failures.ts';
import type {
  Bounds,
  ResolvedMap,
  ResolvedShape,
  ResolvedString,
  ResolvedStructure,
} from './service-table.ts';

type Names = (member: ResolvedStructure['members'][number]) => string;

/**
 * Checks a decoded value against the constraints of its shape: required members, lengths, ranges, patterns,
 * enums, sizes (of blobs in bytes), and that a union has exactly one member. All failures are added, not only the first.
 * Lengths count Unicode characters, as the Smithy specification's `length` trait does.
 */
export const validate = (
  shape: ResolvedShape,
  value: unknown,
  failures: FailureList,
  wireName: Names,
): void => {
  if (failures.isFull) return;
  switch (shape.type) {
    case 'structure':
      validateStructure(shape, value as Readonly<Record<string, unknown>>, failures, wireName);
      return;
    case 'list': {
      const items = value as readonly unknown[];
      for (const text of sizeFailures(shape, items.length))
        failures.add('constraint', text, isSensitive(shape.item) ? undefined : items);
      for (let index = 0; index < items.length; index++) {
        failures.inItem(index);
        validate(shape.item, items[index], failures, wireName);
        failures.leave();
      }
      return;
    }
    case 'map':
      validateMap(shape, value as Readonly<Record<string, unknown>>, failures, wireName);
      return;
    case 'string':
      for (const text of stringFailures(shape, value as string))
        failures.add('constraint', text, shape.isSensitive ? undefined : value);
      return;
    case 'integer':
    case 'long':
    case 'float':
    case 'double': {
      const number = value as number;
      if (shape.min !== undefined && number < shape.min)
        failures.add('constraint', `must have value greater than or equal to ${shape.min}`, value);
      if (shape.max !== undefined && number > shape.max)
        failures.add('constraint', `must have value less than or equal to ${shape.max}`, value);
      return;
    }
    case 'blob':
      for (const text of sizeFailures(shape, (value as Uint8Array).length))
        failures.add('constraint', text);
      return;
    default:
      return;
  }
};

const validateStructure = (
  shape: ResolvedStructure,
  value: Readonly<Record<string, unknown>>,
  failures: FailureList,
  wireName: Names,
) => {
  let present = 0;
  for (const member of shape.members) {
    const memberValue = value[member.name];
    if (memberValue !== undefined) {
      present++;
      failures.inMember(wireName(member));
      validate(member.target, memberValue, failures, wireName);
      failures.leave();
    } else if (member.isRequired) {
      failures.inMember(wireName(member));
      failures.add('missing', 'must not be null');
      failures.leave();
    }
  }
  if (shape.isUnion && present !== 1) {
    const names = shape.members.map((member) => member.name).join(', ');
    failures.add('constraint', `must have exactly one of the members [${names}], not ${present}`);
  }
};

const validateMap = (
  shape: ResolvedMap,
  entries: Readonly<Record<string, unknown>>,
  failures: FailureList,
  wireName: Names,
) => {
  const keys = Object.keys(entries);
  for (const text of sizeFailures(shape, keys.length))
    failures.add('constraint', text, isSensitive(shape.value) ? undefined : entries);
  for (const key of keys) {
    if (shape.key.type === 'string') {
      const texts = stringFailures(shape.key, key);
      if (texts.length > 0)
        failures.add(
          'constraint',
          `keys must satisfy constraint: [${texts.map((text) => `Member ${text}`).join(', ')}]`,
          key,
        );
    }
    failures.inKey(key);
    validate(shape.value, entries[key], failures, wireName);
    failures.leave();
  }
};

const isSensitive = (shape: ResolvedShape) => shape.type !== 'string' || shape.isSensitive;

const sizeFailures = ({ min, max }: Bounds, size: number): readonly string[] => {
  const texts: string[] = [];
  if (max !== undefined && size > max) texts.push(`must have length less than or equal to ${max}`);
  if (min !== undefined && size < min)
    texts.push(`must have length greater than or equal to ${min}`);
  return texts;
};

/** What is wrong with a string; empty when nothing is. */
const stringFailures = (shape: ResolvedString, value: string): readonly string[] => {
  const length = lengthWithin(shape, value);
  const texts = [...sizeFailures(shape, length)];
  if (shape.values && !shape.values.has(value))
    texts.push(`must satisfy enum value set: [${listed(shape.values)}]`);
  // A value that is too long does not reach the pattern: it bounds the work a regular expression can cause.
  if (
    shape.pattern &&
    !(shape.max !== undefined && length > shape.max) &&
    !shape.pattern.test(value)
  )
    texts.push(`must satisfy regular expression pattern: ${shape.patternText}`);
  return texts;
};

/** Longer lists would bury what is wrong. */
const MOST_LISTED = 20;

const listed = (values: ReadonlySet<string>): string => {
  const left = values.size - MOST_LISTED;
  const first = [...values].slice(0, MOST_LISTED);
  return (left > 0 ? [...first, `and ${left} more`] : first).join(', ');
};

/** Characters, counted only where UTF-16 units do not already decide. */
const lengthWithin = ({ min = 0, max = Number.POSITIVE_INFINITY }: Bounds, value: string) => {
  if (value.length < min || (value.length <= max && value.length >= 2 * min)) return value.length;
  if (value.length > 2 * max) return value.length;
  let characters = 0;
  for (const _ of value) characters++;
  return characters;
};
