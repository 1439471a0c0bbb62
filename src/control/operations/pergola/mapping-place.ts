import { cidrContains, formatAddress, parseAddress } from '../../../lattice/cidr.ts';
import { cidrsOf, type Vpc } from '../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { accessDenied, invalidField, notFound } from '../../errors.ts';
import type { RequestContext } from '../../operation.ts';
import { usableVpc } from '../../shared-subnets.ts';

/**
 * The VPC with this id that the caller may see: its own, or one in which it is a participant.
 *
 * @throws ResourceNotFoundException
 */
export const visibleVpc = async (
  tx: ReadTransaction,
  vpcId: string,
  context: RequestContext,
): Promise<Vpc> => {
  const isByOperator = await isOperator(tx, context.caller.accountId);
  const vpc = await (isByOperator ? tx.get('vpc', vpcId) : usableVpc(tx, vpcId, context));
  if (!vpc) throw notFound('VPC', vpcId, `there is no VPC \`${vpcId}\` in this account`);
  return vpc;
};

/**
 * The VPC with this id, of which the caller may say where addresses are. As a participant of another
 * account's VPC that would be the addresses of others, too.
 *
 * @throws ResourceNotFoundException
 */
export const mappableVpc = async (
  tx: ReadTransaction,
  vpcId: string,
  context: RequestContext,
): Promise<Vpc> => {
  const vpc = await visibleVpc(tx, vpcId, context);
  const { accountId } = context.caller;
  if (vpc.accountId === accountId || (await isOperator(tx, accountId))) return vpc;
  throw accessDenied(`only the owner of VPC \`${vpcId}\` can map its addresses`);
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
  const blocks = cidrsOf(vpc);
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
