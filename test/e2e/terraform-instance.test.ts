import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTerraformThere, Terraform } from './terraform.ts';

describe.skipIf(!isTerraformThere)('instances of unmodified Terraform', () => {
  let terraform: Terraform;
  beforeAll(async () => {
    terraform = await Terraform.start('terraform-instance');
  });
  afterAll(() => terraform.stop());

  test('are launched, need nothing more, change in place, and are terminated', async ({ skip }) => {
    const obstacle = await terraform.init();
    if (obstacle !== undefined) {
      console.warn(obstacle);
      skip(obstacle);
    }

    const applied = await terraform.succeed('apply', '-no-color', '-auto-approve');
    expect(applied).toMatch(/Apply complete! Resources: 10 added, 0 changed, 0 destroyed/);
    const { facts } = JSON.parse(await terraform.succeed('output', '-json')) as {
      facts: { value: Record<string, unknown> };
    };
    expect(facts.value).toEqual({
      address: '10.0.1.20',
      name: 'ip-10-0-1-20.us-west-2.compute.internal',
      state: 'running',
      interface: '10.0.1.20',
      more: expect.toSatisfy((list: string[]) =>
        ['10.0.1.4', '10.0.1.5'].every((address) => list.includes(address)),
      ),
      six: 1,
      only_six: ['', 1],
    });
    await terraform.expectEmptyPlan('one');

    const stage = '-var=stage=two';
    const changed = await terraform.succeed('apply', '-no-color', '-auto-approve', stage);
    expect(changed).toMatch(/Resources: 0 added, 1 changed, 0 destroyed/);
    await terraform.expectEmptyPlan('two');

    const destroyed = await terraform.succeed('destroy', '-no-color', '-auto-approve', stage);
    expect(destroyed).toMatch(/Destroy complete! Resources: 10 destroyed/);
    expect((await terraform.succeed('state', 'list')).trim()).toBe('');
    // Terraform and its waits take most of it.
  }, 300_000);
});
