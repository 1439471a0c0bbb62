import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { commandName } from './command-name.ts';
import { nextCommand } from './next-command.ts';

describe('the command to type next', () => {
  const cases = [
    {
      name: 'names a folder that is not found without',
      dir: '/srv/pergola',
      expected: 'status --data /srv/pergola',
    },
    {
      name: 'names a folder below this one as seen from here',
      dir: join(process.cwd(), 'data/one'),
      expected: 'status --data data/one',
    },
    {
      name: 'leaves the usual folder out',
      dir: join(process.cwd(), '.pergola'),
      expected: 'status',
    },
    {
      name: 'quotes what a shell would take apart',
      dir: "/srv/it's $HOME",
      expected: "status --data '/srv/it'\\''s $HOME'",
    },
  ];
  test.each(cases)('$name', ({ dir, expected }) => {
    expect(nextCommand(dir, 'status')).toBe(`${commandName()} ${expected}`);
  });

  test('puts the folder between the command and its words, and quotes these', () => {
    expect(nextCommand('/srv', 'account create', 'a b')).toBe(
      `${commandName()} account create --data /srv 'a b'`,
    );
  });

  test('names the folder of PERGOLA_DATA: another terminal may not have it', () => {
    vi.stubEnv('PERGOLA_DATA', '/srv');
    try {
      expect(nextCommand('/srv', 'status')).toContain(' --data /srv');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
