import type { SessionTokenKey } from '../../lattice/identity.ts';
import { newKey, newKeyId } from '../../session-token/seal.ts';
import type { ReadTransaction, WriteTransaction } from '../../store/store.ts';

const HOUR_MS = 60 * 60 * 1000;

/** How long a key seals new tokens. */
const ROTATE_AFTER_MS = 24 * HOUR_MS;

/** How long it opens old ones after that: the longest session of AWS, and an hour for clocks that differ. */
const KEEP_MS = 37 * HOUR_MS;

/**
 * The key that seals tokens now. The first token after a day makes the next key, and takes away
 * those of which no token can be alive: keys rotate with their use, and nothing has to run for it.
 */
export const sealingKey = async (tx: WriteTransaction, now: Date): Promise<SessionTokenKey> => {
  const { items } = await tx.list('sessionTokenKey');
  const newest = items.at(-1);
  if (newest && now.getTime() - Date.parse(newest.createdAt) < ROTATE_AFTER_MS) return newest;
  for (const { id, createdAt } of items) {
    if (now.getTime() - Date.parse(createdAt) > ROTATE_AFTER_MS + KEEP_MS) {
      await tx.delete('sessionTokenKey', id);
    }
  }
  const key: SessionTokenKey = {
    id: newKeyId(),
    accountId: '',
    secret: Buffer.from(newKey()).toString('base64'),
    createdAt: now.toISOString(),
    lastUpdatedAt: now.toISOString(),
  };
  await tx.insert('sessionTokenKey', key);
  return key;
};

/** The bytes of a key, by id; undefined when it is not, or no longer, there. */
export const openingKey = async (
  tx: ReadTransaction,
  keyId: string,
): Promise<Uint8Array | undefined> => {
  const key = await tx.get('sessionTokenKey', keyId);
  return key && Buffer.from(key.secret, 'base64');
};
