import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTerraformThere, Terraform } from './terraform.ts';

describe.skipIf(!isTerraformThere)('unmodified Terraform, for certificates', () => {
  let terraform: Terraform;
  beforeAll(async () => {
    terraform = await Terraform.start('terraform-acm');
  });
  afterAll(() => terraform.stop());

  test('imports, requests and uses certificates, changes and destroys them', async ({ skip }) => {
    const obstacle = await terraform.init();
    if (obstacle !== undefined) {
      console.warn(obstacle);
      skip(obstacle);
    }

    const applied = await terraform.succeed('apply', '-no-color', '-auto-approve');
    expect(applied).toMatch(/Apply complete! Resources: 5 added, 0 changed, 0 destroyed/);
    const { facts } = JSON.parse((await terraform.succeed('output', '-json')).trim()) as {
      facts: { value: Record<string, unknown> };
    };
    expect(facts.value).toEqual({
      imported_status: 'ISSUED',
      imported_type: 'IMPORTED',
      names: ['*.shop.example', 'shop.example'],
      record_type: 'CNAME',
      found: true,
      port: 443,
    });
    await terraform.expectEmptyPlan('one');

    const two = '-var=stage=two';
    const changed = await terraform.succeed('apply', '-no-color', '-auto-approve', two);
    expect(changed).toMatch(/Resources: 0 added, 2 changed, 0 destroyed/);
    await terraform.expectEmptyPlan('two');

    const destroyed = await terraform.succeed('destroy', '-no-color', '-auto-approve', two);
    expect(destroyed).toMatch(/Destroy complete! Resources: 5 destroyed/);
  });
});
