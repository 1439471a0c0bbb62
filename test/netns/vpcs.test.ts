import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import {
  CreateNetworkInterfaceCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PERGOLA, runProgram } from '../e2e/instance.ts';
import { Instance, isAlive, newDataDir, until } from '../process/instance.ts';
import { namespaceEntry, networksHere } from './has-namespaces.ts';
import { Lab, type LabVpc, logLines, REFUSED, TIMED_OUT } from './lab.ts';

/** Two VPCs with the same block and a target at the same address in each, and one for clients. */
const startOverlap = async (dataDir: string, ...flags: readonly string[]) => {
  const lab = await Lab.start(dataDir, { flags });
  const [one, two, clients] = [await lab.vpc(), await lab.vpc(), await lab.vpc()];
  const networkId = await lab.network();
  const associationId = await lab.associate(networkId, clients);
  const first = await lab.instance(one, '10.0.1.10');
  const second = await lab.instance(two, '10.0.1.10');
  const client = await lab.instance(clients, '10.0.1.10');
  await lab.serve(first.id, 'first');
  await lab.serve(second.id, 'second');
  const services = {
    first: await lab.service(networkId, 'first', { vpc: one, type: 'INSTANCE', id: first.id }),
    second: await lab.service(networkId, 'second', { vpc: two, type: 'IP', id: '10.0.1.10' }),
  };
  return { lab, networkId, associationId, one, two, clients, first, second, client, services };
};

const whoAnswered = ({ text }: { text: string }) => JSON.parse(text) as Record<string, string>;

/** A VPC in a network, and a service whose target is not there: whoever asks gets that far. */
const startUnanswered = async () => {
  const dataDir = newDataDir();
  const lab = await Lab.start(dataDir);
  const vpc = await lab.vpc();
  const networkId = await lab.network();
  await lab.associate(networkId, vpc);
  const target = { vpc, type: 'IP', id: '10.0.1.10', isUnchecked: true } as const;
  return { lab, dataDir, vpc, service: await lab.service(networkId, 'service', target) };
};

