import { cidrContains, formatAddress, parseAddress } from '../../../lattice/cidr.ts';
import { type AddressMapping, cidrsOf, type Vpc } from '../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { invalidField, notFound } from '../../errors.ts';
import type { RequestContext } from '../../operation.ts';
import { sharedSubnetsIn, usableVpc } from '../../shared-subnets.ts';

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

/** Where in a VPC the caller may say where addresses are. */
export interface MappingPlace {
  readonly vpc: Vpc;
  /** CIDR blocks: the VPC's, or for a participant those of the subnets that are shared with it. */
  readonly blocks: readonly string[];
  /** Whose mappings the caller makes, sees and takes away; absent: everybody's, as the VPC's owner or the operator. */
  readonly participantId?: string;
}

/** @throws ResourceNotFoundException for a VPC that the caller does not see */
export const mappingPlace = async (
  tx: ReadTransaction,
  vpcId: string,
  context: RequestContext,
): Promise<MappingPlace> => {
  const vpc = await visibleVpc(tx, vpcId, context);
  const { accountId } = context.caller;
  if (vpc.accountId === accountId || (await isOperator(tx, accountId))) {
    return { vpc, blocks: cidrsOf(vpc) };
  }
  const shared = await sharedSubnetsIn(tx, vpc.id, context);
  return { vpc, blocks: shared.flatMap(cidrsOf), participantId: accountId };
};

/**
 * The address in the one form under which it is kept.
 *
 * @throws ValidationException for what is neither an instance id nor an IP address there
 */
export const mappedAddress = (
  address: string,
  { vpc, blocks, participantId }: MappingPlace,
): string => {
  if (/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(address)) return address;
  const parsed = parseAddress(address);
  if (!parsed) {
    throw invalidField(
      'address',
      `\`${address}\` is neither an IP address nor an instance id such as i-0123456789abcdef0`,
    );
  }
  if (!blocks.some((block) => cidrContains(block, address))) {
    const where =
      participantId === undefined
        ? `the VPC \`${vpc.id}\`, which has`
        : `the subnets of the VPC \`${vpc.id}\` that are shared with this account, which have`;
    throw invalidField('address', `\`${address}\` is outside of ${where} ${blocks.join(' and ')}`);
  }
  return formatAddress(parsed);
};

export const mappingId = (vpcId: string, address: string, port: number | undefined): string =>
  port === undefined ? `${vpcId}/${address}` : `${vpcId}/${address}/${port}`;

/** Whether the caller sees the mapping and may take it away. */
export const isMappingOf = (
  { participantId }: MappingPlace,
  { accountId }: Pick<AddressMapping, 'accountId'>,
): boolean => participantId === undefined || accountId === participantId;
