import { expect, test } from 'vitest';
import { findTagKey, mergeTags } from './tags.ts';

test.each([
  { name: 'written like that', keys: ['Team', 'team'], wanted: 'team', found: 'team' },
  { name: 'in another case', keys: ['stage', 'TEAM'], wanted: 'Team', found: 'TEAM' },
  { name: 'in other cases: the first', keys: ['TEAM', 'Team'], wanted: 'team', found: 'TEAM' },
  { name: 'that is not there', keys: ['teams', 'tea'], wanted: 'team', found: undefined },
  { name: 'called like a member of objects', keys: [], wanted: 'constructor', found: undefined },
])('a tag $name', ({ keys, wanted, found }) => {
  expect(findTagKey(keys, wanted)).toBe(found);
});

test.each([
  { name: 'none of a session', ofSession: undefined, merged: { Team: 'shop', stage: 'one' } },
  {
    name: 'another',
    ofSession: { shift: 'late' },
    merged: { Team: 'shop', stage: 'one', shift: 'late' },
  },
  { name: 'the same', ofSession: { Team: 'ops' }, merged: { stage: 'one', Team: 'ops' } },
  {
    name: 'the same in another case',
    ofSession: { team: 'ops' },
    merged: { stage: 'one', team: 'ops' },
  },
])('tags of a role with $name', ({ ofSession, merged }) => {
  const tags = mergeTags({ Team: 'shop', stage: 'one' }, ofSession);
  expect(Object.fromEntries(tags)).toEqual(merged);
});