describe.skipIf(namespaceEntry === undefined)('VPCs as network namespaces', () => {
  test('the same addresses are kept apart, and addresses are right everywhere', async () => {
    const before = await networksHere();
    const dataDir = newDataDir();
    const { lab, networkId, client, clients, two, second, services } = await startOverlap(dataDir);
    await lab.call('POST', '/accesslogsubscriptions', {
      resourceIdentifier: networkId,
      destinationArn: 'arn:aws:logs:us-west-2:000000000000:log-group:lab',
    });
    const six = await lab.service(networkId, 'six', {
      vpc: two,
      type: 'IP',
      id: second.ipv6Address,
      port: 8081,
    });

    const onInstance = { instance: client.id };
    const target = { peer: '::ffff:169.254.171.254', client: '10.0.1.10' };
    expect(whoAnswered(await lab.ask(onInstance, services.first.host))).toEqual({
      name: 'first',
      ...target,
    });
    expect(whoAnswered(await lab.ask(onInstance, services.second.host))).toEqual({
      name: 'second',
      ...target,
    });
    // An address of services is as good as any other; each family leads to targets of either.
    const url = 'http://[fd00:ec2:80::a9fe:ab00]';
    expect(whoAnswered(await lab.ask(onInstance, six.host, `${url}:8081/`))).toEqual({
      name: 'second',
      peer: 'fd00:ec2:80::a9fe:abfe',
      client: client.ipv6Address,
    });
    expect(whoAnswered(await lab.ask(onInstance, six.host, 'http://169.254.171.0:8081/'))).toEqual({
      name: 'second',
      peer: 'fd00:ec2:80::a9fe:abfe',
      client: '10.0.1.10',
    });
    expect(
      whoAnswered(await lab.ask({ vpc: clients.id }, services.first.host, `${url}/`)),
    ).toMatchObject({ name: 'first', client: client.ipv6Address.replace(/::4$/, '::3') });

    const lines = await until(() => {
      const all = logLines(dataDir);
      return all.length === 5 ? all : undefined;
    });
    expect(lines?.[0]).toMatchObject({
      sourceVpcArn: expect.stringContaining(clients.id),
      sourceIpPort: expect.stringMatching(/^10\.0\.1\.10:\d+$/),
      targetIpPort: '10.0.1.10:8080',
    });

    await lab.stop();
    expect(await networksHere()).toEqual(before);
  });

  test('in an IPv6-only subnet there is nothing of IPv4, for clients of the VPC neither', async () => {
    const lab = await Lab.start(newDataDir());
    const sixes = await lab.vpc('ipv6Only');
    await lab.associate(await lab.network(), sixes);
    const six = await lab.instance(sixes);
    for (const from of [{ instance: six.id }, { vpc: sixes.id }]) {
      const { text } = await lab.run(from, 'ip', '-4', '-o', 'address', 'show', 'dev', 'eth0');
      expect(text).toBe('');
      const { text: told } = await lab.run(from, 'cat', '/etc/resolv.conf');
      expect(told).toBe('nameserver fd00:ec2::253\n');
      expect(await lab.ask(from, 'any.example')).toMatchObject({ code: REFUSED });
    }
  });

  test('only VPCs in the network reach it, from the moment on that they are', async () => {
    const { lab, networkId, clients, one, services } = await startOverlap(newDataDir());
    const { host, id, groupId } = services.second;
    const inside = (vpc: LabVpc, url?: string) => lab.ask({ vpc: vpc.id }, host, url);

    // VPCs of targets are no clients, though their answers come back through the same addresses.
    expect(await inside(one)).toMatchObject({ code: TIMED_OUT });
    expect(await inside(one, 'http://[fd00:ec2:80::1]/')).toMatchObject({ code: TIMED_OUT });
    expect(await inside(one, 'http://169.254.171.254/')).toMatchObject({ code: TIMED_OUT });
    expect(await inside(one, 'http://169.254.171.254:9999/')).toMatchObject({ code: TIMED_OUT });
    expect(await inside(clients)).toMatchObject({ code: 0 });
    // Nothing is at the router's own address, and nobody at a port without a listener.
    expect(await inside(clients, 'http://10.0.1.1/')).toMatchObject({ code: TIMED_OUT });
    expect(await inside(clients, 'http://169.254.171.33:81/')).toMatchObject({ code: REFUSED });

    const association = await lab.associate(networkId, one);
    expect(await inside(one)).toMatchObject({ code: 0 });
    await lab.call('DELETE', `/servicenetworkvpcassociations/${association}`);
    expect(await inside(one)).toMatchObject({ code: TIMED_OUT });

    const listener = await lab.listener(id, 81, groupId);
    expect(await inside(clients, 'http://169.254.171.33:81/')).toMatchObject({ code: 0 });
    await lab.call('DELETE', `/services/${id}/listeners/${listener}`);
    expect(await inside(clients, 'http://169.254.171.33:81/')).toMatchObject({ code: REFUSED });
  });

  test('health checks look at targets inside their VPC', async () => {
    const { lab, networkId, one, services } = await startOverlap(newDataDir());
    const silent = await lab.instance(one, '10.0.1.11');
    const bad = await lab.service(networkId, 'bad', { vpc: one, type: 'INSTANCE', id: silent.id });
    await until(async () => (await lab.status(services.first.groupId)) === 'HEALTHY');
    await until(async () => (await lab.status(bad.groupId)) === 'UNHEALTHY');
    await lab.serve(silent.id, 'late');
    await until(async () => (await lab.status(bad.groupId)) === 'HEALTHY');
  });

  test('an instance that is terminated is gone, with what runs on it', async () => {
    const { lab, two, client, first, second, services } = await startOverlap(newDataDir());
    const terminate = new TerminateInstancesCommand({ InstanceIds: [first.id] });
    const { TerminatingInstances } = await lab.ec2((ec2) => ec2.send(terminate));
    expect(TerminatingInstances).toMatchObject([
      { CurrentState: { Name: 'shutting-down' }, PreviousState: { Name: 'running' } },
    ]);
    const named = new DescribeInstancesCommand({ InstanceIds: [first.id] });
    const { Reservations } = await lab.ec2((ec2) => ec2.send(named));
    expect(Reservations![0]!.Instances![0]!.State).toEqual({ Code: 48, Name: 'terminated' });
    expect((await networksHere()).some((name) => name.includes(first.id))).toBe(false);
    const { text } = await lab.ask({ instance: client.id }, services.first.host);
    expect(text).toBe('Service Unavailable');

    // Whoever comes to its address is found at once: no neighbour has to forget anything.
    expect(await lab.ask({ instance: client.id }, services.second.host)).toMatchObject({ code: 0 });
    await lab.ec2((ec2) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [second.id] })));
    const next = await lab.instance(two, '10.0.1.10');
    await lab.serve(next.id, 'next');
    expect(await lab.ask({ instance: client.id }, services.second.host)).toMatchObject({
      code: 0,
      text: expect.stringContaining('next'),
    });
  });

  test('what is left of an instance and its VPC in the API is no trouble for the next start', async () => {
    const dataDir = newDataDir();
    const lab = await Lab.start(dataDir);
    const vpc = await lab.vpc();
    const { id } = await lab.instance(vpc, '10.0.1.10');
    await lab.ec2((ec2) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] })));
    await lab.ec2((ec2) => ec2.send(new DeleteSubnetCommand({ SubnetId: vpc.subnetId })));
    await lab.ec2((ec2) => ec2.send(new DeleteVpcCommand({ VpcId: vpc.id })));
    await lab.stop();
    const again = await Lab.start(dataDir);
    expect(again.pergola.stderr).not.toContain('"level":"error"');
    await again.stop();
  });

  test('a VPC can be deleted while its clients and targets are busy', async () => {
    const { lab, associationId, two, second, client, clients, services } = await startOverlap(
      newDataDir(),
    );
    const load = spawn(
      PERGOLA,
      [
        'exec',
        '--data',
        lab.pergola.dataDir,
        '--instance',
        client.id,
        '--',
        process.execPath,
        '-e',
        LOAD(services.second.host),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void load.kill());
    const statuses: string[] = [];
    load.stdout.setEncoding('utf8').on('data', (text: string) => void statuses.push(text));
    await until(() => statuses.join('').includes('200'));

    const remove = async (vpc: LabVpc, instanceId: string) => {
      const terminate = new TerminateInstancesCommand({ InstanceIds: [instanceId] });
      await lab.ec2((ec2) => ec2.send(terminate));
      await lab.ec2((ec2) => ec2.send(new DeleteSubnetCommand({ SubnetId: vpc.subnetId })));
      await lab.ec2((ec2) => ec2.send(new DeleteVpcCommand({ VpcId: vpc.id })));
      expect((await networksHere()).filter((name) => name.includes(vpc.id))).toEqual([]);
    };
    const { second: service } = services;
    await lab.call('DELETE', `/servicenetworkserviceassociations/${service.associationId}`);
    await gone(() => lab.call('DELETE', `/services/${service.id}`));
    await lab.call('POST', `/targetgroups/${service.groupId}/deregistertargets`, {
      targets: [{ id: '10.0.1.10', port: 8080 }],
    });
    await gone(() => lab.call('DELETE', `/targetgroups/${service.groupId}`));
    await remove(two, second.id);
    await lab.call('DELETE', `/servicenetworkvpcassociations/${associationId}`);
    await remove(clients, client.id);

    expect(await lab.pergola.workers()).toHaveLength(1);
    expect(lab.pergola.stderr).not.toContain('"level":"error"');
  });

  test('what makes no sense there is refused, and a missing command is told as by a shell', async () => {
    const dataDir = newDataDir();
    const lab = await Lab.start(dataDir);
    const vpc = await lab.vpc();
    const { id } = await lab.instance(vpc, '10.0.1.10');
    for (const place of [{ instance: id }, { vpc: vpc.id }]) {
      expect(await lab.run(place, '/nonexistent')).toMatchObject({ code: 127 });
      expect(await lab.run(place, '/etc/passwd')).toMatchObject({ code: 126 });
    }
    const toMap = ['--data', dataDir, '--vpc', vpc.id, '10.0.1.10', '127.0.0.1:9001'];
    const { code, stderr } = await runProgram(PERGOLA, ['map', ...toMap]);
    expect(code).toBe(2);
    expect(stderr).toContain('with --underlay netns addresses are real, and none is mapped');
  });

  test('a listener at the port of DNS reaches nobody, and explain says why', async () => {
    const { lab, dataDir, vpc, service } = await startUnanswered();
    const { host, id, groupId } = service;
    await lab.listener(id, 53, groupId);
    const explain = (url: string) =>
      runProgram(PERGOLA, ['explain', '--data', dataDir, '--from', vpc.id, url]);
    expect(await explain(`http://${host}/`)).toMatchObject({ code: 0 });
    const { code, stdout } = await explain(`http://${host}:53/`);
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `✗ network of the VPC: nobody accepts at port 53 in ${vpc.id}: DNS has port 53 in ${vpc.id}: create the listener with another port`,
    );
    await lab.stop();
  });

  test('explain finds nobody at an address that no instance has', async () => {
    const { lab, dataDir, vpc, service } = await startUnanswered();
    const { host } = service;
    const made = new CreateNetworkInterfaceCommand({ SubnetId: vpc.subnetId });
    const { NetworkInterface } = await lab.ec2((ec2) => ec2.send(made));
    const instance = await lab.instance(vpc, '10.0.1.20');
    const explain = async (from: string) => {
      const parameters = ['explain', '--data', dataDir, '--from', from, `http://${host}/`];
      const { code, stdout } = await runProgram(PERGOLA, parameters);
      return { code, text: stdout.replace(/\s+/g, ' ') };
    };
    for (const from of [instance.id, `${vpc.id}/10.0.1.20`, `${vpc.id}/10.0.1.3`]) {
      expect(await explain(from)).toMatchObject({ code: 0 });
    }
    expect(await explain(`${vpc.id}/10.0.1.77`)).toEqual({
      code: 3,
      text: expect.stringContaining('✗ address of the client: nobody has 10.0.1.77: it is neither'),
    });
    const id = NetworkInterface!.NetworkInterfaceId!;
    const { code, text } = await explain(id);
    expect([code, text]).toEqual([3, expect.stringContaining(`: ${id} is of no instance`)]);
    await lab.stop();
  });

  test('kill -9: workers go on, the next start makes everything anew, and nothing is left', async () => {
    const before = await networksHere();
    const dataDir = newDataDir();
    const { lab, client, first, services } = await startOverlap(dataDir);
    const { host } = services.first;
    const pids = await lab.pergola.workers();
    expect(await lab.ask({ instance: client.id }, host)).toMatchObject({ code: 0 });
    const left = await networksHere();

    process.kill(lab.pergola.pid, 'SIGKILL');
    await lab.pergola.ended;
    // `pergola exec` asks who runs here: nobody does.
    const curl = spawn('ip', [
      'netns',
      'exec',
      `${lab.prefix}${client.id}`,
      'curl',
      '-sS',
      '-H',
      `host: ${host}`,
      'http://169.254.171.33/',
    ]);
    const [text] = await once(curl.stdout.setEncoding('utf8'), 'data');
    expect(JSON.parse(text)).toMatchObject({ name: 'first' });
    expect(await networksHere()).toEqual(left);

    const again = await Lab.start(dataDir);
    expect(await networksHere()).toEqual(left);
    await until(() => pids.every((pid) => !isAlive(pid)));
    await again.serve(first.id, 'again');
    await until(async () =>
      (await again.ask({ instance: client.id }, host)).text.includes('again'),
    );

    await again.stop();
    expect(await networksHere()).toEqual(before);
  });

  test('what a killed one left is removed by a start without namespaces, too', async () => {
    const before = await networksHere();
    const dataDir = newDataDir();
    const { lab } = await startOverlap(dataDir);
    process.kill(lab.pergola.pid, 'SIGKILL');
    await lab.pergola.ended;
    await new Instance(dataDir, '--workers', '1').ready();
    expect(await networksHere()).toEqual(before);
  });

  test('this machine has no way into such VPCs but that of root, unless it is told to', async () => {
    const dataDir = newDataDir();
    const lab = await Lab.start(dataDir);
    const vpc = await lab.vpc();
    const { portals, resolvers } = lab.pergola.facts();
    expect([portals, resolvers]).toEqual([{}, {}]);
    const flags = ['--data', dataDir, '--vpc', vpc.id];
    const refused = await runProgram(PERGOLA, ['call', ...flags, 'http://service.on.aws/']);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('has no portal') });
    const { items } = await lab.pergola
      .client()
      .call<{ items: object[] }>('pergola', 'GET', '/portals');
    expect(items).toMatchObject([{ vpcId: vpc.id }]);
    expect(items[0]).not.toHaveProperty('url');
  });

  test('portals lead into such VPCs, too, when they are wanted', async () => {
    const { lab, clients, services } = await startOverlap(newDataDir(), '--portals');
    const portal = new URL(lab.pergola.facts().portals[clients.id]!);
    const socket = connect(Number(portal.port), portal.hostname).setEncoding('utf8');
    socket.write(`GET / HTTP/1.1\r\nhost: ${services.first.host}\r\nconnection: close\r\n\r\n`);
    const [text] = await once(socket, 'data');
    expect(text).toContain('"name":"first"');
    socket.destroy();
  });
});

const LOAD = (host: string) => `
  const http = require('node:http');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const ask = () => http.get({ host: '169.254.171.33', headers: { host: '${host}' }, agent, timeout: 1000 }, (r) => {
    process.stdout.write(r.statusCode + ' ');
    r.resume().on('end', ask);
  }).on('error', () => setTimeout(ask, 50));
  for (let i = 0; i < 8; i += 1) ask();`;

/** Asks until what it depends on is gone. */
const gone = (remove: () => Promise<unknown>) =>
  until(() =>
    remove().then(
      () => true,
      () => false,
    ),
  );
