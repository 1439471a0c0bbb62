/**
 * Program of the crash test: writes transactions without end and prints the number of each once
 * it is acknowledged. Every transaction inserts a pair of accounts and moves a counter on.
 * Usage: node crash-writer.ts FILE
 */
import { writeSync } from 'node:fs';
import type { Account } from '../lattice/account.ts';
import { openSqliteStore } from './sqlite/sqlite-store.ts';

const account = (id: string, name: string): Account => ({
  id,
  accountId: id,
  name,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastUpdatedAt: '2026-01-01T00:00:00.000Z',
});

const file = process.argv[2];
if (!file) throw new Error('usage: node crash-writer.ts FILE');
const store = await openSqliteStore({ file });
await store.write((tx) => tx.insert('account', account('counter', 'count-0')));
for (let number = 1; ; number += 1) {
  await store.write(async (tx) => {
    await tx.insert('account', account(`left-${number}`, `left-${number}`));
    // Lets signals and other work in, so that a kill can also fall into a transaction.
    await new Promise(setImmediate);
    await tx.insert('account', account(`right-${number}`, `right-${number}`));
    await tx.update('account', account('counter', `count-${number}`));
  });
  writeSync(1, `${number}\n`);
}
