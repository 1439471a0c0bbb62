import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTerraformThere, Terraform } from './terraform.ts';

describe.skipIf(!isTerraformThere)('unmodified Terraform, for principals and policies', () => {
  let terraform: Terraform;
  beforeAll(async () => {
    terraform = await Terraform.start('terraform-iam');
  });
  afterAll(() => terraform.stop());

  test('applies, has nothing more to do, changes, and destroys', async ({ skip }) => {
    const obstacle = await terraform.init();
    if (obstacle !== undefined) {
      console.warn(obstacle);
      skip(obstacle);
    }

    const applied = await terraform.succeed('apply', '-no-color', '-auto-approve');
    expect(applied).toMatch(/Apply complete! Resources: 15 added, 0 changed, 0 destroyed/);
    const { facts } = JSON.parse((await terraform.succeed('output', '-json')).trim()) as {
      facts: { value: Record<string, unknown> };
    };
    expect(facts.value).toEqual({
      role: expect.stringMatching(/^arn:aws:iam::\d{12}:role\/caller$/),
      user: expect.stringMatching(/^arn:aws:iam::\d{12}:user\/team\/deployer$/),
      policy: 'arn:aws:iam::aws:policy/VPCLatticeFullAccess',
    });
    await terraform.expectEmptyPlan('one');

    const changed = await terraform.succeed(
      'apply',
      '-no-color',
      '-auto-approve',
      '-var=stage=two',
    );
    expect(changed).toMatch(/Resources: \d added, \d+ changed, \d destroyed/);
    await terraform.expectEmptyPlan('two');

    const destroyed = await terraform.succeed(
      'destroy',
      '-no-color',
      '-auto-approve',
      '-var=stage=two',
    );
    expect(destroyed).toMatch(/Destroy complete! Resources: 15 destroyed/);
    expect((await terraform.succeed('state', 'list')).trim()).toBe('');
  });
});
