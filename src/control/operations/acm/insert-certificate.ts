import type { Certificate } from '../../../lattice/certificate.ts';
import type { Tag } from '../../../protocol/generated/acm.ts';
import type { WriteTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { tagCertificate } from './certificate-tags.ts';
import { limitExceeded } from './errors.ts';

/** @throws ServiceError LimitExceededException, and what is wrong with the tags */
export const insertCertificate = async (
  tx: WriteTransaction,
  certificate: Certificate,
  tags: readonly Tag[] | undefined,
  context: RequestContext,
): Promise<void> => {
  const most = context.settings.quotas.certificatesPerRegion;
  const { accountId } = context.caller;
  const count = await tx.count('certificate', { index: 'account', equals: accountId });
  if (count >= most) {
    throw limitExceeded(
      `You have reached the maximum number of certificates (${most}). Delete certificates that are not in use, or raise \`quotas.certificatesPerRegion\` in settings.json of the data folder.`,
    );
  }
  await tx.insert('certificate', certificate);
  await tagCertificate(tx, certificate, tags, context);
};
