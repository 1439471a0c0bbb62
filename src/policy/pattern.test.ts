// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of policies look like that
import { describe, expect, test } from 'vitest';
import { ANY_MANY, ANY_ONE, conditionKey, parsePattern } from './pattern.ts';

const both = { variables: true, wildcards: true };
const name = { key: 'aws:username', fallback: undefined };

describe('a text of a policy', () => {
  test.each<{ text: string; tokens: unknown }>([
    { text: '', tokens: [] },
    { text: 'abc', tokens: ['abc'] },
    { text: 'a*b?c', tokens: ['a', ANY_MANY, 'b', ANY_ONE, 'c'] },
    { text: '***', tokens: [ANY_MANY] },
    { text: '*?*', tokens: [ANY_MANY, ANY_ONE, ANY_MANY] },
    { text: '${aws:username}', tokens: [name] },
    { text: 'a${ AWS:UserName }b', tokens: ['a', name, 'b'] },
    { text: '${aws:PrincipalTag/Team}', tokens: [{ ...name, key: 'aws:principaltag/Team' }] },
    { text: "${aws:username, 'no one'}", tokens: [{ ...name, fallback: 'no one' }] },
    { text: "${aws:username,'a}b, c'}", tokens: [{ ...name, fallback: 'a}b, c' }] },
    { text: 'a${*}b${?}c${$}', tokens: ['a*b?c$'] },
    { text: '$ $a {b} }', tokens: ['$ $a {b} }'] },
    { text: '${', tokens: undefined },
    { text: '${}', tokens: undefined },
    { text: '${a', tokens: undefined },
    { text: '${a, b}', tokens: undefined },
    { text: "${a, 'b}", tokens: undefined },
    { text: "${a, 'b'c'}", tokens: undefined },
    { text: "${, 'b'}", tokens: undefined },
    { text: '${a*}', tokens: undefined },
    { text: '${${a}}', tokens: undefined },
  ])('$text', ({ text, tokens }) => {
    expect(parsePattern(text, both)).toEqual(tokens);
  });

  test('without variables and wildcards is itself', () => {
    const text = '${a}*?${';
    expect(parsePattern(text, { variables: false, wildcards: false })).toEqual([text]);
  });
});

test('a key is in small letters, but for a name behind a slash', () => {
  expect(conditionKey('AWS:PrincipalTag/A/B')).toBe('aws:principaltag/A/B');
  expect(conditionKey('vpc-lattice-svcs:SourceVpc')).toBe('vpc-lattice-svcs:sourcevpc');
});
