import type { Store } from '../store/store.ts';
import { DataFolderError } from './data-folder.ts';

export interface RegionChoice {
  /** The data folder, for the text of the error. */
  readonly dir: string;
  /** What `--region` says; undefined: not given. */
  readonly asked: string | undefined;
  /** For a store that is new, when none is asked for. */
  readonly initial: string;
  readonly now: Date;
}

/**
 * The region of a store: chosen at its first start and kept, since every ARN in it names it.
 * @throws DataFolderError when another one is asked for; nothing is changed then.
 */
export const keepRegion = async (
  store: Store,
  { dir, asked, initial, now }: RegionChoice,
): Promise<string> => {
  const kept = await store.read(async (tx) => (await tx.list('region', { limit: 1 })).items[0]?.id);
  if (kept !== undefined) {
    if (asked !== undefined && asked !== kept) {
      throw new DataFolderError(
        `${dir} is of region ${kept}; start it without --region, or choose another data folder`,
      );
    }
    return kept;
  }
  const id = asked ?? initial;
  const at = now.toISOString();
  await store.write((tx) =>
    tx.insert('region', { id, accountId: '', createdAt: at, lastUpdatedAt: at }),
  );
  return id;
};
