import { parseArn } from '../../../lattice/arn.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { principalsIn } from './check-document.ts';
import { malformedPolicy } from './errors.ts';

/**
 * Users and roles that a trust policy names must exist, as on AWS; those of accounts that are not
 * here are taken as they are.
 *
 * @throws MalformedPolicyDocument naming the first one that is wrong
 */
export const checkPrincipals = async (tx: ReadTransaction, trustPolicy: string): Promise<void> => {
  for (const { type, value } of principalsIn(trustPolicy)) {
    const isGood =
      type === 'AWS' ? await isAwsPrincipal(tx, value) : ['Federated', 'Service'].includes(type);
    if (!isGood) {
      throw malformedPolicy(`Invalid principal in policy: "${type}":"${value.slice(0, 200)}"`);
    }
  }
};

const isAwsPrincipal = async (tx: ReadTransaction, value: string): Promise<boolean> => {
  if (value === '*' || /^\d{12}$/.test(value)) return true;
  const arn = parseArn(value);
  if (!arn || !/^\d{12}$/.test(arn.accountId) || arn.region !== '') return false;
  if (arn.service === 'sts') return /^assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+$/.test(arn.resource);
  if (arn.service !== 'iam') return false;
  if (arn.resource === 'root' || !(await tx.get('account', arn.accountId))) {
    return /^(?:root|(?:user|role)\/.+)$/.test(arn.resource);
  }
  if (arn.resource.startsWith('user/')) {
    return (await tx.findUnique('iamUser', 'arn', value)) !== undefined;
  }
  return (
    arn.resource.startsWith('role/') && (await tx.findUnique('iamRole', 'arn', value)) !== undefined
  );
};
