import { describe, expect, test } from 'vitest';
import { placeIn } from './explain-path.ts';

describe('the place of --from', () => {
  const portals = [
    { vpcId: 'vpc-1', name: 'team', networks: [] },
    { vpcId: 'vpc-2', name: 'team/lb', networks: [] },
    { vpcId: 'vpc-3', name: 'twin/a', networks: [] },
    { vpcId: 'vpc-4', name: 'twin/a', networks: [] },
  ];

  test.each([
    { name: 'an id', text: 'vpc-1', place: { vpcId: 'vpc-1' } },
    { name: 'a name', text: 'team', place: { vpcId: 'vpc-1' } },
    {
      name: 'a name and an address',
      text: 'team/fd00::7',
      place: { vpcId: 'vpc-1', from: 'fd00::7' },
    },
    { name: 'a name with a slash', text: 'team/lb', place: { vpcId: 'vpc-2' } },
    {
      name: 'a name with a slash, and an address',
      text: 'team/lb/10.0.0.7',
      place: { vpcId: 'vpc-2', from: '10.0.0.7' },
    },
  ])('may be $name', ({ text, place }) => {
    expect(placeIn(text, portals)).toEqual(place);
  });

  test.each([
    { text: 'none/10.0.0.7', error: 'no VPC has the id or name `none`' },
    { text: 'team/', error: '`team/` has no address behind the slash: give VPC/ADDRESS' },
    { text: 'twin/a', error: 'several VPCs have the name `twin/a`' },
  ])('cannot be $text', ({ text, error }) => {
    expect(() => placeIn(text, portals)).toThrow(error);
  });
});
