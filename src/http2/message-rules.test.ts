import { describe, expect, test } from 'vitest';
import { MalformedMessage, MessageRules } from './message-rules.ts';
import { GET, POST } from './sample-session.ts';

type Fields = readonly string[];

const without = (name: string): string[] => {
  const at = GET.indexOf(name);
  return GET.filter((_, i) => i !== at && i !== at + 1);
};
const withPseudo = (name: string, value: string): string[] => [...without(name), name, value];

describe('a request', () => {
  const good: readonly (readonly [name: string, fields: Fields])[] = [
    ['as most are', [...GET, 'user-agent', 'a/1', 'accept', '*/*', 'x-empty', '']],
    ['with a host instead of an authority', [...without(':authority'), 'host', 'a.example']],
    ['OPTIONS for the whole server', [':method', 'OPTIONS', ':path', '*', ...GET.slice(4)]],
    ['CONNECT', [':method', 'CONNECT', ':authority', 'a.example:443']],
    ['with another scheme', withPseudo(':scheme', 'coap+tcp')],
    ['with bytes beyond ASCII in a value and in the path', [...GET, 'x-a', '\xe9']],
    ['with fields that come twice', [...GET, 'cookie', 'a=1', 'cookie', 'b=2']],
    ['with TE, however it is spelled', [...GET, 'te', 'Trailers']],
    ['with white space within a value', [...GET, 'x-a', 'a \t b']],
  ];
  test.each(good)('is well-formed: %s', (_, fields) => {
    const rules = new MessageRules();
    rules.request(fields, true);
    // The second one is compared with the first.
    rules.request(fields, true);
  });

  const bad: readonly (readonly [name: string, fields: Fields])[] = [
    ['no method', without(':method')],
    ['no path', without(':path')],
    ['no scheme', without(':scheme')],
    ['neither authority nor host', without(':authority')],
    ['a method that is no token', withPseudo(':method', 'G T')],
    ['an empty method', withPseudo(':method', '')],
    ['an empty path', withPseudo(':path', '')],
    ['a path without a slash', withPseudo(':path', 'a')],
    ['* for GET', withPseudo(':path', '*')],
    ['a path with a space', withPseudo(':path', '/a b')],
    ['a path with a line end', withPseudo(':path', '/a\r\nb')],
    ['a path with DEL', withPseudo(':path', '/a\x7f')],
    ['a scheme that is none', withPseudo(':scheme', '1')],
    ['an empty authority', withPseudo(':authority', '')],
    ['user information', withPseudo(':authority', 'a@b')],
    ['an authority with a space', withPseudo(':authority', 'a b')],
    ['an authority beyond ASCII', withPseudo(':authority', '\xe9')],
    ['host twice', [...GET, 'host', 'a', 'host', 'a']],
    ['an empty host', [...GET, 'host', '']],
    ['CONNECT with a path', [':method', 'CONNECT', ...GET.slice(2)]],
    ['CONNECT without an authority', [':method', 'CONNECT', 'host', 'a']],
    ['a pseudo-header twice', [...GET, ':path', '/']],
    ['a pseudo-header of responses', [...GET, ':status', '200']],
    ['an unknown pseudo-header', [...GET, ':a', 'b']],
    ['a pseudo-header behind a field', [...GET.slice(2), 'a', 'b', ':method', 'GET']],
    ['an empty name', [...GET, '', 'a']],
    ['a name in upper case', [...GET, 'X', 'a']],
    ['a name with a space', [...GET, 'a b', 'a']],
    ['a name with a colon', [...GET, 'a:b', 'a']],
    ['a name beyond ASCII', [...GET, '\xe9', 'a']],
    ['a value with a line end', [...GET, 'a', 'b\r\nc: d']],
    ['a value with NUL', [...GET, 'a', 'b\0c']],
    ['a value that begins with a space', [...GET, 'a', ' b']],
    ['a value that ends with a tab', [...GET, 'a', 'b\t']],
    ['Connection', [...GET, 'connection', 'close']],
    ['Keep-Alive', [...GET, 'keep-alive', '1']],
    ['Proxy-Connection', [...GET, 'proxy-connection', 'close']],
    ['Transfer-Encoding', [...GET, 'transfer-encoding', 'chunked']],
    ['Upgrade', [...GET, 'upgrade', 'h2c']],
    ['TE with more', [...GET, 'te', 'trailers, gzip']],
    ['content-length twice', [...GET, 'content-length', '0', 'content-length', '0']],
    ['content-length that is no number', [...GET, 'content-length', '+1']],
    ['content-length without a body', [...GET, 'content-length', '1']],
  ];
  test.each(bad)('is malformed: %s', (_, fields) => {
    const rules = new MessageRules();
    expect(() => rules.request(fields, true)).toThrow(MalformedMessage);
    // Nor does it become good by coming again, or behind a good one.
    rules.request(GET, true);
    expect(() => rules.request(fields, true)).toThrow(MalformedMessage);
  });

  test('what is good as a value is not good as an authority for that', () => {
    const rules = new MessageRules();
    rules.trailers(['a', 'user@host', 'b', '/x y']);
    expect(() => rules.request(withPseudo(':authority', 'user@host'), true)).toThrow();
    expect(() => rules.request(withPseudo(':path', '/x y'), true)).toThrow();
  });

  test('says how long its body is', () => {
    const rules = new MessageRules();
    rules.request([...POST, 'content-length', '12'], false);
    expect(rules.contentLength).toBe(12);
    rules.request(POST, false);
    expect(rules.contentLength).toBe(-1);
  });
});

describe('a response', () => {
  test.each(['100', '200', '599', '999'])('with the status %s', (status) => {
    const rules = new MessageRules();
    rules.response([':status', status, 'a', 'b']);
    expect(rules.status).toBe(Number(status));
  });

  test.each([
    ['no status', ['a', 'b']],
    ['two', [':status', '200', ':status', '200']],
    ['a pseudo-header of requests', [':status', '200', ':path', '/']],
    ['a short one', [':status', '20']],
    ['no number', [':status', 'abc']],
    ['101', [':status', '101']],
    ['fields of a connection', [':status', '200', 'transfer-encoding', 'chunked']],
    ['a name in upper case', [':status', '200', 'Server', 'a']],
  ])('is malformed: %s', (_, fields) => {
    expect(() => new MessageRules().response(fields)).toThrow(MalformedMessage);
  });

  test('may have a host, which means nothing there', () => {
    new MessageRules().response([':status', '200', 'host', 'a', 'host', 'b']);
  });
});
