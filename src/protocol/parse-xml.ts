import { bodyText, UnreadableBodyError } from './parse-json-body.ts';
import { protocolLimits } from './wire.ts';

/** An element of a request's body: with children, or with text. */
export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string;
  /** What stands in it beside elements; references resolved. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  /** As it was written: its end has to say the same. */
  readonly tag: string;
  text: string;
  readonly children: XmlElement[];
}

/** One piece of markup, or the text up to the next one. */
const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([\w.:-]+)\s*>|<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

/**
 * The root element of a body, undefined for an empty body. Reads what AWS's clients write: elements,
 * text, character references, CDATA; attributes are passed over. There is no DOCTYPE, so no entities
 * of the sender's own.
 * @throws UnreadableBodyError
 */
export const parseXmlBody = (body: Buffer): XmlElement | undefined => {
  const text = bodyText(body).replace(/^\ufeff/, '');
  if (text.trim() === '') return undefined;
  const document: OpenElement = { tag: '', text: '', children: [] };
  const open: OpenElement[] = [document];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text);
    if (token === null) throw new UnreadableBodyError('the body is not valid XML');
    const [, cdata, end, start, , isEmpty, plain] = token;
    const within = open.at(-1)!;
    if (plain !== undefined) within.text += resolveReferences(plain);
    else if (cdata !== undefined) within.text += cdata;
    else if (end !== undefined) {
      if (open.length === 1 || within.tag !== end)
        throw new UnreadableBodyError(
          'the body is not valid XML: an element ends that did not begin',
        );
      open.pop();
      open.at(-1)!.children.push(close(within));
    } else if (start !== undefined && isEmpty === '/') {
      within.children.push(close({ tag: start, text: '', children: [] }));
    } else if (start !== undefined) {
      if (open.length > protocolLimits.depth)
        throw new UnreadableBodyError(
          `the body nests deeper than ${protocolLimits.depth} levels; flatten it`,
        );
      open.push({ tag: start, text: '', children: [] });
    }
  }
  const [root, ...others] = document.children;
  if (open.length > 1 || root === undefined || others.length > 0 || document.text.trim() !== '')
    throw new UnreadableBodyError('the body is not valid XML: it must be one element');
  return root;
};

const close = ({ tag, text, children }: OpenElement): XmlElement => ({
  name: tag.slice(tag.indexOf(':') + 1),
  text,
  children,
});

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const resolveReferences = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));?|&/gi,
    (reference, hex, decimal, name) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      const isCharacter = code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
      const resolved = name === undefined ? isCharacter && String.fromCodePoint(code) : NAMED[name];
      if (!resolved || !reference.endsWith(';'))
        throw new UnreadableBodyError('the body is not valid XML: it has an unknown reference');
      return resolved;
    },
  );
