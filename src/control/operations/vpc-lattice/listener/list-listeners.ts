import { listPage } from '../../../pagination.ts';
import { resolveResource } from '../resolve.ts';
import { latticeRead } from '../shapes.ts';
import { listenerSummary } from './listener-answer.ts';

export const listListeners = latticeRead<'ListListeners'>(async (tx, input, context) => {
  const service = await resolveResource(tx, 'service', input.serviceIdentifier, context);
  const page = await listPage(tx, 'listener', { index: 'service', equals: service.id }, input, {
    accountId: context.caller.accountId,
    operation: 'ListListeners',
    filter: { service: service.id },
  });
  return { ...page, items: page.items.map(listenerSummary) };
});
