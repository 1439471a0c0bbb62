import { describe, expect, test } from 'vitest';
import { CliError } from './cli-error.ts';
import { formatEndpoint, parseHost, parsePort, parseVpcAddress } from './endpoint.ts';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    expect((error as CliError).exitCode).toBe(2);
    return (error as CliError).message;
  }
  throw new Error('nothing was refused');
};

describe('an address inside a VPC', () => {
  const accepted = [
    { name: 'IPv4', text: '10.0.1.11', expected: { host: '10.0.1.11' } },
    { name: 'IPv4 with a port', text: '10.0.1.11:80', expected: { host: '10.0.1.11', port: 80 } },
    { name: 'IPv6', text: 'fd00::11', expected: { host: 'fd00::11' } },
    { name: 'IPv6 in brackets', text: '[fd00::11]', expected: { host: 'fd00::11' } },
    { name: 'IPv6 with a port', text: '[fd00::1]:443', expected: { host: 'fd00::1', port: 443 } },
    {
      name: 'an instance',
      text: 'i-0123456789abcdef0',
      expected: { host: 'i-0123456789abcdef0' },
    },
    {
      name: 'an instance with a port',
      text: 'i-0123456789abcdef0:8080',
      expected: { host: 'i-0123456789abcdef0', port: 8080 },
    },
  ];
  test.each(accepted)('may be $name', ({ text, expected }) => {
    expect(parseVpcAddress(text)).toEqual(expected);
  });

  const refused = [
    { name: 'a host name', text: 'localhost:80', part: 'bad address' },
    { name: 'nothing', text: '', part: 'bad address' },
    { name: 'port 0', text: '10.0.0.1:0', part: 'bad port `0`' },
    { name: 'a port that is too high', text: '10.0.0.1:65536', part: 'bad port `65536`' },
    { name: 'a port that is no number', text: '10.0.0.1:80x', part: 'bad port `80x`' },
    { name: 'an open bracket', text: '[fd00::1', part: '[fd00::1]:8080' },
    { name: 'IPv4 in brackets', text: '[10.0.0.1]:80', part: '[fd00::1]:8080' },
    { name: 'text after the bracket', text: '[fd00::1]80', part: 'colon after the bracket' },
    { name: 'an octet too many', text: '10.0.0.1.2', part: 'bad address' },
  ];
  test.each(refused)('cannot be $name', ({ text, part }) => {
    expect(messageOf(() => parseVpcAddress(text))).toContain(part);
  });
});

describe('a host', () => {
  const accepted = [
    { text: '127.0.0.1:9001', expected: { host: '127.0.0.1', port: 9001 } },
    { text: 'localhost', expected: { host: 'localhost' } },
    { text: 'build-7.example.com:80', expected: { host: 'build-7.example.com', port: 80 } },
    { text: '[::1]:9001', expected: { host: '::1', port: 9001 } },
  ];
  test.each(accepted)('may be $text', ({ text, expected }) => {
    expect(parseHost(text)).toEqual(expected);
  });

  test.each([
    'http://localhost',
    '9001',
    '1.2.3',
    '256.256.256.256',
    '0x7f000001',
    'fe80::1%eth0',
    '-x',
    'x-',
    'a b',
    ':80',
    'fd00::1::2:80',
  ])('cannot be %j', (text) => {
    expect(messageOf(() => parseHost(text))).toMatch(/^bad (host|port)/);
  });
});

test('a port may be 0 only where that means any free one', () => {
  expect(parsePort('0', '--port', { allowZero: true })).toBe(0);
  expect(messageOf(() => parsePort('0', '--port'))).toBe(
    'bad port `0` in --port; give a number from 1 to 65535',
  );
});

test('formatting and parsing go round', () => {
  for (const text of ['10.0.1.11', '10.0.1.11:80', 'fd00::11', '[fd00::11]:80']) {
    const { host, port } = parseVpcAddress(text);
    expect(formatEndpoint(host, port)).toBe(text);
  }
});
