import { cidrContains, formatAddress, parseAddress } from '../../../lattice/cidr.ts';
import type { ExplainPathRequest } from '../../../protocol/generated/pergola.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { invalidField } from '../../errors.ts';
import { interfaceOfInstance } from '../../interface-of-instance.ts';
import type { RequestContext } from '../../operation.ts';
import { ownersOfAddress } from './assert-may-map.ts';
import { type MappingPlace, mappingPlace } from './mapping-place.ts';

/**
 * The VPC in which a path begins. Participants of a VPC ask from what is theirs or nobody's, and what
 * is neither there nor theirs has one refusal, so that nobody learns where others are.
 *
 * @throws ResourceNotFoundException, ValidationException
 */
export const explainedPlace = async (
  tx: ReadTransaction,
  { vpcId, from }: ExplainPathRequest,
  context: RequestContext,
): Promise<MappingPlace> => {
  const place = await mappingPlace(tx, vpcId ?? (await vpcIdOf(tx, from ?? '', context)), context);
  if (from === undefined || (await mayAskFrom(tx, from, place))) return place;
  throw invalidField(
    'from',
    `\`${from}\` is neither an address of the subnets of \`${place.vpc.id}\` that are shared with this account, nor an instance or network interface of it`,
  );
};

/** An instance or network interface says which VPC it is. */
const vpcIdOf = async (
  tx: ReadTransaction,
  from: string,
  context: RequestContext,
): Promise<string> => {
  const { accountId } = context.caller;
  const found = await findNamed(tx, from);
  if (found !== undefined) {
    const vpc = await tx.get('vpc', found.vpcId);
    const owners = [found.accountId, vpc?.accountId];
    if (owners.includes(accountId) || (await isOperator(tx, accountId))) return found.vpcId;
  }
  throw invalidField(
    'from',
    `\`${from}\` is neither an instance nor a network interface; give vpcId, too`,
  );
};

const mayAskFrom = async (
  tx: ReadTransaction,
  from: string,
  { vpc, blocks, participantId }: MappingPlace,
): Promise<boolean> => {
  if (participantId === undefined) return true;
  const address = parseAddress(from);
  if (address === undefined) {
    return (await findNamed(tx, from))?.accountId === participantId;
  }
  if (!blocks.some((block) => cidrContains(block, from))) return false;
  const owners = await ownersOfAddress(tx, vpc.id, formatAddress(address));
  return [...owners].every((owner) => owner === participantId);
};

/** Of whichever account. */
const findNamed = async (tx: ReadTransaction, id: string) =>
  (await tx.get('instance', id)) ??
  (await tx.get('networkInterface', id)) ??
  (await interfaceOfInstance(tx, id));
