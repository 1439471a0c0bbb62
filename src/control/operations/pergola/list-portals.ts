import { pergolaRead } from './pergola-operation.ts';
import { portalSummaries } from './portal-summaries.ts';

export const listPortals = pergolaRead<'ListPortals'>(async (tx, _input, context) => ({
  items: await portalSummaries(tx, context),
}));
