import { describe, expect, test } from 'vitest';
import { type OrganizationSettings, organizationPlace } from './organization.ts';

const policy = (name: string, ...targets: string[]) => ({ name, targets, document: '{}' });
const organization: OrganizationSettings = {
  id: 'o-a1b2c3d4e5',
  accounts: {
    shop: 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/',
    '444455556666': 'o-a1b2c3d4e5/r-ab12/',
  },
  serviceControlPolicies: [
    policy('root', 'r-ab12'),
    policy('inner', 'ou-ab12-22222222', 'ou-ab12-33333333'),
    policy('other', 'ou-ab12-33333333'),
    policy('by id', '111122223333'),
    policy('by name', 'shop'),
  ],
};
const shop = { id: '111122223333', name: 'shop' };

describe('the place of an account', () => {
  test('has the policies of every level, from the root down', () => {
    const place = organizationPlace(organization, shop);
    expect(place?.organizationId).toBe('o-a1b2c3d4e5');
    expect(place?.path).toBe(organization.accounts['shop']);
    expect(place?.serviceControlPolicies.map((level) => level.map(({ name }) => name))).toEqual([
      ['root'],
      ['inner'],
      ['by id', 'by name'],
    ]);
  });

  test('is found by the id of the account as well', () => {
    const place = organizationPlace(organization, { id: '444455556666', name: 'x' });
    expect(place?.path).toBe('o-a1b2c3d4e5/r-ab12/');
  });

  test('is none outside the organisation, or without one', () => {
    expect(organizationPlace(organization, { id: '999988887777', name: 'x' })).toBeUndefined();
    expect(organizationPlace(organization, { id: '1', name: 'constructor' })).toBeUndefined();
    expect(organizationPlace(undefined, shop)).toBeUndefined();
  });
});
