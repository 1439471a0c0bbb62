import fc from 'fast-check';
import { expect, test } from 'vitest';
import { element, escapeXml } from './xml.ts';

test.each([
  { text: '<a href="x">&amp;</a>', xml: '&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;' },
  { text: 'line\r\nnext\ttab', xml: 'line&#13;\nnext\ttab' },
  { text: 'nul\u0000 bell\u0007 \ufffe', xml: 'nul\ufffd bell\ufffd \ufffd' },
  { text: 'half \ud83c of a pair', xml: 'half \ufffd of a pair' },
  { text: 'whole \u{1f33f}', xml: 'whole \u{1f33f}' },
])('$text', ({ text, xml }) => {
  expect(escapeXml(text)).toBe(xml);
});

test('no text closes the element that it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escapeXml(text)).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot|#13);)/);
    }),
  );
});

test('an element without content is closed at once', () => {
  expect([element('a', ''), element('a', 'b')]).toEqual(['<a/>', '<a>b</a>']);
});
