import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { isOnPath, runProgram, startInstance } from './instance.ts';

export const isTerraformThere = await isOnPath('terraform', 'version');
if (!isTerraformThere) console.warn('skipped: Terraform is not on PATH (terraform version)');

/** Terraform in a copy of one of the folders beside this file, with an instance of its own. */
export class Terraform {
  readonly #folder: string;
  readonly #instance: Awaited<ReturnType<typeof startInstance>>;

  private constructor(folder: string, instance: Awaited<ReturnType<typeof startInstance>>) {
    this.#folder = folder;
    this.#instance = instance;
  }

  static async start(configuration: string): Promise<Terraform> {
    const folder = await mkdtemp(join(tmpdir(), `pergola-${configuration}-`));
    await cp(fileURLToPath(new URL(configuration, import.meta.url)), folder, { recursive: true });
    return new Terraform(folder, await startInstance());
  }

  async stop(): Promise<void> {
    expect(await this.#instance.stop()).toBe(0);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Why it cannot go on here; undefined when it can. */
  async init(): Promise<string | undefined> {
    const { code, stderr } = await this.#run('init', '-no-color');
    if (code === 0) return undefined;
    if (/could not (connect|query)|Failed to query|no available/i.test(stderr)) {
      return 'skipped: terraform init cannot get the provider hashicorp/aws 5.100.0 here';
    }
    throw new Error(`terraform init: ${stderr}`);
  }

  async succeed(command: string, ...parameters: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.#run(command, ...parameters);
    if (code !== 0) throw new Error(`terraform ${command}: ${stderr}\n${stdout.slice(-4000)}`);
    return stdout;
  }

  async expectEmptyPlan(stage: string): Promise<void> {
    // 0: nothing to do, 2: something to do.
    const plan = await this.#run('plan', '-no-color', '-detailed-exitcode', `-var=stage=${stage}`);
    expect(`${plan.stderr}${plan.stdout}`).toContain('No changes.');
    expect(plan.code).toBe(0);
  }

  #run(command: string, ...parameters: string[]) {
    return runProgram('terraform', [command, ...parameters], {
      cwd: this.#folder,
      env: { ...this.#instance.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
    });
  }
}
