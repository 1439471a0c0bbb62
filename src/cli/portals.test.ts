import { describe, expect, test } from 'vitest';
import { choosePortal } from './portals.ts';

describe('choosing the portal of a VPC', () => {
  const portals = [
    { vpcId: 'vpc-0000000000000000a', name: 'shop', url: 'http://127.0.0.1:7180', networks: [] },
    { vpcId: 'vpc-0000000000000000b', name: 'twin', url: 'http://127.0.0.1:7181', networks: [] },
    { vpcId: 'vpc-0000000000000000c', name: 'twin', url: 'http://127.0.0.1:7182', networks: [] },
    { vpcId: 'vpc-0000000000000000d', url: 'http://127.0.0.1:7183', networks: [] },
  ];

  test('goes by id or by name', () => {
    expect(choosePortal(portals, 'shop').url).toBe('http://127.0.0.1:7180');
    expect(choosePortal(portals, 'vpc-0000000000000000d').url).toBe('http://127.0.0.1:7183');
  });

  test('refuses a name that fits two, and names them', () => {
    expect(() => choosePortal(portals, 'twin')).toThrow(
      'several VPCs have the name `twin`: vpc-0000000000000000b, vpc-0000000000000000c; give one of the ids',
    );
  });

  test('takes the only one when none is named, and asks where there are several', () => {
    expect(choosePortal(portals.slice(0, 1), undefined).url).toBe('http://127.0.0.1:7180');
    expect(() => choosePortal(portals.slice(0, 2), undefined)).toThrow(
      'which VPC? give one of these to --vpc: vpc-0000000000000000a (shop), vpc-0000000000000000b (twin)',
    );
    expect(() => choosePortal([], undefined)).toThrow('there is no VPC yet; create one with: aws');
  });

  test('lists what there is for an unknown one', () => {
    expect(() => choosePortal(portals.slice(0, 1), 'cart')).toThrow(
      'no VPC has the id or name `cart`; there are: vpc-0000000000000000a (shop)',
    );
    expect(() => choosePortal([], 'cart')).toThrow('none; create one with: aws ec2 create-vpc');
  });
});
