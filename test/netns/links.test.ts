import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runIp } from '../../src/underlay/netns/run-ip.ts';
import { isOnPath } from '../e2e/instance.ts';
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
  readonly state: readonly string[];
}

const REACHED = { code: 0 };
const DROPPED = { code: TIMED_OUT, text: '' };

const isAble = namespaceEntry !== undefined && (await isOnPath('python3', '--version'));
if (!isAble) console.warn('skipped: links are tried out by python3, in namespaces');

describe.skipIf(!isAble)('links between a VPC and its instances', () => {
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
    const rogue = await lab.instance(other, '10.0.1.10');
    const place = ['netns', 'exec', `${lab.prefix}${rogue.id}`];
    const flood = spawn('ip', [...place, 'python3', '-c', FLOOD], { stdio: 'pipe' });
    onTestFinished(() => void flood.kill('SIGKILL'));
    await once(flood.stdout, 'data');

    // The kernel has one table of neighbours for all namespaces.
    const fresh = await lab.instance(vpc, '10.0.1.20');
    const url = 'http://10.0.1.10:8080/';
    expect(await lab.ask({ instance: fresh.id }, 'any', url)).toMatchObject(REACHED);
    expect(await lab.ask({ instance: instance.id }, service.host)).toMatchObject(REACHED);
    for (const name of [rogue.id, `${other.id}-router`]) {
      const list = await runIp(['-j', '-n', `${lab.prefix}${name}`, 'neigh', 'show', 'nud', 'all']);
      const states = (JSON.parse(list) as readonly Neighbour[]).flatMap(({ state }) => state);
      // Others are kept for some seconds, whoever needs their room.
      expect(['PERMANENT', 'NOARP']).toEqual(expect.arrayContaining([...new Set(states)]));
    }
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

  test('nor do its datagrams with an address of Lattice, the resolver, or with IPv4 of a neighbour', async () => {
    const { lab, vpc, instance } = await startEcho();
    const rogue = await lab.instance(vpc, '10.0.1.66');
    const place = ['netns', 'exec', `${lab.prefix}${instance.id}`];
    const receiver = spawn('ip', [...place, 'python3', '-c', RECEIVE], { stdio: 'pipe' });
    onTestFinished(() => void receiver.kill('SIGKILL'));
    const lines = createInterface(receiver.stdout);
    await once(lines, 'line');
    const foreign = ['169.254.171.254', '169.254.169.253', '10.0.1.77', '10.0.1.3', '8.8.8.8'];
    const foreignSix = ['fd00:ec2:80::a9fe:abfe', 'fd00:ec2:80::1', 'fd00:ec2::253'];
    const send = (to: string, sources: readonly string[]) =>
      lab.run({ instance: rogue.id }, 'python3', '-c', SEND, to, ...sources);
    const said = once(lines, 'line');
    // Its own come last, so that the others would have been there before.
    await send('10.0.1.10', [...foreign, '10.0.1.66']);
    expect(await said).toEqual(['10.0.1.66']);
    const saidSix = once(lines, 'line');
    await send(instance.ipv6Address, [...foreignSix, rogue.ipv6Address]);
    expect(await saidSix).toEqual([rogue.ipv6Address]);
  });

  test('what an instance says of routes, neighbours and packet sizes is not believed', async () => {
    const { lab, vpc, instance } = await startEcho();
    const rogue = await lab.instance(vpc, '10.0.1.66');
    const router = ['-n', `${lab.prefix}${vpc.id}-router`];
    const tell = await lab.run(
      ...([{ instance: rogue.id }, 'python3', '-c', TELL, '10.0.1.66', '10.0.1.10'] as const),
      ...[rogue.ipv6Address, instance.ipv6Address],
    );
    expect(tell).toMatchObject({ code: 0, text: 'told\n' });
    for (const [to, from] of [
      ['10.0.1.10', '169.254.171.254'],
      [instance.ipv6Address, 'fd00:ec2:80::a9fe:abfe'],
    ] as const) {
      const [route] = JSON.parse(
        await runIp([...router, '-j', 'route', 'get', to, 'from', from]),
      ) as readonly { readonly metrics?: unknown }[];
      // Else `[{ mtu: 552 }]`.
      expect(route).toMatchObject({ dst: to });
      expect([to, route!.metrics]).not.toEqual([
        to,
        [expect.objectContaining({ mtu: expect.anything() })],
      ]);
    }
    const learned = JSON.parse(await runIp([...router, '-j', '-6', 'neigh', 'show', 'nud', 'all']));
    const invented = (learned as readonly { dst: string }[]).filter(({ dst }) =>
      dst.startsWith('2001:db8:'),
    );
    expect(invented).toEqual([]);
  });

  test('the router speaks for itself with the address that the subnet has of it', async () => {
    const { lab, vpc, instance } = await startEcho();
    const other = await lab.instance(vpc, '10.0.1.66');
    const hop = (to: string) =>
      lab.run({ instance: other.id }, 'python3', '-c', FIRST_HOP, to).then(({ text }) => text);
    expect(await hop('10.0.1.10')).toBe('10.0.1.1\n');
    expect(await hop(instance.ipv6Address)).toBe(`${await gatewayOf(lab, vpc)}\n`);
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

/**
 * Sends to more addresses than the kernel has neighbours for, of each kind that a program may send to,
 * over and over. It says so after the first time. What waits for a neighbour fills a socket, so there are many.
 */
const FLOOD = `
import json, socket, subprocess
link = json.loads(subprocess.check_output(["ip", "-j", "-6", "addr", "show", "dev", "eth0"]))[0]
index = link["ifindex"]
block = next(a["local"] for a in link["addr_info"] if a["scope"] == "global").rsplit("::", 1)[0]
def send(family, isRouted, where):
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.setblocking(False)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"eth0")
        s.setsockopt(socket.SOL_SOCKET, socket.SO_DONTROUTE, 0 if isRouted else 1)
        try: s.sendto(b"?", where)
        except OSError: pass
while True:
    for n in range(256, 3256):
        for isRouted in (True, False):
            send(socket.AF_INET, isRouted, ("10.0.%d.%d" % (n >> 8, n & 255), 9))
            send(socket.AF_INET, isRouted, ("10.0.1.%d" % (n & 255), 9))
            send(socket.AF_INET6, isRouted, ("%s::%x" % (block, n), 9))
        send(socket.AF_INET, True, ("239.0.%d.%d" % (n >> 8, n & 255), 9))
        send(socket.AF_INET6, True, ("ff02::%x" % n, 9, 0, index))
        send(socket.AF_INET6, True, ("fe80::%x" % n, 9, 0, index))
    print("sent", flush=True)
`;

/** Says where datagrams come from. */
const RECEIVE = `
import socket
receiver = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
receiver.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
receiver.bind(("::", 7777))
print("ready", flush=True)
while True: print(receiver.recvfrom(100)[1][0].removeprefix("::ffff:"), flush=True)
`;

/** Sends a datagram from each address, whose they may ever be. */
const SEND = `
import socket, sys
to, *sources = sys.argv[1:]
level, option, family = (41, 75, socket.AF_INET6) if ":" in to else (0, 19, socket.AF_INET)
for source in sources:
    with socket.socket(family, socket.SOCK_DGRAM) as sender:
        sender.setsockopt(level, option, 1)  # IP_TRANSPARENT
        sender.bind((source, 0))
        sender.sendto(b"?", (to, 7777))
`;

/** Solicits routers from invented addresses, and says that answers from Lattice's addresses were too large. */
const TELL = `
import json, socket, struct, subprocess, sys
own, victim, ownSix, victimSix = sys.argv[1:]
def lladdr(text): return bytes.fromhex(text.replace(":", ""))
def six(text): return socket.inet_pton(socket.AF_INET6, text)
def checksum(data):
    data += b"\\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xffff)
    return ~(total + (total >> 16)) & 0xffff
def icmp(kind, code, body):
    return struct.pack("!BBH", kind, code, checksum(struct.pack("!BBH", kind, code, 0) + body)) + body
def ip(source, target, payload):
    ends = socket.inet_aton(source) + socket.inet_aton(target)
    head = lambda sum: struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0, 64, 1, sum) + ends
    return head(checksum(head(0))) + payload
def icmpSix(source, target, kind, body, hops=255):
    pseudo = source + target + struct.pack("!IHBB", 4 + len(body), 0, 0, 58)
    sum = checksum(pseudo + struct.pack("!BBH", kind, 0, 0) + body)
    packet = struct.pack("!BBH", kind, 0, sum) + body
    return struct.pack("!IHBB", 6 << 28, len(packet), 58, hops) + source + target + packet
card = json.loads(subprocess.check_output(["ip", "-j", "link", "show", "dev", "eth0"]))[0]["address"]
router = json.loads(subprocess.check_output(["ip", "-j", "neigh", "show", "nud", "permanent"]))[0]["lladdr"]
raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
raw.bind(("eth0", 0))
ends = lladdr(router) + lladdr(card)
echo = struct.pack("!HH", 1, 1) + b"x" * 8
dial, dialSix = "169.254.171.254", six("fd00:ec2:80::a9fe:abfe")
quote = ip(dial, victim, icmp(0, 0, echo))
raw.send(ends + b"\\x08\\x00" + ip(own, dial, icmp(3, 4, struct.pack("!HH", 0, 552) + quote)))
quote = icmpSix(dialSix, six(victimSix), 129, echo, 64)
tooBig = struct.pack("!I", 1280) + quote
raw.send(ends + b"\\x86\\xdd" + icmpSix(six(ownSix), dialSix, 2, tooBig, 64))
for n in range(1, 100):
    body = struct.pack("!IBB", 0, 1, 1) + lladdr(card)
    raw.send(ends + b"\\x86\\xdd" + icmpSix(six("2001:db8::%x" % n), six("ff02::2"), 133, body))
print("told")
`;

/** Who says that the time of a packet was exceeded. */
const FIRST_HOP = `
import socket, sys
to = sys.argv[1]
isSix = ":" in to
family = socket.AF_INET6 if isSix else socket.AF_INET
level, hops, errors = (41, 16, 25) if isSix else (0, 2, 11)  # IPV6_UNICAST_HOPS, IP_TTL; IP_RECVERR
sender = socket.socket(family, socket.SOCK_DGRAM)
sender.setsockopt(level, hops, 1)
sender.setsockopt(level, errors, 1)
sender.settimeout(2)
sender.connect((to, 7777))
sender.send(b"?")
try: sender.recv(1)
except OSError: pass
_, ancillary, _, _ = sender.recvmsg(100, 512, socket.MSG_ERRQUEUE)
offender = ancillary[0][2][16:]
print(socket.inet_ntop(family, offender[8:24] if isSix else offender[4:8]))
`;

const FROM_LINK_LOCAL = `
import socket
client = socket.socket(socket.AF_INET6)
client.settimeout(1)
client.bind(("fe80::66", 0, 0, socket.if_nametoindex("eth0")))
try: print(client.connect(("fd00:ec2:80::a9fe:ab21", 80)))
except OSError as error: print(error)
`;

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
