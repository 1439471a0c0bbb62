import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Namespaces } from '../../src/underlay/netns/namespaces.ts';
import { NetnsDialer } from '../../src/underlay/netns/netns-dialer.ts';
import { NetnsUnderlay } from '../../src/underlay/netns/netns-underlay.ts';
import { routerNamespace } from '../../src/underlay/netns/network-names.ts';
import { planVpc } from '../../src/underlay/netns/plan-vpc.ts';
import { runIp } from '../../src/underlay/netns/run-ip.ts';
import { namespaceEntry } from './has-namespaces.ts';
import { HOSTS, INSTANCE, VPC } from './sample-vpc.ts';

const prefix = `pergola-test-${process.pid}-ports-`;

const PORT_RANGE = '/proc/sys/net/ipv4/ip_local_port_range';

/** Keeps connections, and says to each where it comes from. */
const KEEPER = `const keep = (s) => s.on('error', () => {}).write(s.remoteAddress);
  const net = require('net');
  net.createServer(keep).listen(8080, '::', () =>
    net.createServer(keep).listen(8081, '::', () => console.log('listening')))`;

/** A VPC whose router has these local ports to give, and a target in it. */
const setUp = async (ports?: string) => {
  const entry = namespaceEntry!;
  const namespaces = new Namespaces({ prefix, entry, runIp });
  onTestFinished(() => namespaces.clean());
  await namespaces.apply([], new Map(planVpc(prefix, VPC).map((plan) => [plan.name, plan])));
  const inRouter = <T>(run: () => T) => entry.within(routerNamespace(prefix, VPC.id), run);
  if (ports !== undefined) inRouter(() => writeFileSync(PORT_RANGE, ports));
  const command = ['netns', 'exec', `${prefix}${INSTANCE}`, process.execPath, '-e', KEEPER];
  const target = spawn('ip', command, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(target.stdout, 'data');
  const underlay = new NetnsUnderlay({ prefix, entry });
  const dialer: NetnsDialer = new NetnsDialer({
    descriptors: 512,
    ask: ({ batch, vpcId, family, count }) =>
      setImmediate(() => {
        const handles = underlay.openForDial(vpcId, family, count);
        for (const handle of handles) dialer.take(batch, handle);
        dialer.batchOver(batch);
      }),
  });
  onTestFinished(() => dialer.close());
  const dial = (family: 4 | 6, port: number): Socket => {
    const socket = dialer.dial({ host: HOSTS[family], port }, VPC.id).setEncoding('utf8');
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  return { underlay, dial, inRouter };
};

/** Each connection's peer as the target sees it, or why there is none. */
const outcomeOf = async (socket: Socket): Promise<string> => {
  try {
    return ((await once(socket, 'data')) as [string])[0];
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
};

describe.skipIf(namespaceEntry === undefined)('local ports of connections to targets', () => {
  test.each([
    { family: 4, peer: '::ffff:169.254.171.254' },
    { family: 6, peer: 'fd00:ec2:80::a9fe:abfe' },
  ] as const)('are as many for each target, IPv$family', async ({ family, peer }) => {
    const { dial } = await setUp('40000 40003');
    const sockets = [8080, 8081].flatMap((port) =>
      Array.from({ length: 4 }, () => dial(family, port)),
    );
    expect(await Promise.all(sockets.map(outcomeOf))).toEqual(sockets.map(() => peer));
    expect(await outcomeOf(dial(family, 8080))).toBe('EADDRNOTAVAIL');
  });

  test('are twice as many as a system gives by itself, in that namespace alone', async () => {
    const { inRouter } = await setUp();
    const read = () => readFileSync(PORT_RANGE, 'utf8').trim().split(/\s+/).map(Number);
    expect(inRouter(read)).toEqual([10_000, 65_535]);
    expect(read()).not.toEqual([10_000, 65_535]);
  });

  test('keep nobody from listening on them, and those of listeners are left out', async () => {
    const { underlay, dial } = await setUp('40000 40003');
    const sockets = Array.from({ length: 4 }, () => dial(4, 8080));
    await Promise.all(sockets.map(outcomeOf));
    const entrance = underlay.open(VPC.id, 40_001);
    const server = createServer().listen(entrance.handle as object);
    onTestFinished(() => {
      server.close();
      entrance.close();
    });
    await once(server, 'listening');
    const others = Array.from({ length: 4 }, () => dial(4, 8081));
    const outcomes = await Promise.all(others.map(outcomeOf));
    expect(outcomes.filter((outcome) => outcome === 'EADDRNOTAVAIL')).toHaveLength(1);
    expect(others.map(({ localPort }) => localPort)).not.toContain(40_001);
  });
});
