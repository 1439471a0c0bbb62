import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Outcome, Resolved, Seen } from '../../examples/overlap/seen.ts';
import type { ChangeFacts } from '../../examples/overlap/tell-change.ts';
import { runProgram } from './instance.ts';

export const OVERLAP_DEMO = fileURLToPath(
  new URL('../../examples/overlap/demo.ts', import.meta.url),
);

interface Told {
  readonly dataDir: string;
  readonly held: boolean;
  readonly machines: readonly { readonly vpc: string; readonly address: string }[];
  readonly names: readonly Resolved[];
  readonly calls: readonly {
    readonly from: { readonly vpc: string };
    readonly answer?: Seen;
    readonly because?: Outcome['failure'];
  }[];
  readonly change: ChangeFacts;
  readonly limits: readonly unknown[];
}

/**
 * The example with an underlay: what it tells is looked at here, beside what it thinks of that itself.
 *
 * @param leftOf what there still is of the instance on a data folder
 */
export const overlapSuite = (
  underlay: 'loopback' | 'netns',
  leftOf: (dataDir: string) => Promise<readonly string[]>,
): void => {
  test(`the example overlap is as documented with ${underlay}, and leaves nothing behind`, async () => {
    const { code, stdout, stderr } = await runProgram(process.execPath, [
      ...[OVERLAP_DEMO, '--json', '--underlay', underlay],
    ]);
    expect(code, `${stderr}${stdout}`).toBe(0);
    const told = JSON.parse(stdout) as Told;
    expect(await leftOf(told.dataDir)).toEqual([]);

    expect(told.held).toBe(true);
    const address = Object.fromEntries(told.machines.map((one) => [one.vpc, one.address]));
    expect(address).toEqual({
      ...{ orders: '10.0.0.5', stock: '10.0.0.5', shop: '10.0.0.5', lobby: '10.0.0.5' },
      prices: expect.stringMatching(/^fd[0-9a-f:]+::5$/),
    });
    expect(told.names).toHaveLength(3);
    const whoAnswered = told.calls.map(({ from, answer, because }) => [
      from.vpc,
      answer?.name ?? because?.split(':')[0],
    ]);
    expect(whoAnswered).toEqual([
      ...[
        ['shop', 'orders'],
        ['shop', 'stock'],
        ['shop', 'prices'],
      ],
      ...Array.from({ length: 3 }, () => ['lobby', 'association of the VPC']),
      ...Array.from({ length: 2 }, () => ['orders', 'association of the VPC']),
    ]);
    const answers = told.calls.flatMap(({ answer }) => answer ?? []);
    expect(answers.map(({ forwardedFor }) => forwardedFor)).toEqual(Array(3).fill('10.0.0.5'));
    expect(answers.map((answer) => [answer.address, answer.peer])).toEqual(
      underlay === 'loopback'
        ? Array(3).fill(['127.0.0.1', '127.0.0.1'])
        : [
            ['10.0.0.5', '169.254.171.254'],
            ['10.0.0.5', '169.254.171.254'],
            [address['prices'], 'fd00:ec2:80::a9fe:abfe'],
          ],
    );
    expect(told.change.because).toMatch(
      /^security groups of the association: no rule of sg-\w+ allows tcp port 80 from 10\.0\.0\.5$/,
    );
    expect(told.limits.length > 0).toBe(underlay === 'loopback');
  }, 120_000);
};
