import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { authorize, explainLayers, type PolicyLayer, usedKeys } from './authorize.ts';
import { compilePolicy } from './compile-policy.ts';
import { describeReason } from './describe-reason.ts';
import { conditionKey } from './pattern.ts';
import {
  type PolicyDocument,
  parseIdentityPolicy,
  parseResourcePolicy,
} from './policy-document.ts';
import type { Principal } from './principal.ts';
import { principalValue } from './principal-value.ts';
import type { PolicyRequest } from './request.ts';

interface Scenario {
  readonly about: string;
  readonly groups: readonly {
    readonly name: string;
    readonly layers: readonly {
      readonly name: string;
      readonly skipAnonymous?: boolean;
      readonly policies: readonly PolicyDocument[];
    }[];
    readonly cases: readonly Case[];
  }[];
}

interface Case {
  readonly name: string;
  /** A name of principals.json. */
  readonly who: string;
  /** Invoke when absent. */
  readonly action?: string;
  /** An ARN, or a path of the service. */
  readonly on: string;
  readonly values?: Readonly<Record<string, string | readonly string[]>>;
  readonly decision: 'allow' | 'explicitDeny' | 'implicitDeny';
  /** The layer that refuses. */
  readonly by?: string;
  /** Reasons in words, where they matter. */
  readonly because?: readonly string[];
}

const SERVICE = 'arn:aws:vpc-lattice:us-west-2:111122223333:service/svc-1';
const folder = new URL('./testdata/', import.meta.url);
const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;

const principals = new Map(
  Object.entries(read<Record<string, Principal & { tags?: object }>>('principals.json')).map(
    ([name, principal]) => [
      name,
      ('tags' in principal
        ? { ...principal, tags: new Map(Object.entries(principal.tags ?? {})) }
        : principal) as Principal,
    ],
  ),
);

const scenarios = readdirSync(new URL('scenarios/', folder)).flatMap((file) =>
  read<Scenario>(`scenarios/${file}`).groups.map((group) => ({ ...group, file })),
);

const toLayers = (layers: Scenario['groups'][number]['layers']): readonly PolicyLayer[] =>
  layers.map(({ name, skipAnonymous = false, policies }) => ({
    name,
    skipAnonymous,
    policies: policies.map((document, i) => {
      const parse = ['network', 'service'].includes(name)
        ? parseResourcePolicy
        : parseIdentityPolicy;
      const parsed = parse(JSON.stringify(document));
      if ('problem' in parsed) throw new Error(`${parsed.place}: ${parsed.problem}`);
      return compilePolicy(parsed.document, `${name} ${i + 1}`);
    }),
  }));

const toRequest = ({ who, action, on, values = {} }: Case, asked: Set<string>): PolicyRequest => {
  const principal = principals.get(who);
  if (principal === undefined) throw new Error(`nobody is called ${who}`);
  const known = new Map(Object.entries(values).map(([key, value]) => [conditionKey(key), value]));
  return {
    principal,
    action: action ?? 'vpc-lattice-svcs:Invoke',
    resource: on.startsWith('/') ? SERVICE + on : on,
    value: (key) => {
      asked.add(key);
      return known.get(key) ?? principalValue(principal, key);
    },
  };
};

describe.each(scenarios)('$file: $name', ({ layers: written, cases }) => {
  const layers = toLayers(written);
  test.each(cases)('$name -> $decision', (one) => {
    const asked = new Set<string>();
    const request = toRequest(one, asked);
    const decision = authorize({ layers, request });
    expect(decision).toMatchObject({
      allowed: one.decision === 'allow',
      kind: one.decision,
      decidedBy: one.by,
    });
    if (one.because) expect(decision.because.map(describeReason)).toEqual(one.because);
    // The long way round says the same, and nobody asks for what was not announced.
    const explained = explainLayers({ layers, request });
    const says = explained.map((layer) => layer.says);
    const first = (kind: string) => explained.find((layer) => layer.says === kind)?.layer;
    expect(first('explicitDeny') ?? first('implicitDeny')).toBe(decision.decidedBy);
    expect(decision.allowed).toBe(
      says.includes('allow') && !says.some((kind) => kind.endsWith('Deny')),
    );
    expect(usedKeys(layers)).toEqual(expect.arrayContaining([...asked]));
  });
});

test('the scenarios are many', () => {
  expect(scenarios.flatMap(({ cases }) => cases).length).toBeGreaterThan(300);
});

test('keys are announced once, as they are asked for', () => {
  const Condition = {
    StringEquals: { 'AWS:PrincipalTag/Team': `\${aws:SourceVpc}`, 'aws:SourceIp': 'x' },
    Null: { 'aws:sourceIp': 'true' },
  };
  const statement = {
    Effect: 'Allow',
    Action: '*',
    Resource: `\${aws:userid}`,
    Condition,
  } as const;
  const policy = compilePolicy({ Version: '2012-10-17', Statement: statement }, 'a');
  expect(usedKeys([{ name: 'x', policies: [policy, policy] }])).toEqual([
    'aws:principaltag/Team',
    'aws:sourceip',
    'aws:sourcevpc',
    'aws:userid',
  ]);
});
