import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { newDataDir } from '../process/instance.ts';
import { namespaceEntry, networksHere } from './has-namespaces.ts';
import { Lab, TIMED_OUT } from './lab.ts';

const PYTHON = `import socket, sys
print(sorted({item[4][0] for item in socket.getaddrinfo(sys.argv[1], 80)}))`;

/** What is below /etc/netns of this test's prefix. */
const filesOf = (prefix: string): readonly string[] => {
  try {
    return readdirSync('/etc/netns').filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
};

describe.skipIf(namespaceEntry === undefined)('names in VPCs that are network namespaces', () => {
  test('are resolved by every program with no extra setting, and lead to services', async () => {
    const before = await networksHere();
    const lab = await Lab.start(newDataDir());
    const [targets, clients, others] = [await lab.vpc(), await lab.vpc(), await lab.vpc()];
    const networkId = await lab.network();
    await lab.associate(networkId, clients);
    const target = await lab.instance(targets, '10.0.1.10');
    const client = await lab.instance(clients, '10.0.1.10');
    await lab.serve(target.id, 'by-name');
    const { host } = await lab.service(networkId, 'named', {
      vpc: targets,
      type: 'IP',
      id: '10.0.1.10',
    });

    // curl finds it by getaddrinfo, in the VPC and on an instance.
    for (const from of [{ vpc: clients.id }, { instance: client.id }]) {
      const { text } = await lab.run(from, 'curl', '-sS', '--max-time', '5', `http://${host}/`);
      expect(JSON.parse(text)).toMatchObject({ name: 'by-name', client: expect.any(String) });
    }
    const { text: addresses } = await lab.run(
      { instance: client.id },
      'python3',
      '-c',
      PYTHON,
      host,
    );
    expect(addresses).toMatch(/^\['169\.254\.171\.\d+', 'fd00:ec2:80::a9fe:ab[0-9a-f]+'\]/);

    // In a VPC without an association the name is known, and leads nowhere.
    const nowhere = await lab.run(
      { vpc: others.id },
      'curl',
      '-sS',
      '--max-time',
      '1',
      `http://${host}/`,
    );
    expect(nowhere.code).toBe(TIMED_OUT);

    // At all three addresses, by both transports.
    for (const server of ['169.254.169.253', '10.0.0.2', 'fd00:ec2::253']) {
      for (const transport of ['+notcp', '+tcp']) {
        const { text } = await lab.run(
          { instance: client.id },
          ...['dig', `@${server}`, transport, '+short', '+tries=1', '+time=2', host],
        );
        expect([server, transport, text.trim()]).toEqual([
          server,
          transport,
          expect.stringMatching(/^169\.254\.171\.\d+$/),
        ]);
      }
    }

    expect(filesOf(lab.prefix).length).toBeGreaterThan(0);
    await lab.stop();
    expect(await networksHere()).toEqual(before);
    expect(filesOf(lab.prefix)).toEqual([]);
  });
});
