import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runIp } from '../../src/underlay/netns/run-ip.ts';
import { isOnPath } from '../e2e/instance.ts';
import { newDataDir } from '../process/instance.ts';
import { namespaceEntry } from './has-namespaces.ts';
import { Lab, type LabVpc, TIMED_OUT } from './lab.ts';

const SNIFFER = fileURLToPath(new URL('sniff.py', import.meta.url));

/** A frame as sniff.py tells of it. */
interface Frame {
  readonly source: string;
  readonly protocol?: string;
  readonly addresses?: readonly [string, string];
  readonly ports?: readonly number[];
}

/** Everything that passes the router of a VPC, to which all of its machines are linked, from now on. */
const listenIn = async (lab: Lab, vpc: LabVpc) => {
  const router = `${lab.prefix}${vpc.id}-router`;
  const child = spawn('ip', ['netns', 'exec', router, 'python3', SNIFFER]);
  onTestFinished(() => void child.kill());
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const ended = once(reader, 'close');
  await Promise.race([once(reader, 'line'), ended]);
  if (lines.shift() !== 'ready') throw new Error(await text(child.stderr));
  /** Ends it; all that there was. */
  return async (): Promise<readonly Frame[]> => {
    child.stdin.end();
    await ended;
    return lines.map((line) => JSON.parse(line) as Frame);
  };
};

/** Who talked to whom by TCP and UDP: the end with the lower port is the one that was called. */
const conversations = (frames: readonly Frame[]): readonly string[] => {
  const all = frames.flatMap(({ protocol, addresses, ports }) => {
    if (addresses === undefined || ports === undefined || ports.length < 2) return [];
    const [caller, called] = ports[0]! > ports[1]! ? [0, 1] : [1, 0];
    return [`${protocol} ${addresses[caller]} to ${addresses[called]} port ${ports[called]}`];
  });
  return [...new Set(all)].sort();
};

/** Hardware addresses of the links of namespaces. */
const hardwareOf = async (names: readonly string[]): Promise<ReadonlySet<string>> => {
  const lists = await Promise.all(names.map((name) => runIp(['-j', '-n', name, 'link'])));
  const links = lists.flatMap((list) => JSON.parse(list) as readonly { address: string }[]);
  return new Set(links.map(({ address }) => address));
};

const isAble = namespaceEntry !== undefined && (await isOnPath('python3', '--version'));
if (!isAble) console.warn('skipped: packets are listened to by python3, in namespaces');

describe.skipIf(!isAble)('VPCs with the same addresses', () => {
  test('see no packet of one another', async () => {
    const lab = await Lab.start(newDataDir());
    const vpcs = {
      clients: await lab.vpc(),
      called: await lab.vpc(),
      notCalled: await lab.vpc(),
      bystanders: await lab.vpc(),
      strangers: await lab.vpc(),
    };
    const networkId = await lab.network();
    for (const vpc of [vpcs.clients, vpcs.bystanders]) await lab.associate(networkId, vpc);
    const machines: Record<string, { id: string; ipv6Address: string }> = {};
    for (const [name, vpc] of Object.entries(vpcs)) {
      machines[name] = await lab.instance(vpc, '10.0.1.10');
    }
    // Nobody else has this address, so whoever asks for it elsewhere would have to leave its VPC.
    const lonely = await lab.instance(vpcs.notCalled, '10.0.1.66');
    const hosts: Record<string, string> = {};
    for (const name of ['called', 'notCalled'] as const) {
      await lab.serve(machines[name]!.id, name);
      const target = { vpc: vpcs[name], type: 'IP', id: '10.0.1.10', isUnchecked: true } as const;
      hosts[name] = (await lab.service(networkId, name.toLowerCase(), target)).host;
    }
    await lab.serve(lonely.id, 'lonely');

    const listeners = new Map<string, () => Promise<readonly Frame[]>>();
    for (const [name, vpc] of Object.entries(vpcs)) listeners.set(name, await listenIn(lab, vpc));
    const curl = (from: string, url: string, ...more: readonly string[]) =>
      lab.run({ instance: machines[from]!.id }, 'curl', '-sS', '--max-time', '2', ...more, url);
    for (const family of ['-4', '-6']) {
      const { text: answer } = await curl('clients', `http://${hosts['called']}/`, family);
      expect(JSON.parse(answer)).toMatchObject({ name: 'called' });
    }
    expect((await curl('strangers', 'http://10.0.1.66:8080/')).code).not.toBe(0);
    expect((await curl('strangers', `http://${hosts['called']}/`, '-4')).code).toBe(TIMED_OUT);

    const seen: Record<string, readonly string[]> = {};
    for (const [name, vpc] of Object.entries(vpcs)) {
      const frames = await listeners.get(name)!();
      seen[name] = conversations(frames);
      const own = await hardwareOf([
        `${lab.prefix}${vpc.id}-router`,
        `${lab.prefix}${vpc.id}`,
        `${lab.prefix}${machines[name]!.id}`,
        ...(name === 'notCalled' ? [`${lab.prefix}${lonely.id}`] : []),
      ]);
      expect([name, frames.filter(({ source }) => !own.has(source))]).toEqual([name, []]);
    }
    const service = expect.stringMatching(
      /^tcp 10\.0\.1\.10 to 169\.254\.171\.\d+ port 80$/,
    ) as string;
    expect(seen).toEqual({
      clients: [
        service,
        expect.stringMatching(/^tcp fd\S+ to fd00:ec2:80::a9fe:ab[0-9a-f]+ port 80$/),
        'udp 10.0.1.10 to 169.254.169.253 port 53',
      ],
      called: ['tcp 169.254.171.254 to 10.0.1.10 port 8080'],
      notCalled: [],
      bystanders: [],
      strangers: [
        'tcp 10.0.1.10 to 10.0.1.66 port 8080',
        service,
        'udp 10.0.1.10 to 169.254.169.253 port 53',
      ],
    });
  }, 120_000);
});
