import { changeWithId } from './changes.ts';
import { noSuchChange } from './errors.ts';
import { route53Read } from './route53-operation.ts';

export const getChange = route53Read<'GetChange'>(async (_tx, { Id }) => {
  const change = changeWithId(Id);
  if (change === undefined) throw noSuchChange(`Could not find resource with ID: ${Id}`);
  return { ChangeInfo: change };
});
