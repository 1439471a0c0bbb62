import { removeListener } from '../../../lifecycle/remove.ts';
import { resolveListener } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';

export const deleteListener = latticeWrite<'DeleteListener'>(async (tx, input, context) => {
  const { service, listener } = await resolveListener(tx, input, context);
  requireSettled(service, 'SERVICE');
  await removeListener(tx, listener);
  return {};
});
