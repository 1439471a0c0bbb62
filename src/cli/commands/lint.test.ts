import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LintOptions, runLint } from './lint.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pergola-lint-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (policy: unknown, options: LintOptions = {}) => {
  const file = join(folder, 'policy.json');
  writeFileSync(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
  let text = '';
  const exitCode = runLint(file, options, { write: (more) => (text += more) });
  return { exitCode, text: text.replaceAll(file, 'policy.json') };
};

const SERVICE = 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1';
const anAuthPolicy = (changes: object) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: '*',
      ...changes,
    },
  ],
});

describe('lint', () => {
  test('has nothing to say of a good policy', () => {
    expect(run(anAuthPolicy({}))).toEqual({
      exitCode: 0,
      text: '✓ policy.json: nothing to warn of\n',
    });
  });

  test('names the place of each warning, in lines for a terminal', () => {
    const { exitCode, text } = run(
      anAuthPolicy({
        Resource: SERVICE,
        Condition: { StringEquals: { 'vpc-lattice-svcs:RequestHaeder/x-a': 'b' } },
      }),
    );
    expect(exitCode).toBe(3);
    expect(text).toBe(
      [
        '! policy.json: 2 warnings',
        '',
        'Statement[0].Resource',
        `  \`${SERVICE}\` never applies to`,
        '  requests: resources of `vpc-lattice-svcs:Invoke` end in a path; write',
        `  \`${SERVICE}/*\``,
        '',
        'Statement[0].Condition.StringEquals.vpc-lattice-svcs:RequestHaeder/x-a',
        '  `vpc-lattice-svcs:RequestHaeder/x-a` is no condition key that requests have,',
        '  so the condition never holds',
        '',
      ].join('\n'),
    );
  });

  test('answers JSON', () => {
    const { text } = run(anAuthPolicy({ Resource: SERVICE }), { json: true });
    expect(JSON.parse(text)).toEqual({
      warnings: [{ place: 'Statement[0].Resource', text: expect.stringContaining(SERVICE) }],
    });
  });

  test.each([
    {
      name: 'what is not JSON',
      policy: '{',
      message: 'is no policy: The policy is not valid JSON',
    },
    {
      name: 'a policy without a principal',
      policy: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      message:
        'needs a Principal (Statement[0].Principal); for a policy of a user or role give --identity',
    },
  ])('refuses $name', ({ policy, message }) => {
    expect(() => run(policy)).toThrow(message);
  });

  test('of a file that is not there', () => {
    expect(() => runLint(join(folder, 'no'), {}, { write: () => {} })).toThrow(
      /cannot read the policy `.*no` \(ENOENT\)/,
    );
  });

  test('of identities warns of statements about requests, and of no others', () => {
    const statement = { Effect: 'Allow', Resource: '*' };
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { ...statement, Action: 's3:GetObject' },
        { ...statement, Action: '*', Resource: 'arn:aws:s3:::a' },
        { ...statement, Action: 'vpc-lattice-svcs:Invoke', Resource: SERVICE },
        { ...statement, Action: 'vpc-lattice-svcs:Invokee' },
      ],
    };
    const { exitCode, text } = run(policy, { identity: true, json: true });
    expect(exitCode).toBe(3);
    expect(JSON.parse(text).warnings.map(({ place }: { place: string }) => place)).toEqual([
      'Statement[2].Resource',
      'Statement[3].Action',
    ]);
    expect(run({ ...policy, Statement: policy.Statement[0] }, { identity: true }).exitCode).toBe(0);
  });
});
