import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Instance, isAlive, newDataDir, until } from './instance.ts';
import { buildTopology, get, startTarget } from './topology.ts';

/** Stops a process in its tracks; what it was told meanwhile it does when it goes on. */
const hang = (pid: number) => {
  process.kill(pid, 'SIGSTOP');
  const goOn = () => isAlive(pid) && process.kill(pid, 'SIGCONT');
  onTestFinished(() => void goOn());
  return { goOn };
};

describe('a worker that hangs', () => {
  test('delays writes, each by `settleMs` at most, and stops none', async () => {
    const pergola = await new Instance(newDataDir({ settleMs: 300 }), '--workers', '1').ready();
    const client = pergola.client();
    const [worker] = (await pergola.workers()) as [number];
    const { goOn } = hang(worker);

    const startedAt = performance.now();
    const xml = await client.ec2('CreateVpc', { CidrBlock: '10.0.0.0/16' });
    const vpcId = /<vpcId>([^<]+)/.exec(xml)?.[1] as string;
    await client.call('vpc-lattice', 'POST', '/services', { body: { name: 'one' } });
    await client.call('vpc-lattice', 'POST', '/services', { body: { name: 'two' } });
    // Three times 300 ms, and much room for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(pergola.facts().portals).toEqual({});

    goOn();
    await until(() => pergola.facts().portals[vpcId]);
    const names = await client.call('vpc-lattice', 'GET', '/services');
    expect((names as { items: { name: string }[] }).items.map(({ name }) => name).sort()).toEqual([
      'one',
      'two',
    ]);
  });

  test('does not keep a stop', async () => {
    const pergola = await new Instance(newDataDir({ stopMs: 300 }), '--workers', '1').ready();
    const [worker] = (await pergola.workers()) as [number];
    hang(worker);
    pergola.process.kill('SIGTERM');
    await expect(pergola.ended).resolves.toEqual({ code: 0, signal: null });
    await until(() => !isAlive(worker));
  });

  test('and outlives its control plane is named, with what to do', async () => {
    const target = await startTarget((_request, response) => response.end('here'));
    const dataDir = newDataDir();
    const pergola = await new Instance(dataDir, '--workers', '1').ready();
    const { vpcId, host } = await buildTopology(pergola.client(), target);
    const [worker] = (await pergola.workers()) as [number];
    hang(worker);
    pergola.process.kill('SIGKILL');
    await pergola.ended;

    const successor = await new Instance(dataDir, '--workers', '1').ready();

    expect(successor.stderr).toContain(`"pid":${worker}`);
    expect(successor.stderr).toContain('kill -9 PID');
    expect(existsSync(join(dataDir, 'run', `worker-${worker}.sock`))).toBe(true);
    // Its VPC has another port meanwhile.
    const portal = successor.facts().portals[vpcId] as string;
    await expect(get(portal, host)).resolves.toEqual({ status: 200, body: 'here' });
    process.kill(worker, 'SIGKILL');
  });
});
