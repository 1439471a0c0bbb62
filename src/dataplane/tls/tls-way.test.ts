import { describe, expect, test } from 'vitest';
import type { ListenerProtocol } from '../../lattice/resources.ts';
import { aDelta, aListener, aMembership, aNetwork, aService, aVpc } from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';
import { findTlsWay } from './tls-way.ts';

const GENERATED = 'shop-0123456789abcdef0.7d67968.vpc-lattice-svcs.us-west-2.on.aws';

const stateWith = (protocol: ListenerProtocol): DataPlaneState => {
  const state = new DataPlaneState({ now: () => 0 });
  const service = aService({ listeners: [aListener({ port: 443, protocol })] });
  const membership = aMembership({ hosts: [GENERATED, 'shop.example'] });
  state.apply(aDelta([aVpc(), aNetwork(), membership, service]));
  return state;
};

describe('findTlsWay', () => {
  test.each<{
    name: string;
    protocol?: ListenerProtocol;
    vpcId?: string;
    port?: number;
    serverName: string;
    found: { service: boolean; listener: boolean };
  }>([
    { name: 'a custom name', serverName: 'shop.example', found: { service: true, listener: true } },
    { name: 'a generated name', serverName: GENERATED, found: { service: true, listener: true } },
    {
      name: 'a custom name that is passed through',
      protocol: 'TLS_PASSTHROUGH',
      serverName: 'shop.example',
      found: { service: true, listener: true },
    },
    {
      name: 'a generated name, which is not passed through',
      protocol: 'TLS_PASSTHROUGH',
      serverName: GENERATED,
      found: { service: true, listener: false },
    },
    { name: 'no name', serverName: '', found: { service: false, listener: false } },
    { name: 'a part of it', serverName: 'example', found: { service: false, listener: false } },
    {
      name: 'another port',
      port: 8443,
      serverName: 'shop.example',
      found: { service: true, listener: false },
    },
    {
      name: 'another VPC',
      vpcId: 'vpc-7',
      serverName: 'shop.example',
      found: { service: false, listener: false },
    },
  ])('$name', ({ protocol = 'HTTPS', vpcId = 'vpc-1', port = 443, serverName, found }) => {
    const { service, listener } = findTlsWay(stateWith(protocol), { vpcId, port, serverName });
    expect({ service: service !== undefined, listener: listener !== undefined }).toEqual(found);
  });
});
