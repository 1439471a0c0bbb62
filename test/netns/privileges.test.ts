import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newDataDir, until } from '../process/instance.ts';
import { isOpenToItsUser, powerless, privilegesOf } from '../support/privileges.ts';
import { namespaceEntry, networksHere } from './has-namespaces.ts';
import { Lab } from './lab.ts';

const NOBODY = 65_534;

describe.skipIf(namespaceEntry === undefined)('workers in VPCs that are network namespaces', () => {
  test('are nobody, have no privileges, and accept and dial all the same', async () => {
    const lab = await Lab.start(newDataDir());
    const [targets, clients] = [await lab.vpc(), await lab.vpc()];
    const networkId = await lab.network();
    await lab.associate(networkId, clients);
    const target = await lab.instance(targets, '10.0.1.10');
    await lab.serve(target.id, 'target');
    const service = await lab.service(networkId, 'service', {
      vpc: targets,
      type: 'INSTANCE',
      id: target.id,
    });
    const ask = () => lab.ask({ vpc: clients.id }, service.host);

    const [first] = (await lab.pergola.workers()) as [number];
    expect(await ask()).toMatchObject({ code: 0, text: expect.stringContaining('target') });
    for (const thread of privilegesOf(first)) expect(thread).toEqual(powerless(NOBODY));
    expect(isOpenToItsUser(first)).toBe(false);

    process.kill(first, 'SIGKILL');
    const next = await until(async () =>
      (await lab.pergola.workers()).find((worker) => worker !== first),
    );
    expect(await ask()).toMatchObject({ code: 0, text: expect.stringContaining('target') });
    for (const thread of privilegesOf(next as number)) expect(thread).toEqual(powerless(NOBODY));
    await lab.stop();
  });
});

/** `ip` as it is, but for batches that have to do with an address. */
const failingIp = (address: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'pergola-ip-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'ip');
  writeFileSync(
    file,
    `#!/bin/sh
PATH=${process.env['PATH']}
case "$*" in
*-batch*)
  lines=$(cat)
  case "$lines" in *${address}/*) echo 'no room' >&2; exit 1;; esac
  printf '%s\\n' "$lines" | exec ip "$@" ;;
*) exec ip "$@" ;;
esac
`,
  );
  chmodSync(file, 0o755);
  return dir;
};

describe.skipIf(namespaceEntry === undefined)('an instance that cannot be made', () => {
  test('never runs, is terminated in the end, and its VPC goes on', async () => {
    const before = await networksHere();
    const PATH = `${failingIp('10.0.1.66')}:${process.env['PATH']}`;
    const lab = await Lab.start(newDataDir(), { environment: { PATH } });
    const vpc = await lab.vpc();
    const networkId = await lab.network();
    await lab.associate(networkId, vpc);
    const good = await lab.instance(vpc, '10.0.1.10');
    await lab.serve(good.id, 'good');
    const service = await lab.service(networkId, 'service', { vpc, type: 'INSTANCE', id: good.id });
    const bad = await lab.instance(vpc, '10.0.1.66');
    const describeOne = async (id: string) => {
      const named = new DescribeInstancesCommand({ InstanceIds: [id] });
      return (await lab.ec2((ec2) => ec2.send(named))).Reservations![0]!.Instances![0]!;
    };
    expect((await describeOne(bad.id)).State?.Name).toBe('pending');
    const states = new Set<string>();
    const last = await until(async () => {
      const one = await describeOne(bad.id);
      states.add(one.State!.Name!);
      expect(await lab.ask({ instance: good.id }, service.host)).toMatchObject({ code: 0 });
      return one.State?.Name === 'terminated' ? one : undefined;
    });
    expect(states).toEqual(new Set(['pending', 'terminated']));
    expect(last).toMatchObject({
      StateTransitionReason: 'Server.InternalError',
      StateReason: { Code: 'Server.InternalError' },
    });
    expect((await describeOne(good.id)).State?.Name).toBe('running');
    const { networkProblems } = await lab.pergola
      .client()
      .call<{ networkProblems: unknown }>('pergola', 'GET', '/status');
    expect(networkProblems).toEqual([
      {
        vpcId: vpc.id,
        instanceId: bad.id,
        reason: expect.stringContaining('no room'),
        isGivenUp: true,
      },
    ]);
    expect(lab.pergola.stderr).toContain('no room');
    await lab.stop();
    expect(await networksHere()).toEqual(before);
  });
});
