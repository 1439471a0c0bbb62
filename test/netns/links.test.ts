import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runIp } from '../../src/underlay/netns/run-ip.ts';
import { newDataDir, until } from '../process/instance.ts';
import { namespaceEntry } from './has-namespaces.ts';
import { IMAGE, Lab, type LabService, type LabVpc, TIMED_OUT } from './lab.ts';

/** A VPC in a network, with an instance in it and one service, whose target is that instance. */
const startEcho = async () => {
  const lab = await Lab.start(newDataDir());
  const vpc = await lab.vpc();
  const networkId = await lab.network();
  await lab.associate(networkId, vpc);
  const instance = await lab.instance(vpc, '10.0.1.10');
  await lab.serve(instance.id, 'echo');
  const target = { vpc, type: 'IP', id: '10.0.1.10', isUnchecked: true } as const;
  const service = await lab.service(networkId, 'echo', target);
  return { lab, vpc, networkId, instance, service };
};

/** As `ip -j neigh` tells of it. */
interface Neighbour {
  readonly dev: string;
  readonly dst: string;
  readonly state: readonly string[];
}

const REACHED = { code: 0 };
const DROPPED = { code: TIMED_OUT, text: '' };

describe.skipIf(namespaceEntry === undefined)('links between a VPC and its instances', () => {
  test('an IPv6 address leads to whoever has it now, whatever else that one has', async () => {
    const { lab, vpc, networkId } = await startEcho();
    const before = await lab.instance(vpc, '10.0.1.11');
    await lab.serve(before.id, 'before');
    const { host } = await lab.service(networkId, 'six', {
      ...{ vpc, type: 'IP', id: before.ipv6Address, isUnchecked: true },
    });
    const ask = () => lab.ask({ vpc: vpc.id }, host);
    expect((await ask()).text).toContain('"before"');

    const terminate = new TerminateInstancesCommand({ InstanceIds: [before.id] });
    await lab.ec2((ec2) => ec2.send(terminate));
    const launch = new RunInstancesCommand({
      ...{ SubnetId: vpc.subnetId, ImageId: IMAGE, MinCount: 1, MaxCount: 1 },
      PrivateIpAddress: '10.0.1.12',
      Ipv6Addresses: [{ Ipv6Address: before.ipv6Address }],
    });
    const { Instances } = await lab.ec2((ec2) => ec2.send(launch));
    await lab.serve(Instances![0]!.InstanceId!, 'after');
    expect((await ask()).text).toContain('"after"');
  });

  test('whoever sends to everybody costs others nothing', async () => {
    const { lab, vpc, instance, service } = await startEcho();
    const other = await lab.vpc();
    const [one, two] = [
      await lab.instance(other, '10.0.1.10'),
      await lab.instance(other, '10.0.1.11'),
    ];
    const { code, text } = await lab.run({ instance: one.id }, 'python3', '-c', FLOOD);
    expect({ code, text }).toEqual({ code: 0, text: 'sent\n' });
    for (const name of [one.id, two.id, `${other.id}-router`]) {
      const list = await runIp(['-j', '-n', `${lab.prefix}${name}`, 'neigh', 'show', 'nud', 'all']);
      const entries = JSON.parse(list) as readonly Neighbour[];
      const learned = entries.filter(
        ({ dev, dst, state }) =>
          dev !== 'lo' && !state.includes('PERMANENT') && !isOfEverybody(dst),
      );
      expect(learned).toEqual([]);
    }
    // The kernel has one table of neighbours for all namespaces.
    const fresh = await lab.instance(vpc, '10.0.1.20');
    const url = 'http://10.0.1.10:8080/';
    expect(await lab.ask({ instance: fresh.id }, 'any', url)).toMatchObject(REACHED);
    expect(await lab.ask({ instance: instance.id }, service.host)).toMatchObject(REACHED);
  });

  test('a source address that is not its own leads an instance nowhere', async () => {
    const { lab, vpc, instance, service } = await startEcho();
    const rogue = await lab.instance(vpc, '10.0.1.66');
    const free = rogue.ipv6Address.replace(/[^:]+$/, 'dead');
    for (const [claimed, url] of [
      // As if Lattice itself were asking a target.
      ['169.254.171.254', 'http://10.0.1.10:8080/'],
      ['fd00:ec2:80::a9fe:abfe', `http://[${instance.ipv6Address}]:8080/`],
      ['10.0.1.77', 'http://169.254.171.33/'],
      ['10.0.1.10', 'http://169.254.171.33/'],
      ['169.254.7.7', 'http://169.254.171.33/'],
      [instance.ipv6Address, 'http://[fd00:ec2:80::a9fe:ab21]/'],
      [free, 'http://[fd00:ec2:80::a9fe:ab21]/'],
    ] as const) {
      const address = [`${claimed}/${claimed.includes(':') ? 128 : 32}`, 'dev', 'eth0'];
      const place = ['-n', `${lab.prefix}${rogue.id}`, 'addr'];
      await runIp([...place, 'add', ...address]);
      const ask = await lab.run(
        ...([{ instance: rogue.id }, 'curl', '-sS', '--max-time', '1'] as const),
        ...['--interface', claimed, '-H', `host: ${service.host}`, url],
      );
      expect([claimed, ask]).toEqual([claimed, expect.objectContaining(DROPPED)]);
      await runIp([...place, 'del', ...address]);
    }
    await runIp(['-n', `${lab.prefix}${rogue.id}`, 'addr', 'add', 'fe80::66/64', 'dev', 'eth0']);
    const linkLocal = await lab.run({ instance: rogue.id }, 'python3', '-c', FROM_LINK_LOCAL);
    expect(linkLocal.text).toBe('timed out\n');
    expect(await lab.ask({ instance: rogue.id }, service.host)).toMatchObject(REACHED);
  });

  test('a target at an address of the network itself is nobody', async () => {
    const { lab, vpc, networkId } = await startEcho();
    const from = { vpc: vpc.id };
    const services: LabService[] = [];
    for (const [name, id] of [
      ['gateway', '10.0.1.1'],
      ['resolver', '10.0.0.2'],
      ['gateway-six', await gatewayOf(lab, vpc)],
    ] as const) {
      const service = await lab.service(networkId, name, { vpc, type: 'IP', id });
      // The port of targets, too, so that the sockets of listeners would be what is met there.
      await lab.listener(service.id, 8080, service.groupId);
      services.push(service);
    }
    for (const { host, groupId } of services) {
      expect(await lab.ask(from, host)).toMatchObject({ code: 0, text: 'Service Unavailable' });
      await until(async () => (await lab.status(groupId)) === 'UNHEALTHY');
    }
  });

  test('what ends the processes of a namespace never ends those of its own', async () => {
    const { lab, instance } = await startEcho();
    const own = `${lab.prefix}${instance.id}`;
    const there = (...command: readonly string[]) => {
      const child = spawn('ip', ['netns', 'exec', own, ...command], { stdio: 'pipe' });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child;
    };
    const bystander = there('sh', '-c', 'echo here; read line');
    const ended = once(bystander, 'close');
    await once(bystander.stdout, 'data');
    const killer = there(process.execPath, '--input-type=module', '-e', KILL_OWN);
    expect(await once(killer, 'close')).toEqual([0, null]);
    bystander.stdin.end('\n');
    expect(await ended).toEqual([0, null]);
  });
});

