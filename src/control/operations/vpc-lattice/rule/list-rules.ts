import { listPage } from '../../../pagination.ts';
import { resolveListener } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { ruleSummary } from './rule-answer.ts';

export const listRules = latticeRead<'ListRules'>(async (tx, input, context) => {
  const { listener } = await resolveListener(tx, input, context);
  const page = await listPage(tx, 'rule', { index: 'listener', equals: listener.id }, input, {
    accountId: context.caller.accountId,
    operation: 'ListRules',
    filter: { listener: listener.id },
  });
  return { ...page, items: page.items.map(ruleSummary) };
});
