import { QUOTA_CODES, type QuotaName } from '../../../lattice/quota-codes.ts';
import { quotaExceeded, type ResourceType } from '../../errors.ts';
import type { RequestContext } from '../../operation.ts';

/**
 * @param count how many there would be with what is asked for
 * @param within the resource that has room for so many only, when it is not the region
 * @throws ServiceQuotaExceededException
 */
export const requireQuota = (
  name: QuotaName,
  count: number,
  type: ResourceType,
  context: RequestContext,
  within?: string,
): void => {
  const most = context.settings.quotas[name];
  if (count <= most) return;
  const where = within === undefined ? 'this account and region' : within;
  throw quotaExceeded(
    QUOTA_CODES[name],
    type,
    `The quota of ${most} resources of type ${type} for ${where} has been exceeded. To raise it, set \`quotas.${name}\` in settings.json of the data folder.`,
    within,
  );
};
