import { describe, expect, test } from 'vitest';
import { BUILDERS } from '../../compile/builders.ts';
import { aListener, aMembership, aService, aVpc } from '../../dataplane/sample-parts.ts';
import type { Change } from '../../lattice/documents.ts';
import type { Subnet } from '../../lattice/vpc.ts';
import type { Part, SnapshotDelta } from '../../snapshot/parts.ts';
import { WantedNetworks } from './wanted-networks.ts';

const subnet: Subnet = {
  ...BUILDERS.vpc({}),
  id: 'subnet-1',
  vpcId: 'vpc-1',
  cidrBlock: '10.0.1.0/24',
  availabilityZone: 'us-west-2a',
  mapPublicIpOnLaunch: false,
  assignIpv6AddressOnCreation: false,
};

const delta = (upsert: readonly Part[], remove: readonly string[] = []): SnapshotDelta => ({
  revision: 1,
  full: false,
  upsert,
  remove,
});

const setUp = () => {
  const wanted = new WantedNetworks();
  wanted.put({ kind: 'vpc', id: 'vpc-1', after: BUILDERS.vpc({}) });
  wanted.put({ kind: 'subnet', id: subnet.id, after: subnet });
  wanted.put({ kind: 'instance', id: 'i-1', after: BUILDERS.instance({}) });
  wanted.apply(
    delta([
      aVpc(),
      aMembership(),
      aService({ listeners: [aListener({ port: 80 }), aListener({ id: 'l-2', port: 8080 })] }),
    ]),
  );
  wanted.takeTouched();
  return wanted;
};

const put = (wanted: WantedNetworks, change: Change) => {
  wanted.put(change);
  return wanted.takeTouched();
};
const apply = (wanted: WantedNetworks, change: SnapshotDelta) => {
  wanted.apply(change);
  return wanted.takeTouched();
};
const portsOf = (wanted: WantedNetworks) => [...(wanted.of('vpc-1')?.ports ?? [])];

describe('what is wanted of a VPC', () => {
  test('has its machines, and the ports of the services of its network', () => {
    const wanted = setUp();
    expect(wanted.of('vpc-1')).toMatchObject({
      network: {
        id: 'vpc-1',
        isAssociated: true,
        subnets: [{ cidrBlock: '10.0.1.0/24' }],
        instances: [{ id: 'i-1', subnet: { cidrBlock: '10.0.1.0/24' } }],
      },
      ports: new Set([80, 8080]),
    });
    expect(wanted.of('vpc-2')).toBeUndefined();
  });

  test('is neither where it is in no network', () => {
    const wanted = setUp();
    expect(apply(wanted, delta([{ ...aVpc(), networkId: undefined } as never]))).toEqual(['vpc-1']);
    expect(wanted.of('vpc-1')).toMatchObject({
      network: { isAssociated: false },
      ports: new Set(),
    });
  });

  test('follows listeners and associations of services, and nothing else of them', () => {
    const wanted = setUp();
    const service = aService({ listeners: [aListener({ port: 80 })] });
    expect(apply(wanted, delta([service]))).toEqual(['vpc-1']);
    expect(portsOf(wanted)).toEqual([80]);
    expect(apply(wanted, delta([{ ...service, name: 'renamed' }]))).toEqual([]);
    const { id } = aMembership();
    expect(apply(wanted, delta([], [`membership/${id}`]))).toEqual(['vpc-1']);
    expect(portsOf(wanted)).toEqual([]);
    expect(apply(wanted, delta([aMembership()]))).toEqual(['vpc-1']);
    expect(portsOf(wanted)).toEqual([80]);
  });

  test('of a full snapshot is only what is in that', () => {
    const wanted = setUp();
    expect(apply(wanted, { ...delta([aVpc()]), full: true })).toEqual(['vpc-1']);
    expect(portsOf(wanted)).toEqual([]);
  });

  test('has no instance that was terminated', () => {
    const wanted = setUp();
    const after = BUILDERS.instance({ terminatedAt: '2026-01-01T00:00:01.000Z' });
    expect(put(wanted, { kind: 'instance', id: 'i-1', after })).toEqual(['vpc-1']);
    expect(wanted.of('vpc-1')?.network.instances).toEqual([]);
  });

  test('is nothing once the VPC is gone', () => {
    const wanted = setUp();
    expect(put(wanted, { kind: 'vpc', id: 'vpc-1', before: BUILDERS.vpc({}) })).toEqual(['vpc-1']);
    expect(wanted.of('vpc-1')).toBeUndefined();
  });
});
