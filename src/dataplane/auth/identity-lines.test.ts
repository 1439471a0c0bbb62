import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import { identityLines } from './identity-lines.ts';

const ARN = 'arn:aws:sts::111122223333:assumed-role/checkout/i-1';

const aCaller = (caller: Partial<Caller> = {}): Caller => ({
  principal: {
    kind: 'roleSession',
    arn: ARN,
    roleArn: 'arn:aws:iam::111122223333:role/checkout',
    accountId: '111122223333',
  },
  accessKeyId: 'ASIACHECKOUT34567234',
  accountId: '111122223333',
  type: 'AssumedRole',
  sessionName: 'i-1',
  organizationId: 'o-shop123456',
  organizationPath: 'o-shop123456/r-ab12/',
  tags: new Map(),
  keys: new Map(),
  layers: [],
  ...caller,
});

const tagsOf = (tags: readonly (readonly [string, string])[]): string => {
  const caller = aCaller({ tags: new Map(tags) });
  return (
    identityLines(caller).split('\r\n')[2]?.split('principalorgpath=o-shop123456/r-ab12/')[1] ?? ''
  );
};

describe('what a target is told of a caller', () => {
  test('is who it is, and its tags', () => {
    expect(identityLines(aCaller({ tags: new Map([['team', 'orders']]) }))).toBe(
      `\r\nx-amzn-lattice-identity: Principal=${ARN}; PrincipalOrgID=o-shop123456; ` +
        'PrincipalOrgPaths=o-shop123456/r-ab12/; SessionName=i-1; Type=AWS_IAM' +
        `\r\nx-amzn-lattice-identity-tags: principal=${ARN};principalorgid=o-shop123456;` +
        'principalorgpath=o-shop123456/r-ab12/;team=orders',
    );
  });

  test('keeps the keys of what there is not', () => {
    const arn = 'arn:aws:iam::111122223333:user/alice';
    const caller = aCaller({
      principal: { kind: 'user', arn, accountId: '111122223333' },
      sessionName: undefined,
      organizationId: undefined,
      organizationPath: undefined,
    });
    expect(identityLines(caller)).toBe(
      `\r\nx-amzn-lattice-identity: Principal=${arn}; PrincipalOrgID=; PrincipalOrgPaths=; SessionName=; Type=AWS_IAM` +
        `\r\nx-amzn-lattice-identity-tags: principal=${arn};principalorgid=;principalorgpath=`,
    );
  });

  test.each([
    { name: 'a separator in the path of a user', arn: 'user/x;PrincipalOrgID=o-evil;/bob' },
    { name: 'a backslash before it', arn: 'user/x\\;PrincipalOrgID=o-evil;/bob' },
  ])('adds nothing by $name', ({ arn }) => {
    const principal = { kind: 'user', arn: `arn:aws:iam::1:${arn}`, accountId: '1' } as const;
    const [, identity = '', tags = ''] = identityLines(aCaller({ principal })).split('\r\n');
    for (const line of [identity, tags]) {
      const fields = line.match(/(?:\\.|[^;\\])+/g) ?? [];
      const ids = fields.filter((field) => /^ ?principalorgid=/i.test(field));
      expect(ids.map((field) => field.split('=')[1])).toEqual(['o-shop123456']);
    }
  });

  test('escapes the name of a session and the organisation, too', () => {
    const caller = aCaller({
      sessionName: 's;a',
      organizationId: 'o;b',
      organizationPath: 'p;c\\',
    });
    expect(identityLines(caller)).toBe(
      `\r\nx-amzn-lattice-identity: Principal=${ARN}; PrincipalOrgID=o\\;b; PrincipalOrgPaths=p\\;c\\\\; SessionName=s\\;a; Type=AWS_IAM` +
        `\r\nx-amzn-lattice-identity-tags: principal=${ARN};principalorgid=o\\;b;principalorgpath=p\\;c\\\\`,
    );
  });

  test('is made once', () => {
    const tags = new Map([['a', '1']]);
    const caller = aCaller({ tags });
    const lines = identityLines(caller);
    tags.set('a', '2');
    expect(identityLines(caller)).toBe(lines);
  });

  test.each([
    {
      name: 'separators in a value are escaped',
      tags: [['a', 'x;admin=1']],
      expected: ';a=x\\;admin=1',
    },
    {
      name: 'a backslash cannot take the separator',
      tags: [
        ['a', 'x\\'],
        ['b', '1'],
      ],
      expected: ';a=x\\\\;b=1',
    },
    { name: 'nor undo an escape', tags: [['a', 'x\\;b=1']], expected: ';a=x\\\\\\;b=1' },
    {
      name: 'a name with a sign stays one name',
      tags: [['admin=1', 'x']],
      expected: ';admin\\=1=x',
    },
    {
      name: 'tags that would name another caller are left out',
      tags: [
        ['principal', 'root'],
        ['PrincipalOrgID', 'o-x'],
        ['principalorgpath', 'p'],
        ['principal ', 'root'],
        ['\u00a0Principal\u200b', 'root'],
        ['ｐrincipal', 'root'],
        ['princi\tpal', 'root'],
        ['a', '1'],
      ],
      expected: ';a=1',
    },
    { name: 'other letters are UTF-8', tags: [['a', 'é']], expected: ';a=\u00c3\u00a9' },
    {
      name: 'lines cannot be ended',
      tags: [['a\r', '1\r\nx-admin: 1\u0000\u0085']],
      expected: ';a?=1??x-admin: 1??',
    },
  ] as const)('$name', ({ tags, expected }) => {
    expect(tagsOf(tags)).toBe(expected);
  });

  test('is two lines that a parser takes, whatever the tags are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))),
        (tags) => {
          const lines = identityLines(aCaller({ tags: new Map(tags) }));
          expect(lines).toMatch(
            /^\r\nx-amzn-lattice-identity: [\x20-\x7e]+\r\nx-amzn-lattice-identity-tags: [\x20-\x7e\x80-\xff]+$/,
          );
        },
      ),
    );
  });
});
