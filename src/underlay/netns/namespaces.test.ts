import { describe, expect, test } from 'vitest';
import type { NamespacePlan } from './namespace-plan.ts';
import { Namespaces, NamespacesError } from './namespaces.ts';
import { IpError, type RunIp } from './run-ip.ts';

/** A machine of which only the names of namespaces exist. */
const setUp = (...present: readonly string[]) => {
  const names = new Set(present);
  const commands: string[] = [];
  const failing = new Set<string>();
  const runIp: RunIp = async (parameters, lines) => {
    const command = parameters.join(' ');
    for (const line of lines?.map((one) => `${command} ${one}`.trim()) ?? [command]) {
      if (command !== 'netns list') commands.push(line);
      if (failing.has(line)) throw new IpError(`ip ${line}`, 'no');
      const [, verb, name = ''] = /netns (add|del) (\S+)$/.exec(line) ?? [];
      if (verb === 'add') names.add(name);
      if (verb === 'del') names.delete(name);
    }
    return command === 'netns list' ? [...names].map((name) => `${name} (id: 1)\n`).join('') : '';
  };
  const entry = { within: <T>(_name: string, run: () => T): T => run() };
  /** Whom each is told to ask for names. */
  const resolvers = new Map<string, string>();
  const resolverFiles = {
    write: (name: string, resolver: string) => void resolvers.set(name, resolver),
    remove: (name: string) => void resolvers.delete(name),
    removeAll: () => resolvers.clear(),
  };
  const namespaces = new Namespaces({ prefix: 'p-', entry, runIp, resolverFiles });
  return { namespaces, names, commands, failing, resolvers };
};

const plan = (name: string, line: string): NamespacePlan => ({
  name,
  role: 'member',
  settings: {},
  parts: new Map([['part', { add: [line], remove: [`not ${line}`] }]]),
});
const plans = (...all: readonly NamespacePlan[]) => new Map(all.map((one) => [one.name, one]));

describe('namespaces', () => {
  test('are made, changed and removed as they are wanted', async () => {
    const { namespaces, names, commands } = setUp();
    await namespaces.apply([], plans(plan('p-1', 'a'), plan('p-2', 'a')));
    expect(names).toEqual(new Set(['p-1', 'p-2']));
    commands.length = 0;
    await namespaces.apply(['p-1', 'p-2'], plans(plan('p-1', 'b')));
    expect(commands).toContain('-n p-1 not a');
    expect(commands).toContain('-n p-1 b');
    expect(names).toEqual(new Set(['p-1']));
  });

  test('are told whom to ask for names, anew when that changes', async () => {
    const { namespaces, resolvers } = setUp();
    const asking = (resolver: string) => plans({ ...plan('p-1', 'a'), resolver }, plan('p-2', 'a'));
    await namespaces.apply([], asking('169.254.169.253'));
    expect(resolvers).toEqual(new Map([['p-1', '169.254.169.253']]));
    await namespaces.apply(['p-1', 'p-2'], asking('fd00:ec2::253'));
    expect(resolvers).toEqual(new Map([['p-1', 'fd00:ec2::253']]));
    await namespaces.apply(['p-1', 'p-2'], new Map());
    expect(resolvers).toEqual(new Map());
  });

  test('that nobody asks about stay', async () => {
    const { namespaces, names } = setUp();
    await namespaces.apply([], plans(plan('p-1', 'a'), plan('p-2', 'a')));
    await namespaces.apply(['p-2'], new Map());
    expect(names).toEqual(new Set(['p-1']));
  });

  test('of others are never touched, whatever is cleaned', async () => {
    const { namespaces, names, commands } = setUp('p-old', 'other', 'x-p-1');
    await namespaces.clean();
    expect(names).toEqual(new Set(['other', 'x-p-1']));
    expect(commands.filter((line) => !line.includes('p-old'))).toEqual([]);
  });

  test('with which something went wrong are made anew the next time, and the others are kept', async () => {
    const { namespaces, names, commands, failing } = setUp();
    failing.add('-n p-1 a');
    const wanted = plans(plan('p-1', 'a'), plan('p-2', 'a'));
    const error = await namespaces.apply([], wanted).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NamespacesError);
    expect(error).toMatchObject({
      message: '`ip -n p-1 a` failed: no',
      failures: new Map([['p-1', expect.any(IpError)]]),
    });
    expect(names).toEqual(new Set(['p-2']));
    failing.clear();
    commands.length = 0;
    await namespaces.apply(['p-1', 'p-2'], wanted);
    expect(commands).toEqual(['-force netns add p-1', '-n p-1 a']);
  });

  describe('that are linked', () => {
    const router: NamespacePlan = {
      name: 'p-r',
      role: 'router',
      settings: {},
      parts: new Map([
        ['base', { add: ['base'], remove: [] }],
        ['link', { linkedTo: 'p-1', add: ['link'], remove: [] }],
      ]),
    };
    const wanted = plans(router, plan('p-1', 'a'));

    test('get their links back when the router is made anew, and go on running', async () => {
      const { namespaces, commands, failing } = setUp();
      failing.add('-n p-r link');
      await namespaces.apply([], wanted).catch(() => {});
      failing.clear();
      commands.length = 0;
      await namespaces.apply(['p-r', 'p-1'], wanted);
      expect(commands).toEqual(['-force netns add p-r', '-n p-r base', '-n p-r link', '-n p-1 a']);
    });

    test('cost nobody the network when they cannot be made', async () => {
      const { namespaces, names, commands, failing } = setUp();
      failing.add('-force netns add p-1');
      await expect(namespaces.apply([], wanted)).rejects.toMatchObject({
        failures: new Map([['p-1', expect.any(IpError)]]),
      });
      expect(names).toEqual(new Set(['p-r']));
      expect(commands).not.toContain('-n p-r link');
      failing.clear();
      commands.length = 0;
      await namespaces.apply(['p-r', 'p-1'], wanted);
      expect(commands).toEqual(['-force netns add p-1', '-n p-r link', '-n p-1 a']);
    });

    test('get their link back when they are made anew, and the router stays', async () => {
      const { namespaces, commands, failing } = setUp();
      failing.add('-n p-1 a');
      await namespaces.apply([], wanted).catch(() => {});
      failing.clear();
      commands.length = 0;
      await namespaces.apply(['p-r', 'p-1'], wanted);
      expect(commands).toEqual(['-force netns add p-1', '-n p-r link', '-n p-1 a']);
    });
  });

  test('that cannot be made are named, and the others are made', async () => {
    const { namespaces, names, failing } = setUp();
    failing.add('-force netns add p-2');
    const wanted = plans(plan('p-1', 'a'), plan('p-2', 'a'));
    await expect(namespaces.apply([], wanted)).rejects.toMatchObject({
      failures: new Map([['p-2', expect.any(IpError)]]),
    });
    expect(names).toEqual(new Set(['p-1']));
  });

  test('have lines for IPv6 in a batch of their own', async () => {
    const { namespaces, commands } = setUp();
    const part = { add: ['-6 rule add x', 'link'], remove: [] };
    await namespaces.apply(
      [],
      plans({ name: 'p-1', role: 'router', settings: {}, parts: new Map([['base', part]]) }),
    );
    expect(commands).toEqual(['-force netns add p-1', '-n p-1 link', '-n p-1 -6 rule add x']);
  });
});
