import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UnreadableBodyError } from './parse-json-body.ts';
import { parseXmlBody } from './parse-xml.ts';
import { element, escapeXml, xmlDeclaration } from './xml.ts';

const parse = (text: string) => parseXmlBody(Buffer.from(text));

test('elements, text, references, CDATA; attributes, comments and prefixes are passed over', () => {
  const text = `\ufeff<?xml version="1.0"?>
    <!-- a <comment> -->
    <n:Root xmlns:n="urn:x" other='<y'>
      <One>a &amp; b &lt;&#65;&#x42;&gt; &quot;&apos;</One ><Two/><Three  a = "b" />
      <Four><![CDATA[<raw> & ]]>more</Four>
    </n:Root>`.replace("'<y'", "'y'");
  const root = parse(text);
  expect([root?.name, root?.children]).toEqual([
    'Root',
    [
      { name: 'One', text: `a & b <AB> "'`, children: [] },
      { name: 'Two', text: '', children: [] },
      { name: 'Three', text: '', children: [] },
      { name: 'Four', text: '<raw> & more', children: [] },
    ],
  ]);
});

test('an empty body is nothing', () => {
  expect(parse(' \n')).toBeUndefined();
});

describe('refused is', () => {
  test.each([
    ['text without an element', 'hello'],
    ['an element that does not end', '<a><b></b>'],
    ['an element that did not begin', '<a></a></b>'],
    ['elements that overlap', '<a><b></a></b>'],
    ['two elements', '<a/><b/>'],
    ['text beside the element', '<a/>more'],
    [
      'a DOCTYPE, which could name files',
      '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    ],
    ['an entity that nobody knows', '<a>&secret;</a>'],
    ['an ampersand of its own', '<a>a & b</a>'],
    ['a character that does not exist', '<a>&#x110000;</a>'],
    ['half a pair', '<a>&#xd800;</a>'],
    ['an attribute without quotes', '<a b=c></a>'],
    ['deep nesting', `${'<a>'.repeat(200)}${'</a>'.repeat(200)}`],
  ])('%s', (_name, text) => {
    expect(() => parse(text)).toThrow(UnreadableBodyError);
    expect(() => parse(text)).not.toThrow(/passwd|secret/);
  });

  test('what is not UTF-8', () => {
    expect(() => parseXmlBody(Buffer.from([0x3c, 0xff]))).toThrow(UnreadableBodyError);
  });
});

test('what is written is read back', () => {
  const texts = fc.string({ unit: 'binary' }).map((text) =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these cannot be written in XML
    text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').toWellFormed(),
  );
  fc.assert(
    fc.property(texts, texts, (one, two) => {
      const inner = element('One', escapeXml(one)) + element('Two', escapeXml(two));
      const root = parse(xmlDeclaration + element('Root', inner));
      expect(root?.children.map(({ text }) => text)).toEqual([one, two]);
    }),
  );
});

test('whatever comes, nothing but UnreadableBodyError is thrown', () => {
  const pieces = fc.constantFrom(
    '<a>',
    '</a>',
    '<b/>',
    '&amp;',
    '&',
    '<',
    '>',
    '<!--',
    '-->',
    ']]>',
    '<![CDATA[',
    'x',
    ' ',
    '"',
    '=',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      try {
        parse(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableBodyError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a long body of open ends is refused in no time', () => {
  const times = ['<!--'.repeat(50_000), `<a${' '.repeat(200_000)}`, '<a b'.repeat(50_000)].map(
    (text) => {
      const startedAt = performance.now();
      expect(() => parse(text)).toThrow(UnreadableBodyError);
      return performance.now() - startedAt;
    },
  );
  expect(Math.max(...times)).toBeLessThan(500);
});
