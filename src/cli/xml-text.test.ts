import { expect, test } from 'vitest';
import { xmlText, xmlTexts } from './xml-text.ts';

const XML = '<R><A>1 &lt; 2 &amp;amp; 3</A><B><A>second</A></B><C/></R>';

test('texts of elements are found in order, entities undone once', () => {
  expect(xmlTexts(XML, 'A')).toEqual(['1 < 2 &amp; 3', 'second']);
  expect(xmlText(XML, 'A')).toBe('1 < 2 &amp; 3');
});

test('elements that are not there, or hold others, have none', () => {
  expect(xmlText(XML, 'X')).toBeUndefined();
  expect(xmlText(XML, 'B')).toBeUndefined();
});
