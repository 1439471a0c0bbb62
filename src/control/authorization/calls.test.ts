import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ServiceName } from '../../protocol/load-model.ts';
import { ACCOUNT } from '../operations/vpc-lattice/lattice-fixture.ts';
import { pergolaActions } from './actions/pergola.ts';
import { openWorld } from './authorization-fixture.ts';
import type { TestCaller } from './caller-fixture.ts';

interface Row extends TestCaller {
  readonly name: string;
  /** `vpc-lattice:GetService` */
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** `allowed`; `CODE: text`; or what stands behind "is not authorized to perform: ". */
  readonly expect: string;
}

const world = await openWorld();

/** `<service>` is the ARN of the service, `<service id>` its id. */
const fillIn = (text: string): string =>
  text.replace(/<(\w+)( id)?>/g, (_, name: string, id: string | undefined) => {
    const arn = (world.names as Readonly<Record<string, string>>)[name];
    if (arn === undefined) throw new Error(`the world has no \`${name}\``);
    return id === undefined ? arn : arn.slice(arn.lastIndexOf('/') + 1);
  });

const rows: readonly Row[] = JSON.parse(
  fillIn(readFileSync(new URL('testdata/calls.json', import.meta.url), 'utf8')),
);

const refusal = (service: string, { as, session }: TestCaller, text: string): string => {
  const isRole = as === 'role' || session !== undefined;
  const who = isRole
    ? `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/night`
    : `arn:aws:iam::${ACCOUNT}:${as === 'root' || as === 'rootSession' ? 'root' : 'user/team/ada'}`;
  const first = service === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
  return `AccessDeniedException: ${first}User: ${who} is not authorized to perform: ${text}`;
};

test.each(Object.keys(pergolaActions))(
  'nobody may call %s of our own API without a policy that allows it',
  async (operation) => {
    const call = { service: 'pergola', operation, input: {} } as const;
    const none = `pergola:${operation} because no identity-based policy allows the pergola:${operation} action`;
    expect(await world.ask({}, call)).toBe(refusal('pergola', {}, none));
    const other = [{ NotAction: `pergola:${operation}` }];
    expect(await world.ask({ identity: other }, call)).toBe(refusal('pergola', {}, none));
    expect(await world.ask({ identity: [{ Action: `pergola:${operation}` }] }, call)).toBe(
      'allowed',
    );
  },
);

describe('calls of the API', () => {
  test('there are enough of them, each with a name of its own', () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  test.each(rows)('$name', async ({ call, input, expect: expected, ...who }) => {
    const [service = '', operation = ''] = call.split(':');
    const isWhole = expected === 'allowed' || /^[A-Z]\w+: /.test(expected);
    expect(await world.ask(who, { service: service as ServiceName, operation, input })).toBe(
      isWhole ? expected : refusal(service, who, expected),
    );
  });
});
