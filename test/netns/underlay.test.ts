import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { InstanceNetwork } from '../../src/underlay/netns/machine.ts';
import { Namespaces } from '../../src/underlay/netns/namespaces.ts';
import { NetnsDialer } from '../../src/underlay/netns/netns-dialer.ts';
import { NetnsUnderlay } from '../../src/underlay/netns/netns-underlay.ts';
import { planVpc, type VpcNetwork } from '../../src/underlay/netns/plan-vpc.ts';
import { runIp } from '../../src/underlay/netns/run-ip.ts';
import { underlaySuite } from '../../src/underlay/underlay-suite.ts';
import { namespaceEntry } from './has-namespaces.ts';
import { INSTANCE, VPC } from './sample-vpc.ts';

const prefix = `pergola-test-${process.pid}-`;

/** A small program in a namespace. */
const runThere = (name: string, script: string): ChildProcess =>
  spawn('ip', ['netns', 'exec', `${prefix}${name}`, process.execPath, '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** What such a program prints, up to its end. */
const askThere = async (name: string, script: string): Promise<string> => {
  const client = runThere(name, script);
  let text = '';
  client.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(client, 'close');
  return text;
};

const GREETER = `require('net').createServer((s) => s.on('error', () => {}).end(s.remoteAddress))
  .listen(8080, '::', () => console.log('listening'))`;

const CLIENT = (host: string, port: number) => `
  const s = require('net').connect(${port}, '${host}');
  s.on('data', (d) => process.stdout.write(d)).on('error', (e) => process.stdout.write(e.code));
  s.setTimeout(1000, () => s.destroy());`;

const DATAGRAM_CLIENT = (host: string) => `
  const s = require('dgram').createSocket('${host.includes(':') ? 'udp6' : 'udp4'}');
  s.on('message', (d) => { process.stdout.write(d); s.close(); });
  s.send('?', 53, '${host}');
  setTimeout(() => process.exit(), 2000).unref();`;

describe.skipIf(namespaceEntry === undefined)('namespaces', () => {
  for (const [family, host, peer, service] of [
    [4, '10.0.1.10', '::ffff:169.254.171.254', '169.254.171.33'],
    [6, 'fd00:1:2:3::10', 'fd00:ec2:80::a9fe:abfe', 'fd00:ec2:80::a9fe:ab21'],
  ] as const) {
    underlaySuite(`netns underlay, IPv${family}`, async () => {
      const entry = namespaceEntry!;
      const namespaces = new Namespaces({ prefix, entry, runIp });
      await namespaces.clean();
      const plans = new Map(planVpc(prefix, VPC).map((plan) => [plan.name, plan]));
      await namespaces.apply([], plans);
      const underlay = new NetnsUnderlay({ prefix, entry });
      const dialer: NetnsDialer = new NetnsDialer({
        descriptors: 512,
        ask: ({ batch, vpcId, family: version, count }) =>
          // As from another process: later.
          setImmediate(() => {
            for (const handle of underlay.openForDial(vpcId, version, count)) {
              dialer.take(batch, handle);
            }
            dialer.batchOver(batch);
          }),
      });
      const greeter = runThere(INSTANCE, GREETER);
      await once(greeter.stdout!, 'data');
      return {
        underlay,
        dialer,
        vpcId: VPC.id,
        peer,
        listen: async () => ({ host, port: 8080 }),
        connect: ({ port }) => askThere(VPC.id, CLIENT(service, port)),
        stop: async () => {
          dialer.close();
          await namespaces.clean();
        },
      };
    });
  }

  test('a resolver can be where AWS has it, for UDP and TCP, and nothing else is there', async () => {
    const entry = namespaceEntry!;
    const own = `${prefix}dns-`;
    const namespaces = new Namespaces({ prefix: own, entry, runIp });
    await namespaces.apply([], new Map(planVpc(own, VPC).map((plan) => [plan.name, plan])));
    const underlay = new NetnsUnderlay({ prefix: own, entry });
    try {
      for (const address of ['169.254.169.253', '10.0.0.2', 'fd00:ec2::253']) {
        const sockets = underlay.openResolver(VPC.id, address);
        const datagrams = createSocket(address.includes(':') ? 'udp6' : 'udp4');
        datagrams.bind(sockets.udp as never);
        datagrams.on('message', (_message, from) => datagrams.send('udp', from.port, from.address));
        const streams = createServer((socket) => socket.end('tcp'));
        streams.listen(sockets.tcp as object);
        await once(streams, 'listening');
        expect(await askThere(`dns-${INSTANCE}`, DATAGRAM_CLIENT(address))).toBe('udp');
        expect(await askThere(`dns-${INSTANCE}`, CLIENT(address, 53))).toBe('tcp');
        datagrams.close();
        streams.close();
      }
      const entrance = underlay.open(VPC.id, 80);
      const server = createServer((socket) => socket.end('service'));
      server.listen(entrance.handle as object);
      await once(server, 'listening');
      expect(await askThere(`dns-${INSTANCE}`, CLIENT('169.254.171.0', 80))).toBe('service');
      expect(await askThere(`dns-${INSTANCE}`, CLIENT('10.0.0.2', 80))).toBe('');
      server.close();
      entrance.close();
      expect(() => underlay.openResolver(VPC.id, '10.0.1.77')).toThrow('cannot be had');
      expect(() => underlay.open('vpc-none', 80)).toThrow('ENOENT');
    } finally {
      await namespaces.clean();
    }
  });

  test('addresses and subnets come and go, and what runs stays where it is', async () => {
    const entry = namespaceEntry!;
    const own = `${prefix}moves-`;
    const namespaces = new Namespaces({ prefix: own, entry, runIp });
    let names: readonly string[] = [];
    const apply = async (given: Partial<VpcNetwork>) => {
      const plans = new Map(planVpc(own, { ...VPC, ...given }).map((plan) => [plan.name, plan]));
      await namespaces.apply(names, plans);
      names = [...plans.keys()];
    };
    const having = (addresses: Pick<InstanceNetwork, 'privateIpAddress' | 'ipv6Address'>) => {
      const { privateIpAddress: _, ipv6Address: __, ...machine } = VPC.instances[0]!;
      return apply({ instances: [{ ...machine, ...addresses }] });
    };
    const ask = (host: string) => askThere(`moves-${VPC.id}`, CLIENT(host, 8080));
    try {
      await apply({ subnets: [], instances: [] });
      await apply({});
      const greeter = runThere(`moves-${INSTANCE}`, GREETER);
      await once(greeter.stdout!, 'data');
      expect(await ask('10.0.1.10')).toBe('::ffff:10.0.1.3');
      await having({ privateIpAddress: '10.0.1.10' });
      expect(await ask('10.0.1.10')).toBe('::ffff:10.0.1.3');
      expect(await ask('fd00:1:2:3::10')).toBe('');
      await having({ privateIpAddress: '10.0.1.11', ipv6Address: 'fd00:1:2:3::11' });
      expect(await ask('10.0.1.11')).toBe('::ffff:10.0.1.3');
      expect(await ask('fd00:1:2:3::11')).toBe('fd00:1:2:3::3');
      // What is for nobody is dropped.
      expect(await ask('10.0.1.10')).toBe('');
      await apply({ subnets: [], instances: [] });
      await apply({});
      expect(await ask('10.0.1.10')).toBe('ECONNREFUSED');
      // Clients of a VPC without subnets keep their address, and the router its own.
      await apply({ subnets: [], instances: [] });
      const first = { cidrBlock: '10.0.0.0/24' };
      const { ipv6Address: _, ...machine } = VPC.instances[0]!;
      await apply({
        subnets: [first],
        instances: [{ ...machine, privateIpAddress: '10.0.0.10', subnet: first }],
      });
      expect(await ask('10.0.0.10')).toBe('ECONNREFUSED');
    } finally {
      await namespaces.clean();
    }
  });

  test('what runs in a namespace ends with it, and what another made stays', async () => {
    const entry = namespaceEntry!;
    const mine = new Namespaces({ prefix: `${prefix}mine-`, entry, runIp });
    const other = new Namespaces({ prefix: `${prefix}other-`, entry, runIp });
    const planned = (name: string) =>
      new Map(planVpc(`${prefix}${name}-`, VPC).map((plan) => [plan.name, plan]));
    await mine.apply([], planned('mine'));
    await other.apply([], planned('other'));
    const [here, there] = ['mine', 'other'].map((name) =>
      runThere(`${name}-${INSTANCE}`, `console.log('up'); setInterval(() => {}, 1000)`),
    ) as [ChildProcess, ChildProcess];
    await Promise.all([once(here.stdout!, 'data'), once(there.stdout!, 'data')]);

    // Another process, which finds what the one before it left.
    const ended = once(here, 'exit');
    await new Namespaces({ prefix: `${prefix}mine-`, entry, runIp }).clean();

    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await runIp(['netns', 'list'])).toContain(`${prefix}other-${INSTANCE}`);
    expect(await runIp(['netns', 'list'])).not.toContain(`${prefix}mine-`);
    expect(there.exitCode ?? there.signalCode).toBeNull();
    await other.clean();
  });
});
