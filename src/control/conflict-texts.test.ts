import { describe, expect, test } from 'vitest';
import type { Kind } from '../lattice/documents.ts';
import { SCHEMA } from '../store/schema.ts';
import { UniqueViolationError } from '../store/store.ts';
import { uniqueConflict } from './conflict-texts.ts';

const keys = Object.entries(SCHEMA).flatMap(([kind, { unique }]) =>
  [...Object.keys(unique), 'id'].map((key) => [kind as Kind, key] as const),
);

describe('a taken unique key', () => {
  test.each(keys)('%s %s says "already exist"', (kind, key) => {
    const { code, statusCode, message, members } = uniqueConflict(
      'vpc-lattice',
      new UniqueViolationError(kind, key, 'value', 'holder-1'),
    );
    expect([code, statusCode]).toEqual(['ConflictException', 409]);
    expect(message).toContain('already exist');
    expect(members).toEqual({
      resourceId: 'holder-1',
      resourceType: expect.stringMatching(/^[A-Z_]+$/),
    });
  });

  test('has its own code in EC2', () => {
    const error = new UniqueViolationError('securityGroup', 'name', 'vpc-1/web', 'sg-1');
    expect(uniqueConflict('ec2', error)).toMatchObject({
      code: 'InvalidGroup.Duplicate',
      statusCode: 400,
      members: {},
    });
  });
});
