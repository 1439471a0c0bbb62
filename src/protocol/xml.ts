import type { ResolvedMember, ResolvedShape, ResolvedStructure } from './service-table.ts';
import { formatTimestamp } from './timestamp.ts';

/** Names in answers: a member's `locationName`, and what surrounds the items of a list. */
const elementName = (member: ResolvedMember) => member.locationName ?? member.name;

/** The elements of a structure's members, without an element around them. Left out are undefined and null, and what travels in the head. */
export const encodeXml = (
  shape: ResolvedStructure,
  value: unknown,
  defaultItemName: string,
): string => {
  let xml = '';
  for (const member of shape.members) {
    const memberValue = (value as Readonly<Record<string, unknown>>)[member.name];
    if (memberValue !== undefined && memberValue !== null && member.location === undefined)
      xml += encodeElement(elementName(member), member.target, memberValue, defaultItemName);
  }
  return xml;
};

const encodeElement = (
  name: string,
  shape: ResolvedShape,
  value: unknown,
  defaultItemName: string,
): string => {
  switch (shape.type) {
    case 'structure':
      return element(name, encodeXml(shape, value, defaultItemName));
    case 'list': {
      const itemName = shape.isFlattened ? name : (shape.itemName ?? defaultItemName);
      const items = (value as readonly unknown[])
        .map((item) => encodeElement(itemName, shape.item, item, defaultItemName))
        .join('');
      return shape.isFlattened ? items : element(name, items);
    }
    case 'map': {
      const entries = Object.entries(value as Readonly<Record<string, unknown>>).map(
        ([key, item]) =>
          element(
            'entry',
            encodeElement('key', shape.key, key, defaultItemName) +
              encodeElement('value', shape.value, item, defaultItemName),
          ),
      );
      return element(name, entries.join(''));
    }
    case 'timestamp':
      return element(name, String(formatTimestamp(value as Date | string, shape.format)));
    case 'blob':
      return element(name, Buffer.from(value as Uint8Array).toString('base64'));
    default:
      return element(name, escapeXml(String(value)));
  }
};

/** `content` is XML already. */
export const element = (name: string, content: string): string =>
  content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser would turn it into a line feed (XML 1.0 §2.11).
  '\r': '&#13;',
};

/** Characters that XML 1.0 cannot hold in any form (§2.2) become U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"\r]/g, (character) => escapes[character] ?? character)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters meant
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .toWellFormed();

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
