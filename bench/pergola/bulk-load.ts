import { openDataFolder } from '../../src/app/data-folder.ts';
import { loadSettings } from '../../src/app/settings.ts';
import { ensureFirstAccount } from '../../src/control/accounts.ts';
import type { NotBuilt, Operation, RequestContext } from '../../src/control/operation.ts';
import { ec2Operations } from '../../src/control/operations/ec2/registry.ts';
import { iamOperations } from '../../src/control/operations/iam/registry.ts';
import { pergolaOperations } from '../../src/control/operations/pergola/registry.ts';
import { vpcLatticeOperations } from '../../src/control/operations/vpc-lattice/registry.ts';
import { randomId } from '../../src/lattice/ids.ts';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import type { Store, WriteTransaction } from '../../src/store/store.ts';

const OPERATIONS = {
  ...ec2Operations,
  ...iamOperations,
  ...pergolaOperations,
  ...vpcLatticeOperations,
};
type Operations = typeof OPERATIONS;

/** Names of the operations that write and are built. */
type WriteName = {
  [N in keyof Operations]: Exclude<Operations[N], NotBuilt> extends never ? never : N;
}[keyof Operations];
type InputOf<N extends WriteName> =
  Exclude<Operations[N], NotBuilt> extends Operation<infer Input, infer _> ? Input : never;
type OutputOf<N extends WriteName> =
  Exclude<Operations[N], NotBuilt> extends Operation<infer _, infer Output> ? Output : never;

/** Runs one operation of the API, in the transaction that is open. */
export type Call = <N extends WriteName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>;

/**
 * Runs the API's own operations on the store of a data folder on which no Pergola runs, many in one
 * transaction: the documents are exactly those that calls of the API would have made, without the
 * HTTP, the signatures and the wait for the disk of each call.
 */
export class BulkLoad {
  readonly #store: Store;
  readonly #context: RequestContext;
  readonly #unlock: () => void;

  private constructor(store: Store, context: RequestContext, unlock: () => void) {
    this.#store = store;
    this.#context = context;
    this.#unlock = unlock;
  }

  static async open(dataDir: string): Promise<BulkLoad> {
    const folder = openDataFolder(dataDir);
    const { control: settings } = await loadSettings({ data: dataDir });
    const store = await openSqliteStore({ file: folder.storeFile });
    await ensureFirstAccount(store, new Date());
    const accountId = await store.read(
      async (tx) => (await tx.findUnique('account', 'name', 'default'))?.id ?? '',
    );
    const context: RequestContext = {
      caller: { accountId, principalArn: `arn:aws:iam::${accountId}:root`, accessKeyId: '' },
      requestId: 'bench',
      now: new Date(),
      settings,
      newId: randomId,
      targetHealth: { read: () => undefined },
    };
    return new BulkLoad(store, context, () => folder.unlock());
  }

  /** All calls of `run` are one transaction. */
  async transaction<T>(run: (call: Call) => Promise<T>): Promise<T> {
    const { value } = await this.#store.write((tx) =>
      run(async (name, input) => {
        const operation = OPERATIONS[name] as Operation<typeof input, never> | NotBuilt;
        if (operation.kind !== 'write') throw new Error(`${name} is not a write`);
        return operation.run(tx as WriteTransaction, input, this.#context);
      }),
    );
    return value;
  }

  async close(): Promise<void> {
    await this.#store.close();
    this.#unlock();
  }
}
