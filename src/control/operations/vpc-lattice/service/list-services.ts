import { listPage } from '../../../pagination.ts';
import { latticeRead } from '../shapes.ts';
import { serviceSummary } from './service-answer.ts';

export const listServices = latticeRead<'ListServices'>(async (tx, input, context) => {
  const { accountId } = context.caller;
  const page = await listPage(tx, 'service', { index: 'account', equals: accountId }, input, {
    accountId,
    operation: 'ListServices',
  });
  return { ...page, items: page.items.map(serviceSummary) };
});
