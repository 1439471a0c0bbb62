import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, runProgram, startInstance, type TestInstance } from './instance.ts';

const configuration = fileURLToPath(new URL('terraform-iam', import.meta.url));
const isThere = await isOnPath('terraform', 'version');
if (!isThere) console.warn('skipped: Terraform is not on PATH (terraform version)');

describe.skipIf(!isThere)('unmodified Terraform, for principals and policies', () => {
  let instance: TestInstance;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pergola-terraform-iam-'));
    await cp(configuration, folder, { recursive: true });
    instance = await startInstance();
  });
  afterAll(async () => {
    expect(await instance?.stop()).toBe(0);
    await rm(folder, { recursive: true, force: true });
  });

  const terraform = (command: string, ...parameters: string[]) =>
    runProgram('terraform', [command, ...parameters], {
      cwd: folder,
      env: { ...instance.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
    });

  const succeed = async (command: string, ...parameters: string[]) => {
    const { code, stdout, stderr } = await terraform(command, ...parameters);
    if (code !== 0) throw new Error(`terraform ${command}: ${stderr}\n${stdout.slice(-4000)}`);
    return stdout;
  };

  // 0: nothing to do, 2: something to do.
  const expectEmptyPlan = async (stage: string) => {
    const plan = await terraform('plan', '-no-color', '-detailed-exitcode', `-var=stage=${stage}`);
    expect(`${plan.stderr}${plan.stdout}`).toContain('No changes.');
    expect(plan.code).toBe(0);
  };

  test('applies, has nothing more to do, changes, and destroys', async ({ skip }) => {
    const init = await terraform('init', '-no-color');
    if (
      init.code !== 0 &&
      /could not (connect|query)|Failed to query|no available/i.test(init.stderr)
    ) {
      const reason = 'skipped: terraform init cannot get the provider hashicorp/aws 5.100.0 here';
      console.warn(reason);
      skip(reason);
    }
    if (init.code !== 0) throw new Error(`terraform init: ${init.stderr}`);

    const applied = await succeed('apply', '-no-color', '-auto-approve');
    expect(applied).toMatch(/Apply complete! Resources: 15 added, 0 changed, 0 destroyed/);
    const { facts } = JSON.parse((await succeed('output', '-json')).trim()) as {
      facts: { value: Record<string, unknown> };
    };
    expect(facts.value).toEqual({
      role: expect.stringMatching(/^arn:aws:iam::\d{12}:role\/caller$/),
      user: expect.stringMatching(/^arn:aws:iam::\d{12}:user\/team\/deployer$/),
      policy: 'arn:aws:iam::aws:policy/VPCLatticeFullAccess',
    });
    await expectEmptyPlan('one');

    const changed = await succeed('apply', '-no-color', '-auto-approve', '-var=stage=two');
    expect(changed).toMatch(/Resources: \d added, \d+ changed, \d destroyed/);
    await expectEmptyPlan('two');

    const destroyed = await succeed('destroy', '-no-color', '-auto-approve', '-var=stage=two');
    expect(destroyed).toMatch(/Destroy complete! Resources: 15 destroyed/);
    expect((await succeed('state', 'list')).trim()).toBe('');
  }, 300_000);
});
