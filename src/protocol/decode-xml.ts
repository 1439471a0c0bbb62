import { decodeScalar } from './decode-parameters.ts';
import type { FailureList } from './failures.ts';
import type { XmlElement } from './parse-xml.ts';
import type { ResolvedList, ResolvedShape, ResolvedStructure } from './service-table.ts';

/**
 * Reads an element as the shape says; elements that the shape does not know are passed over. Wrong
 * types are added to `failures`.
 */
export const decodeXml = (
  shape: ResolvedStructure,
  element: XmlElement,
  failures: FailureList,
): Record<string, unknown> => {
  const structure: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (member.location !== undefined) continue;
    const name = member.locationName ?? member.name;
    const found = element.children.filter((child) => child.name === name);
    const [first] = found;
    if (first === undefined) continue;
    failures.inMember(name);
    structure[member.name] =
      member.target.type === 'list' && member.target.isFlattened
        ? decodeItems(member.target, found, failures)
        : decodeElement(member.target, first, failures);
    failures.leave();
  }
  return structure;
};

const decodeElement = (
  shape: ResolvedShape,
  element: XmlElement,
  failures: FailureList,
): unknown => {
  switch (shape.type) {
    case 'structure':
      return decodeXml(shape, element, failures);
    case 'list':
      return decodeItems(
        shape,
        element.children.filter(({ name }) => name === (shape.itemName ?? 'member')),
        failures,
      );
    case 'map':
      // None of the services that speak this protocol here takes a map.
      failures.add('type', 'is a map, which this protocol does not read');
      return undefined;
    case 'string':
      return element.text;
    default:
      return decodeScalar(shape, element.text.trim(), failures);
  }
};

const decodeItems = (
  shape: ResolvedList,
  elements: readonly XmlElement[],
  failures: FailureList,
): readonly unknown[] =>
  elements.map((element, index) => {
    if (failures.isFull) return undefined;
    failures.inItem(index);
    const decoded = decodeElement(shape.item, element, failures);
    failures.leave();
    return decoded;
  });
