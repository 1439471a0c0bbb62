import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEFAULT_QUOTAS } from '../control/settings.ts';
import { loadSettings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

const dataDirWith = (text: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-settings-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'settings.json'), text);
  return dir;
};

describe('settings', () => {
  test('have defaults for everything', async () => {
    const settings = await loadSettings({ data: '/nowhere/at-all', workers: 3 });
    expect(settings).toMatchObject({
      dataDir: '/nowhere/at-all',
      host: '127.0.0.1',
      port: 7171,
      portalPort: 7180,
      dnsPort: 5300,
      dnsForwarders: undefined,
      workerUser: undefined,
      workers: 3,
      underlay: 'loopback',
      portals: true,
      stopMs: 30_000,
      orphanMs: 60_000,
      control: { region: 'us-west-2', quotas: DEFAULT_QUOTAS },
    });
  });

  test.each([
    { name: 'are closed where VPCs are real networks', flags: {}, portals: false },
    { name: 'are open there when that is told', flags: { portals: true }, portals: true },
  ])('portals $name', async ({ flags, portals }) => {
    const settings = await loadSettings({ data: '/nowhere', underlay: 'netns', ...flags });
    expect(settings.portals).toBe(portals);
  });

  test('take what the file says, and leave the other quotas as they are', async () => {
    const data = dataDirWith('{"drainMs": 5, "orphanMs": 6, "quotas": {"rulesPerListener": 100}}');
    const settings = await loadSettings({ data });
    expect(settings.control.drainMs).toBe(5);
    expect(settings.orphanMs).toBe(6);
    expect(settings.control.quotas).toEqual({ ...DEFAULT_QUOTAS, rulesPerListener: 100 });
    expect(settings.control).not.toHaveProperty('orphanMs');
  });

  test('take the user of workers by its numbers', async () => {
    const { workerUser } = await loadSettings({ data: dataDirWith('{"workerUser": "990:991"}') });
    expect(workerUser).toEqual({ uid: 990, gid: 991 });
  });

  test('take the organisation, with its policies as text', async () => {
    const document = { Statement: [{ Effect: 'Deny', Action: 'ec2:*', Resource: '*' }] };
    const policy = { name: 'p', targets: ['r-ab12'] };
    const data = dataDirWith(
      JSON.stringify({
        webIdentity: { allowHttpLoopback: true },
        sharedSubnets: { 'subnet-0123456789abcdef0': ['payments'] },
        organization: {
          id: 'o-a1b2c3d4e5',
          accounts: { default: 'o-a1b2c3d4e5/r-ab12/' },
          serviceControlPolicies: [{ ...policy, document }],
        },
      }),
    );
    const { control } = await loadSettings({ data });
    expect(control.webIdentity).toEqual({ allowHttpLoopback: true, keys: {} });
    expect(control.sharedSubnets).toEqual({ 'subnet-0123456789abcdef0': ['payments'] });
    expect(control.organization?.serviceControlPolicies).toEqual([
      { ...policy, document: JSON.stringify(document) },
    ]);
  });

  test.each([
    ['a wrong type', '{"quotas": {"rulesPerListener": "x"}}', 'quotas.rulesPerListener'],
    ['a number out of range', '{"drainMs": -1}', 'drainMs'],
    ['a fraction', '{"drainMs": 1.5}', 'drainMs'],
    ['a member that does not exist', '{"quotas": {"horses": 1}}', 'horses'],
    ["root's own id", '{"workerUser": "0:990"}', 'workerUser'],
    ['a user by name', '{"workerUser": "www-data"}', 'workerUser'],
    ['an id that nobody has', '{"workerUser": "4294967295:1"}', 'workerUser'],
    ['no address', '{"host": "localhost"}', 'host'],
    ['a shared VPC', '{"sharedSubnets": {"vpc-00000000": ["a"]}}', 'sharedSubnets.vpc-00000000'],
    ['an issuer that is no URL', '{"webIdentity": {"keys": {"x": {"keys": []}}}}', 'webIdentity'],
    [
      'an organisation without a good id',
      '{"organization": {"id": "x", "accounts": {}}}',
      'o-a1b2',
    ],
    [
      'a path of another organisation',
      '{"organization": {"id": "o-a1b2c3d4e5", "accounts": {"a": "o-b1b2c3d4e5/r-ab12/"}}}',
      'organization.accounts',
    ],
    [
      'a service control policy that is none',
      '{"organization": {"id": "o-a1b2c3d4e5", "accounts": {}, "serviceControlPolicies": [{"name": "p", "targets": ["r-ab12"], "document": {"Statement": [{"Effect": "Deny"}]}}]}}',
      'organization.serviceControlPolicies.0.document: Policy statement must contain actions',
    ],
    ['another kind of value', '[]', 'file'],
    ['no JSON', '{"drainMs": ', 'is not JSON'],
  ])('name what is wrong in the file: %s', async (_name, text, expected) => {
    const data = dataDirWith(text);
    const loading = loadSettings({ data });
    await expect(loading).rejects.toBeInstanceOf(SettingsError);
    await expect(loading).rejects.toThrow(expected);
    await expect(loading).rejects.toThrow(join(data, 'settings.json'));
  });

  test.each([
    ['a port that is none', { port: 65_536 }, '--port'],
    ['a negative portal port', { portalPort: -1 }, '--portal-port'],
    ['a negative port for DNS', { dnsPort: -1 }, '--dns-port'],
    ['half a worker', { workers: 0.5 }, '--workers'],
    ['a region that is none', { region: 'Oregon' }, '--region'],
  ])('name the flag that is wrong: %s', async (_name, flags, expected) => {
    await expect(loadSettings({ data: '/nowhere/at-all', ...flags })).rejects.toThrow(expected);
  });
});

describe('docs/settings.md', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  const documented = Object.fromEntries(
    [...page.matchAll(/^\| `([\w.]+)` \| `([^`]+)` \|/gm)].map(([, name = '', value = '']) => [
      name,
      /^(?:\d+|true|false)$/.test(value) && name !== 'dnsPartitionId' ? JSON.parse(value) : value,
    ]),
  );

  test('has every setting with its default, and no other', async () => {
    const { control, limits, forwardCredentials, host, settleMs, stopMs, orphanMs } =
      await loadSettings({ data: '/nowhere/at-all' });
    // webIdentity and organization are objects of their own, told of below the table.
    const { quotas, region: _region, partition: _partition, webIdentity: _keys, ...more } = control;
    const prefixed = (prefix: string, values: object) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
    expect(documented).toEqual({
      ...{ forwardCredentials, host, settleMs, stopMs, orphanMs },
      ...more,
      ...prefixed('quotas.', quotas),
      ...prefixed('limits.', limits),
    });
  });

  test('names what a file may hold', async () => {
    const file: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(documented)) {
      const [first = '', second] = name.split('.');
      file[first] =
        second === undefined ? value : { ...(file[first] as object | undefined), [second]: value };
    }
    const data = dataDirWith(JSON.stringify(file));
    await expect(loadSettings({ data })).resolves.toMatchObject({ limits: file['limits'] });
  });
});
