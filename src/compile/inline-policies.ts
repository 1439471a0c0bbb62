import type { InlinePolicy } from '../lattice/identity.ts';
import type { NamedPolicyPart } from '../snapshot/parts.ts';

/** Copies: parts get frozen, documents are not ours. */
export const inlinePolicies = (entity: {
  readonly inlinePolicies: readonly InlinePolicy[];
}): NamedPolicyPart[] => entity.inlinePolicies.map(({ name, document }) => ({ name, document }));
