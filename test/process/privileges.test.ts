import { chownSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PERGOLA, runProgram } from '../e2e/instance.ts';
import { isOpenToItsUser, powerless, privilegesOf } from '../support/privileges.ts';
import { Instance, isAlive, newDataDir, until } from './instance.ts';
import { buildTopology, get, startTarget } from './topology.ts';

const NOBODY = 65_534;
const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;

const startWithTraffic = async (dataDir: string) => {
  const pergola = await new Instance(dataDir, '--workers', '1').ready();
  const port = await startTarget((_request, response) => response.end('hello'));
  const { vpcId, host } = await buildTopology(pergola.client(), port);
  const { items } = await pergola
    .client()
    .call<{ items: { arn: string }[] }>('vpc-lattice', 'GET', '/services');
  await pergola.client().call('vpc-lattice', 'POST', '/accesslogsubscriptions', {
    body: {
      resourceIdentifier: items[0]!.arn,
      destinationArn: 'arn:aws:logs:us-west-2:000000000000:log-group:all',
    },
  });
  const ask = async (one: Instance) => (await get(one.facts().portals[vpcId]!, host)).body;
  return { pergola, ask };
};

const logFile = (dataDir: string) => {
  const [name] = readdirSync(join(dataDir, 'logs'));
  return join(dataDir, 'logs', name!);
};
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').length - 1;
const socketsIn = (dataDir: string) =>
  readdirSync(join(dataDir, 'run')).filter((name) => name.startsWith('worker-'));

/** Descriptors come and go. */
const linkOf = (path: string): readonly string[] => {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
};

/** On every thread, and without a file of the data folder but its logs. */
const expectPowerless = (pid: number, uid: number, dataDir: string) => {
  const threads = privilegesOf(pid);
  expect(threads.length).toBeGreaterThan(4);
  for (const thread of threads) expect(thread).toEqual(powerless(uid));
  expect(isOpenToItsUser(pid)).toBe(false);
  const files = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  const ofPergola = files.filter((file) => file.startsWith(dataDir));
  expect(ofPergola.filter((file) => !file.startsWith(join(dataDir, 'logs')))).toEqual([]);
};

describe.skipIf(!isRootOnLinux)('workers of a pergola that is root', () => {
  test('are nobody, have no privileges, and do all that they are for', async () => {
    const dataDir = newDataDir();
    const { pergola, ask } = await startWithTraffic(dataDir);
    const [pid] = (await pergola.workers()) as [number];
    expectPowerless(pid, NOBODY, dataDir);
    expect(privilegesOf(pergola.pid)[0]).toMatchObject({ Uid: '0 0 0 0', NoNewPrivs: '1' });

    expect(await ask(pergola)).toBe('hello');
    await until(() => readdirSync(join(dataDir, 'logs')).length === 1);
    await until(() => linesOf(logFile(dataDir)) === 1);
    expect(statSync(logFile(dataDir)).uid).toBe(NOBODY);
    expect(statSync(dataDir)).toMatchObject({ uid: 0 });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);

    // A debugger would give all that is in its memory to whoever is nobody, too.
    process.kill(pid, 'SIGUSR1');
    expect(await ask(pergola)).toBe('hello');
    expect(pergola.stderr).not.toContain('Debugger');
    process.kill(pid, 'SIGKILL');
    const [next] = await until(async () => {
      const pids = await pergola.workers();
      return pids.length === 1 && pids[0] !== pid ? pids : undefined;
    });
    // Before it answers it may still be on its way to that.
    expect(await ask(pergola)).toBe('hello');
    expectPowerless(next!, NOBODY, dataDir);
    expect(socketsIn(dataDir)).toEqual([`worker-${next}.sock`]);
  });

  test('and its data folder are not for others, who are told so', async () => {
    const { dataDir } = await new Instance(newDataDir(), '--workers', '1').ready();
    const asOther = ['--reuid', '990', '--regid', '990', '--clear-groups', PERGOLA];
    const { code, stderr } = await runProgram('setpriv', [...asOther, 'status', '--data', dataDir]);
    expect(code).toBe(1);
    expect(stderr).toContain(`\`${dataDir}\` is closed to this user`);
  });

  test('go on alone, retire for others, and leave a log that these can write', async () => {
    const dataDir = newDataDir({ workerUser: '990:990' });
    const { pergola, ask } = await startWithTraffic(dataDir);
    const [orphan] = (await pergola.workers()) as [number];
    expectPowerless(orphan, 990, dataDir);
    expect(await ask(pergola)).toBe('hello');
    const file = await until(() => readdirSync(join(dataDir, 'logs'))[0] && logFile(dataDir));
    process.kill(pergola.pid, 'SIGKILL');
    await pergola.ended;
    expect(isAlive(orphan)).toBe(true);
    // As a version that knew no users left it.
    chownSync(file, 0, 0);

    const again = await new Instance(dataDir, '--workers', '1').ready();
    await until(() => !isAlive(orphan));
    const before = linesOf(file);
    expect(await ask(again)).toBe('hello');
    await until(() => linesOf(file) > before);
    expect(socketsIn(dataDir)).toHaveLength(1);
    again.process.kill('SIGTERM');
    expect(await again.ended).toEqual({ code: 0, signal: null });
    expect(socketsIn(dataDir)).toEqual([]);
    expect(again.stderr).not.toContain('"level":"error"');
  });
});
