const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** Texts of all elements of this name that hold nothing but text, entities undone, in order. */
export const xmlTexts = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) =>
    text.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity),
  );

/** Text of the first element of this name; undefined when there is none. */
export const xmlText = (xml: string, element: string): string | undefined =>
  xmlTexts(xml, element)[0];
