import { pageOfTexts } from './tag-texts.ts';
import { taggingRead } from './tagging-operation.ts';

export const getTagValues = taggingRead<'GetTagValues'>(async (tx, input, { caller }) => {
  const { Key: key } = input;
  const scope = { accountId: caller.accountId, operation: 'GetTagValues', filter: { key } };
  const page = await pageOfTexts(tx, scope, input.PaginationToken, (tags) =>
    Object.hasOwn(tags, key) ? [tags[key] as string] : [],
  );
  return { PaginationToken: page.token, TagValues: page.texts };
});