/** Datagrams to more addresses than the kernel has neighbours for, of each kind that a program may send to. */
const FLOOD = `
import json, socket, subprocess
six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for s in (four, six): s.setblocking(False)
def send(s, where):
    try: s.sendto(b"?", where)
    except OSError: pass
link = json.loads(subprocess.check_output(["ip", "-j", "-6", "addr", "show", "dev", "eth0"]))[0]
index = link["ifindex"]
block = next(a["local"] for a in link["addr_info"] if a["scope"] == "global").rsplit("::", 1)[0]
for n in range(256, 3256):
    send(six, ("%s::%x" % (block, n), 9))
    send(six, ("fe80::%x" % n, 9, 0, index))
    send(six, ("ff02::%x" % n, 9, 0, index))
    send(four, ("10.0.%d.%d" % (n >> 8, n & 255), 9))
    send(four, ("239.0.%d.%d" % (n >> 8, n & 255), 9))
print("sent")
`;

const FROM_LINK_LOCAL = `
import socket
client = socket.socket(socket.AF_INET6)
client.settimeout(1)
client.bind(("fe80::66", 0, 0, socket.if_nametoindex("eth0")))
try: print(client.connect(("fd00:ec2:80::a9fe:ab21", 80)))
except OSError as error: print(error)
`;

/** Groups have hardware addresses of their own: nobody is asked, and the kernel forgets them when it needs room. */
const isOfEverybody = (address: string): boolean => /^(ff|22[4-9]\.|23\d\.)/.test(address);

const gatewayOf = async (lab: Lab, vpc: LabVpc): Promise<string> => {
  const { text } = await lab.run({ vpc: vpc.id }, 'ip', '-j', '-6', 'route', 'show', 'default');
  return (JSON.parse(text) as readonly { gateway: string }[])[0]!.gateway;
};

const KILL_MEMBERS = fileURLToPath(
  new URL('../../src/underlay/netns/kill-members.ts', import.meta.url),
);
const KILL_OWN = `
  import { killMembers } from '${KILL_MEMBERS}';
  killMembers(['/proc/self/ns/net']);`;
