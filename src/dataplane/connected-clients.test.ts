import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConnectedClient, ConnectedClients } from './connected-clients.ts';

const aClient = (): ConnectedClient => ({ drain: () => {}, destroy: () => {} });

/** Lets clients of a VPC in until there is no room. @returns how many came in */
const fill = (clients: ConnectedClients, vpcId: string): number => {
  let count = 0;
  for (; clients.hasRoomFor(vpcId); count += 1) clients.add(vpcId, 'sn-1', aClient());
  return count;
};

/** Of several VPCs. */
const shared = (most: number): ConnectedClients => {
  const clients = new ConnectedClients(most);
  clients.isShared = true;
  return clients;
};

describe('room for clients', () => {
  test('is all there is for the only VPC', () => {
    expect(fill(new ConnectedClients(100), 'vpc-1')).toBe(100);
  });

  test('is half of it for one of several, and half of the rest for the next', () => {
    const clients = shared(100);
    expect(['vpc-1', 'vpc-2', 'vpc-3'].map((id) => fill(clients, id))).toEqual([50, 25, 13]);
  });

  test('becomes the same for all that want it while their clients come and go', () => {
    const clients = shared(120);
    const present = new Map<string, ConnectedClient[]>();
    const come = (vpcId: string) => {
      if (!clients.hasRoomFor(vpcId)) return;
      const client = aClient();
      clients.add(vpcId, 'sn-1', client);
      present.set(vpcId, [...(present.get(vpcId) ?? []), client]);
    };
    for (let i = 0; i < 120; i += 1) come('vpc-1');
    for (let round = 0; round < 200; round += 1) {
      for (const [vpcId, [oldest]] of present) {
        clients.remove(vpcId, oldest!);
        present.get(vpcId)!.shift();
      }
      for (let i = 0; i < 120; i += 1) for (const id of ['vpc-1', 'vpc-2', 'vpc-3']) come(id);
    }
    const counts = [...present.values()].map(({ length }) => length);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(28);
    expect(Math.max(...counts)).toBeLessThanOrEqual(32);
  });

  test('is more than half for none, and for anybody while less than half is in use', () => {
    const ids = fc.constantFrom('vpc-1', 'vpc-2', 'vpc-3');
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.array(ids, { maxLength: 80 }),
        (most, all) => {
          const clients = shared(most);
          const held: Record<string, number> = {};
          for (const id of all) {
            const count = held[id] ?? 0;
            const total = Object.values(held).reduce((a, b) => a + b, 0);
            const isAdmitted = clients.hasRoomFor(id);
            if (total < most / 2) expect(isAdmitted).toBe(true);
            if (count >= most / 2) expect(isAdmitted).toBe(false);
            if (!isAdmitted) continue;
            clients.add(id, 'sn-1', aClient());
            held[id] = count + 1;
          }
          expect(Object.values(held).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
