import type { Certificate } from '../../../lattice/certificate.ts';
import type { Tag } from '../../../protocol/generated/acm.ts';
import { ServiceError } from '../../../protocol/service-error.ts';
import type { WriteTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { asTaggable } from '../../taggable.ts';
import { assertTags, putTags, type Tags } from '../../tags.ts';
import { invalidTag, tooManyTags } from './errors.ts';

/** A list of tags as a map; a tag without a value has an empty one. Without a prototype: `__proto__` is a key like any other. */
export const tagsOf = (list: readonly Tag[] = []): Tags =>
  Object.assign(
    Object.create(null),
    ...list.map(({ Key, Value }) => ({ [Key]: Value ?? '' })),
  ) as Tags;

/** @throws ServiceError InvalidTagException, TooManyTagsException */
export const tagCertificate = async (
  tx: WriteTransaction,
  certificate: Certificate,
  list: readonly Tag[] | undefined,
  context: RequestContext,
): Promise<void> => {
  if (list === undefined) return;
  const tags = tagsOf(list);
  // Beyond these two there is nothing wrong with tags.
  await refuse(invalidTag, async () => assertTags(tags));
  await refuse(tooManyTags, () => putTags(tx, asTaggable(certificate), tags, context));
};

/** The same refusal under ACM's code. */
const refuse = async (
  code: (message: string) => ServiceError,
  run: () => Promise<void>,
): Promise<void> => {
  try {
    await run();
  } catch (error) {
    throw error instanceof ServiceError ? code(error.message) : error;
  }
};
