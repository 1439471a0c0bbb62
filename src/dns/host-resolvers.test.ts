import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HostResolvers, parseNameServer, parseResolvConf } from './host-resolvers.ts';

test('a resolv.conf has up to three servers, in order', () => {
  const text = [
    '# made by hand',
    'search corp.example',
    'nameserver 10.0.0.2',
    '  nameserver\tfd00::53',
    'nameserver not-an-address',
    ';nameserver 10.0.0.9',
    'nameserver fe80::1%eth0',
    'nameserver 10.0.0.4',
    'options ndots:5',
  ].join('\n');
  expect(parseResolvConf(text)).toEqual([
    { address: '10.0.0.2', port: 53 },
    { address: 'fd00::53', port: 53 },
    { address: 'fe80::1%eth0', port: 53 },
  ]);
});

describe('a server in the settings', () => {
  test.each([
    ['10.0.0.2', { address: '10.0.0.2', port: 53 }],
    ['10.0.0.2:5353', { address: '10.0.0.2', port: 5353 }],
    ['fd00::2', { address: 'fd00::2', port: 53 }],
    ['[fd00::2]:5353', { address: 'fd00::2', port: 5353 }],
    ['dns.example:53', undefined],
    ['10.0.0.2:0', undefined],
    ['10.0.0.2:65536', undefined],
    ['[10.0.0.2', undefined],
    ['', undefined],
  ])('%s', (text, expected) => {
    expect(parseNameServer(text)).toEqual(expected);
  });
});

test('the host is looked at again when its file has changed, but not with every question', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pergola-resolv-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'resolv.conf');
  let now = 0;
  const host = new HostResolvers(() => now, file);
  expect(host.servers()).toEqual([]);
  writeFileSync(file, 'nameserver 10.0.0.1\n');
  expect(host.servers()).toEqual([]);
  now = 5000;
  expect(host.servers()).toMatchObject([{ address: '10.0.0.1' }]);
  writeFileSync(file, 'nameserver 10.0.0.2\n');
  utimesSync(file, 1, 1);
  now = 10_000;
  expect(host.servers()).toMatchObject([{ address: '10.0.0.2' }]);
});
