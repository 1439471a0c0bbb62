import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { onLinux } from '../support/zombie.ts';
import { Instance, newDataDir, until } from './instance.ts';
import { probe } from './topology.ts';

const socketsIn = (dataDir: string): string[] =>
  readdirSync(join(dataDir, 'run')).filter((name) => name.startsWith('worker-'));

/** Kills the only worker and its replacements until the next one has to wait for 800 ms. */
const killUntilPause = async (pergola: Instance): Promise<void> => {
  const killed: number[] = [];
  while (killed.length < 5) {
    const pid = (await until(async () =>
      (await pergola.workers()).find((worker) => !killed.includes(worker)),
    )) as number;
    process.kill(pid, 'SIGKILL');
    killed.push(pid);
  }
  await until(async () => (await pergola.workers()).length === 0);
};

test('a VPC that is made while no worker lives gets its portal before it is answered', async () => {
  const dataDir = newDataDir();
  const pergola = await new Instance(dataDir, '--workers', '1').ready();
  await killUntilPause(pergola);

  const xml = await pergola.client().ec2('CreateVpc', { CidrBlock: '10.0.0.0/16' });

  const vpcId = /<vpcId>([^<]+)/.exec(xml)?.[1] as string;
  const portal = pergola.facts().portals[vpcId] as string;
  expect(await probe(portal)).toBe('accepts');
  expect(pergola.stderr).not.toContain('a VPC has no portal');
  const [pid] = await pergola.workers();
  expect(socketsIn(dataDir)).toEqual([`worker-${pid}.sock`]);
});

test('when that takes too long it is answered all the same, and the portal comes later', async () => {
  const pergola = await new Instance(newDataDir({ settleMs: 50 }), '--workers', '1').ready();
  await killUntilPause(pergola);

  const xml = await pergola.client().ec2('CreateVpc', { CidrBlock: '10.0.0.0/16' });

  const vpcId = /<vpcId>([^<]+)/.exec(xml)?.[1] as string;
  expect(pergola.facts().portals).toEqual({});
  const portal = await until(() => pergola.facts().portals[vpcId]);
  expect(await probe(portal as string)).toBe('accepts');
});

/** Also those that have not said yet that they are there. */
const workersOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((child) => child !== '' && commandLine(child).includes('worker-main'))
    .map(Number);

/** False when it ended by itself since it was seen. */
const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
};

const commandLine = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
};

onLinux('workers that die while they start do not keep the API from coming up', async () => {
  const pergola = new Instance(newDataDir({ settleMs: 100 }), '--workers', '2');
  let isKilling = true;
  let kills = 0;
  const killing = (async () => {
    while (isKilling) {
      for (const pid of workersOf(pergola.pid)) {
        if (kill(pid)) kills += 1;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  await pergola.ready();
  const api = pergola.client();
  await api.ec2('CreateVpc', { CidrBlock: '10.0.0.0/16' });
  isKilling = false;
  await killing;

  expect(kills).toBeGreaterThan(1);
  expect(pergola.stderr).toContain('a data-plane worker ended while it was starting');
  await until(async () => (await pergola.workers()).length === 2);
  const portal = await until(() => Object.values(pergola.facts().portals)[0]);
  expect(await probe(portal as string)).toBe('accepts');
});
