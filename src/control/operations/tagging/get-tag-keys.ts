import { pageOfTexts } from './tag-texts.ts';
import { taggingRead } from './tagging-operation.ts';

export const getTagKeys = taggingRead<'GetTagKeys'>(async (tx, input, { caller }) => {
  const scope = { accountId: caller.accountId, operation: 'GetTagKeys' };
  const page = await pageOfTexts(tx, scope, input.PaginationToken, Object.keys);
  return { PaginationToken: page.token, TagKeys: page.texts };
});
