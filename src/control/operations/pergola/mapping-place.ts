import { cidrContains, formatAddress, parseAddress } from '../../../lattice/cidr.ts';
import type { Vpc } from '../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { invalidField, notFound } from '../../errors.ts';
import type { Caller } from '../../operation.ts';

/** @throws ResourceNotFoundException when there is no such VPC that the caller may see */
export const visibleVpc = async (
  tx: ReadTransaction,
  vpcId: string,
  caller: Caller,
): Promise<Vpc> => {
  const vpc = await tx.get('vpc', vpcId);
  const isVisible = vpc?.accountId === caller.accountId || (await isOperator(tx, caller.accountId));
  if (!vpc || !isVisible) {
    throw notFound('VPC', vpcId, `there is no VPC \`${vpcId}\` in this account`);
  }
  return vpc;
};

/**
 * The address in the one form under which it is kept.
 *
 * @throws ValidationException for what is neither an instance id nor an IP address of the VPC
 */
export const mappedAddress = (address: string, vpc: Vpc): string => {
  if (/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(address)) return address;
  const parsed = parseAddress(address);
  if (!parsed) {
    throw invalidField(
      'address',
      `\`${address}\` is neither an IP address nor an instance id such as i-0123456789abcdef0`,
    );
  }
  const blocks = [vpc.cidrBlock, vpc.ipv6CidrBlock].filter((block) => block !== undefined);
  if (!blocks.some((block) => cidrContains(block, address))) {
    throw invalidField(
      'address',
      `\`${address}\` is outside of the VPC \`${vpc.id}\`, which has ${blocks.join(' and ')}`,
    );
  }
  return formatAddress(parsed);
};

export const mappingId = (vpcId: string, address: string, port: number | undefined): string =>
  port === undefined ? `${vpcId}/${address}` : `${vpcId}/${address}/${port}`;
