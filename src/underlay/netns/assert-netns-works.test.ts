import { expect, test } from 'vitest';
import { assertNetnsWorks, type NetnsMachine } from './assert-netns-works.ts';
import { IpError } from './run-ip.ts';

const ROOT = 'Name:\tnode\nCapEff:\t000001ffffffffff\n';
const NOBODY = 'Name:\tnode\nCapEff:\t0000000000000000\n';

const machine = (given: Partial<NetnsMachine>): NetnsMachine & { readonly commands: string[] } => {
  const commands: string[] = [];
  return {
    platform: 'linux',
    status: () => ROOT,
    runIp: async (parameters) => {
      commands.push(parameters.join(' '));
      return '';
    },
    openEntry: () => ({ within: (_name, run) => run() }),
    commands,
    ...given,
  };
};

test.each([
  {
    name: 'another system',
    given: { platform: 'darwin' as const },
    expected: 'it needs Linux, and this is darwin',
  },
  {
    name: 'no privileges and no programs, all of it at once',
    given: {
      status: () => NOBODY,
      runIp: () => Promise.reject(new IpError('ip -V', 'there is no such command')),
      openEntry: () => {
        throw new Error('this Node.js has no `node:ffi`');
      },
    },
    expected:
      'it needs root, or the capabilities CAP_NET_ADMIN and CAP_SYS_ADMIN; it needs the command `ip` of iproute2 (`ip -V` failed: there is no such command); it needs a Node.js as the one that Pergola brings (this Node.js has no `node:ffi`)',
  },
])('$name is named, and nothing is changed', async ({ given, expected }) => {
  const there = machine(given);
  await expect(assertNetnsWorks(there, 'p-')).rejects.toThrow(
    `--underlay netns cannot be used here: ${expected}. Without it`,
  );
  expect(there.commands.filter((command) => command.includes('add'))).toEqual([]);
});

test('what a start left that was killed meanwhile is removed first', async () => {
  const commands: string[] = [];
  const there = machine({
    openEntry: () => ({ within: () => undefined as never }),
    runIp: async (parameters, lines) => {
      commands.push([...parameters, ...(lines ?? [])].join(' '));
      return parameters.join(' ') === 'netns list' ? 'p-probe-vpc-0\n' : '';
    },
  });
  await assertNetnsWorks(there, 'p-');
  const firstOf = (text: string) => commands.findIndex((command) => command.startsWith(text));
  expect(firstOf('-force netns del p-probe-vpc-0')).toBeGreaterThan(0);
  expect(firstOf('-force netns del p-probe-vpc-0')).toBeLessThan(firstOf('-force netns add'));
});

test('a kernel without what it needs is found by trying, and what was tried is removed', async () => {
  const commands: string[] = [];
  const there = machine({
    openEntry: () => ({
      within: () => {
        throw new Error('no such file: ip_forward');
      },
    }),
    runIp: async (parameters, lines) => {
      commands.push([...parameters, ...(lines ?? [])].join(' '));
      return parameters.join(' ') === 'netns list' ? 'p-probe-vpc-0\n' : '';
    },
  });
  await expect(assertNetnsWorks(there, 'p-')).rejects.toThrow(
    'this kernel cannot do all that it needs (no such file: ip_forward)',
  );
  expect(commands).toContain('-force netns del p-probe-vpc-0');
});
