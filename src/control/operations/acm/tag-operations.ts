import { readTags, removeTags } from '../../tags.ts';
import { acmRead, acmWrite, DONE } from './acm-operation.ts';
import { tagCertificate } from './certificate-tags.ts';
import { findCertificate } from './find-certificate.ts';

export const addTagsToCertificate = acmWrite<'AddTagsToCertificate'>(async (tx, input, context) => {
  const certificate = await findCertificate(tx, input.CertificateArn, context);
  await tagCertificate(tx, certificate, input.Tags, context);
  return DONE;
});

/** A tag that is named with a value goes only if it has that value. */
export const removeTagsFromCertificate = acmWrite<'RemoveTagsFromCertificate'>(
  async (tx, input, context) => {
    const { arn } = await findCertificate(tx, input.CertificateArn, context);
    const present = await readTags(tx, arn);
    const gone = input.Tags.filter(
      ({ Key, Value }) => Value === undefined || present[Key] === Value,
    );
    const keys = gone.map(({ Key }) => Key);
    await removeTags(tx, arn, keys, context);
    return DONE;
  },
);

export const listTagsForCertificate = acmRead<'ListTagsForCertificate'>(
  async (tx, input, context) => {
    const { arn } = await findCertificate(tx, input.CertificateArn, context);
    const tags = Object.entries(await readTags(tx, arn));
    return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
  },
);
