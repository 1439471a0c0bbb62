import type { Tag } from '../../../../protocol/generated/route53.ts';
import type { Tags } from '../../../tags.ts';

/** Without a prototype: `__proto__` is a key like any other. */
export const tagsOf = (list: readonly Tag[] = []): Tags =>
  Object.assign(
    Object.create(null),
    ...list.map(({ Key = '', Value = '' }) => ({ [Key]: Value })),
  ) as Tags;
