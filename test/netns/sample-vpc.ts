export const SUBNET = { cidrBlock: '10.0.1.0/24', ipv6CidrBlock: 'fd00:1:2:3::/64' };
export const INSTANCE = 'i-0123456789abcdef0';
export const HOSTS = { 4: '10.0.1.10', 6: 'fd00:1:2:3::10' } as const;

/** For tests: a VPC in a service network, with one instance. */
export const VPC = {
  id: 'vpc-1',
  cidrBlock: '10.0.0.0/16',
  isAssociated: true,
  subnets: [SUBNET],
  instances: [
    {
      id: INSTANCE,
      networkInterfaceId: 'eni-1',
      privateIpAddress: HOSTS[4],
      ipv6Address: HOSTS[6],
      subnet: SUBNET,
    },
  ],
};
