import { describe, expect, test } from 'vitest';
import { CliError } from '../cli-error.ts';
import { parseCall } from './parse-call.ts';

const DEFAULTS = [
  ['user-agent', 'pergola'],
  ['accept', '*/*'],
] as const;
const FORM = ['content-type', 'application/x-www-form-urlencoded'] as const;

describe('a request is read from a URL and flags', () => {
  const cases = [
    {
      name: 'a URL alone is fetched',
      url: 'http://svc.example/a%20b?x=1&y',
      flags: {},
      expected: { method: 'GET', host: 'svc.example', target: '/a%20b?x=1&y', headers: DEFAULTS },
    },
    {
      name: 'a URL may come without a scheme and a path',
      url: 'svc.example:8080',
      flags: {},
      expected: { scheme: 'http', host: 'svc.example:8080', target: '/' },
    },
    {
      name: 'the port that the scheme implies is left out, as clients do',
      url: 'http://svc.example:80/',
      flags: {},
      expected: { host: 'svc.example' },
    },
    {
      name: 'https is a scheme, with a default port of its own',
      url: 'https://svc.example:443/',
      flags: {},
      expected: { scheme: 'https', host: 'svc.example' },
    },
    {
      name: 'another port stays',
      url: 'https://svc.example:80/',
      flags: {},
      expected: { scheme: 'https', host: 'svc.example:80' },
    },
    {
      name: 'a fragment stays here',
      url: 'http://svc.example/a#part',
      flags: {},
      expected: { target: '/a' },
    },
    {
      name: 'a body is posted as a form',
      url: 'http://svc.example/',
      flags: { body: ['a=1', 'b=2'] },
      expected: {
        method: 'POST',
        body: { kind: 'text', text: 'a=1&b=2' },
        headers: [...DEFAULTS, FORM],
      },
    },
    {
      name: 'a file is the body',
      url: 'http://svc.example/',
      flags: { request: 'PUT', body: ['@cart.json'] },
      expected: { method: 'PUT', body: { kind: 'file', path: 'cart.json', isBinary: false } },
    },
    {
      name: 'standard input is the body',
      url: 'http://svc.example/',
      flags: { body: ['@-'] },
      expected: { body: { kind: 'stdin', isBinary: false } },
    },
    {
      name: 'a binary file is the body',
      url: 'http://svc.example/',
      flags: { dataBinary: ['@cart.bin'] },
      expected: { method: 'POST', body: { kind: 'file', path: 'cart.bin', isBinary: true } },
    },
    {
      name: 'a text for a binary body is the body',
      url: 'http://svc.example/',
      flags: { dataBinary: ['a', 'b'] },
      expected: { method: 'POST', body: { kind: 'text', text: 'a&b' } },
    },
    {
      name: 'a given field takes the place of the default, and its name keeps its case',
      url: 'http://svc.example/',
      flags: { body: ['{}'], header: ['Content-Type:application/json', 'X-Two: a: b'] },
      expected: {
        headers: [...DEFAULTS, ['Content-Type', 'application/json'], ['X-Two', 'a: b']],
      },
    },
    {
      name: 'a field without a value takes the default away',
      url: 'http://svc.example/',
      flags: { header: ['User-Agent:', 'accept: '] },
      expected: { headers: [] },
    },
    {
      name: 'an unsigned request may have an Authorization of its own',
      url: 'http://svc.example/',
      flags: { anonymous: true, header: ['Authorization: Bearer x'] },
      expected: { headers: [...DEFAULTS, ['Authorization', 'Bearer x']] },
    },
  ];
  test.each(cases)('$name', ({ url, flags, expected }) => {
    expect(parseCall(url, flags)).toMatchObject(expected);
  });
});

describe('a command line that makes no sense is refused', () => {
  const url = 'http://svc.example/';
  const cases = [
    { name: 'no URL', url: 'http://', flags: {}, expected: 'bad URL `http://`' },
    {
      name: 'another scheme',
      url: 'ftp://svc.example/',
      flags: {},
      expected: 'cannot call `ftp://svc.example/`; give an http:// or https:// URL',
    },
    { name: 'a user name', url: 'http://a:b@svc.example/', flags: {}, expected: 'user name' },
    { name: 'a bad method', url, flags: { request: 'GE T' }, expected: 'bad method `GE T`' },
    { name: 'a tunnel', url, flags: { request: 'CONNECT' }, expected: 'bad method' },
    { name: 'a field without a colon', url, flags: { header: ['x'] }, expected: 'bad header' },
    {
      name: 'a field with a line feed',
      url,
      flags: { header: ['a: b\r\nc: d'] },
      expected: 'bad header',
    },
    {
      name: 'another Host than that of the URL',
      url,
      flags: { header: ['host: other.example'] },
      expected: 'the header `Host` comes from the URL',
    },
    {
      name: 'a length',
      url,
      flags: { header: ['Content-Length: 3'] },
      expected: 'the header `Content-Length` is set here',
    },
    {
      name: 'an Authorization beside the signature',
      url,
      flags: { header: ['Authorization: Bearer x'] },
      expected: 'the header `Authorization` is set by signing',
    },
    { name: 'a file and more', url, flags: { body: ['@a', 'b'] }, expected: 'the whole body' },
    { name: 'a file without a name', url, flags: { body: ['@'] }, expected: '-d @ names no file' },
    {
      name: 'a binary file without a name',
      url,
      flags: { dataBinary: ['@'] },
      expected: '--data-binary @ names no file',
    },
    {
      name: 'two kinds of bodies',
      url,
      flags: { body: ['a'], dataBinary: ['b'] },
      expected: '-d and --data-binary exclude each other',
    },
  ];
  test.each(cases)('$name', ({ url: text, flags, expected }) => {
    expect(() => parseCall(text, flags)).toThrow(expected);
    expect(() => parseCall(text, flags)).toThrow(CliError);
  });

  test('without repeating what may be secret', () => {
    const attempt = () => parseCall(url, { header: ['authorization Bearer top-secret'] });
    expect(attempt).not.toThrow(/top-secret/);
    expect(attempt).toThrow('bad header');
  });
});
