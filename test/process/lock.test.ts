import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Instance, newDataDir } from './instance.ts';

test('a second `up` on the same data folder is refused and does no harm', async () => {
  const dataDir = newDataDir();
  const first = await new Instance(dataDir, '--workers', '0').ready();

  const second = new Instance(dataDir, '--workers', '0');

  expect((await second.ended).code).toBe(1);
  expect(second.stderr).toContain(`another pergola (pid ${first.pid}) runs on ${dataDir}`);
  expect(first.facts().pid).toBe(first.pid);
  expect((await fetch(`${first.facts().api}/-/ready`)).status).toBe(200);
});

test('the lock of a process that was killed is taken over', async () => {
  const dataDir = newDataDir();
  const first = await new Instance(dataDir, '--workers', '0').ready();
  first.process.kill('SIGKILL');
  await first.ended;

  const second = await new Instance(dataDir, '--workers', '0').ready();

  expect(second.facts().pid).toBe(second.pid);
});

test('the data folder is for its owner only', async () => {
  const dataDir = newDataDir();
  const pergola = await new Instance(dataDir, '--workers', '1').ready();

  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDir, 'credentials')).mode & 0o777).toBe(0o600);
  expect(statSync(pergola.instanceFile).mode & 0o777).toBe(0o600);
});

test('settings that cannot be used are named, and nothing is started', async () => {
  const dataDir = newDataDir({ quotas: { listenersPerService: 'many', horses: 1 } });

  const pergola = new Instance(dataDir, '--workers', '0');

  expect((await pergola.ended).code).toBeGreaterThan(0);
  expect(pergola.stderr).toContain('quotas.listenersPerService');
  expect(pergola.stderr).toContain('horses');
  expect(existsSync(join(dataDir, 'pergola.sqlite'))).toBe(false);
});

test('a port that is taken is named, and everything is stopped again', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const dataDir = newDataDir();

  const pergola = new Instance(dataDir, '--workers', '1', '--port', String(port));

  expect((await pergola.ended).code).toBe(1);
  expect(pergola.stderr).toContain(`port \`${port}\``);
  expect(pergola.stderr).toContain('--port');
  expect(existsSync(join(dataDir, 'run', 'lock'))).toBe(false);
});

test('a damaged lock does not keep it from starting', async () => {
  const dataDir = newDataDir();
  const first = await new Instance(dataDir, '--workers', '0').ready();
  first.process.kill('SIGKILL');
  await first.ended;
  writeFileSync(join(dataDir, 'run', 'lock'), '{"pi');

  const second = await new Instance(dataDir, '--workers', '0').ready();

  expect(second.facts().pid).toBe(second.pid);
});
