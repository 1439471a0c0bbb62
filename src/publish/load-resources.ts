import { COMPILED_KINDS, type CompiledKind, type Resources } from '../compile/resources.ts';
import type { Documents } from '../lattice/documents.ts';
import type { Store } from '../store/store.ts';

export interface LoadedResources {
  readonly resources: Resources;
  readonly revision: number;
}

/** All documents that the compiler needs, as they are at one revision. */
export const loadResources = (store: Store): Promise<LoadedResources> =>
  store.read(async (tx) => {
    // No write runs during a read, so this is the revision of what is read.
    const revision = store.revision();
    const resources: { [K in CompiledKind]?: readonly Documents[K][] } = {};
    const load = async <K extends CompiledKind>(kind: K) => {
      const { items } = await tx.list(kind);
      Object.assign(resources, { [kind]: items });
    };
    for (const kind of COMPILED_KINDS) await load(kind);
    return { resources, revision };
  });
