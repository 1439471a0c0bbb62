import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTerraformThere, Terraform } from './terraform.ts';

describe.skipIf(!isTerraformThere)('unmodified Terraform', () => {
  let terraform: Terraform;
  beforeAll(async () => {
    terraform = await Terraform.start('terraform');
  });
  afterAll(() => terraform.stop());

  test('plans, applies, has nothing more to do, changes, and destroys', async ({ skip }) => {
    const obstacle = await terraform.init();
    if (obstacle !== undefined) {
      console.warn(obstacle);
      skip(obstacle);
    }

    expect(await terraform.succeed('plan', '-no-color')).toContain(
      'to add, 0 to change, 0 to destroy',
    );
    const applied = await terraform.succeed('apply', '-no-color', '-auto-approve');
    expect(applied).toMatch(/Apply complete! Resources: [23]\d added, 0 changed, 0 destroyed/);
    const { facts } = JSON.parse((await terraform.succeed('output', '-json')).trim()) as {
      facts: { value: Record<string, unknown> };
    };
    expect(facts.value).toMatchObject({
      listener_port: 80,
      default_port: 8080,
      has_policies: true,
      health_path: '/health',
    });
    await terraform.expectEmptyPlan('one');

    const changed = await terraform.succeed(
      'apply',
      '-no-color',
      '-auto-approve',
      '-var=stage=two',
    );
    expect(changed).toMatch(/Resources: 0 added, \d+ changed, 0 destroyed/);
    await terraform.expectEmptyPlan('two');

    const destroyed = await terraform.succeed(
      'destroy',
      '-no-color',
      '-auto-approve',
      '-var=stage=two',
    );
    expect(destroyed).toMatch(/Destroy complete! Resources: [23]\d destroyed/);
    expect((await terraform.succeed('state', 'list')).trim()).toBe('');
    // Terraform and its waits take most of it.
  }, 300_000);
});
