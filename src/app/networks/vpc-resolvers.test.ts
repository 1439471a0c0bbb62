import { expect, test } from 'vitest';
import { VpcResolvers } from './vpc-resolvers.ts';

test('each address is opened once, and all of a VPC are closed with it', () => {
  const open = new Set<string>();
  const told: string[] = [];
  const resolvers = new VpcResolvers({
    open: (vpcId, address) => {
      if (address === 'taken') throw new Error('address taken cannot be had');
      open.add(`${vpcId} ${address}`);
      const handle = { getsockname: () => 0, close: () => {} };
      return { udp: handle, tcp: handle, close: () => void open.delete(`${vpcId} ${address}`) };
    },
    acceptor: {
      resolve: (vpcId, address) => void told.push(`resolve ${vpcId} ${address}`),
      unresolve: (vpcId, address) => void told.push(`unresolve ${vpcId} ${address}`),
    },
  });
  expect(() => resolvers.open('vpc-1', ['10.0.0.2', 'taken'])).toThrow('cannot be had');
  resolvers.open('vpc-1', ['10.0.0.2', '169.254.169.253']);
  resolvers.open('vpc-2', ['10.0.0.2']);
  expect(open).toEqual(new Set(['vpc-1 10.0.0.2', 'vpc-1 169.254.169.253', 'vpc-2 10.0.0.2']));
  resolvers.close('vpc-1');
  resolvers.close('vpc-1');
  expect(open).toEqual(new Set(['vpc-2 10.0.0.2']));
  expect(told.slice(3)).toEqual(['unresolve vpc-1 10.0.0.2', 'unresolve vpc-1 169.254.169.253']);
});
