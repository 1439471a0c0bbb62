import { defaultNetworkAcl } from '../../../../lattice/network-acl.ts';
import type { NetworkAcl, Subnet, Vpc } from '../../../../lattice/vpc.ts';
import type { ReadTransaction, WriteTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { derivedId } from '../derived-id.ts';
import { ec2Error } from '../errors.ts';
import { assertIdForm } from '../owned.ts';
import { vpcsOf } from '../vpcs/vpcs-of.ts';

/** All ACLs of a VPC, the default one first, which is kept once it was changed. */
export const aclsIn = async (tx: ReadTransaction, vpc: Vpc): Promise<readonly NetworkAcl[]> => {
  const { items } = await tx.list('networkAcl', { index: 'vpc', equals: vpc.id });
  const kept = items.find(({ isDefault }) => isDefault);
  return [kept ?? defaultNetworkAcl(vpc), ...items.filter((acl) => acl !== kept)];
};

/**
 * The caller's ACL with this id.
 *
 * @throws InvalidNetworkAclID.NotFound, InvalidNetworkAclID.Malformed
 */
export const findAcl = async (
  tx: ReadTransaction,
  id: string,
  context: RequestContext,
): Promise<NetworkAcl> => {
  assertIdForm('networkAcl', id);
  const kept = await tx.get('networkAcl', id);
  if (kept?.accountId === context.caller.accountId) return kept;
  const vpcs = await vpcsOf(tx, undefined, context);
  const vpc = vpcs.find(({ defaultNetworkAclId }) => defaultNetworkAclId === id);
  if (vpc === undefined) {
    throw ec2Error('InvalidNetworkAclID.NotFound', `The networkAcl ID '${id}' does not exist`);
  }
  return defaultNetworkAcl(vpc);
};

/** Keeps an ACL with other entries. */
export const keepEntries = async (
  tx: WriteTransaction,
  acl: NetworkAcl,
  entries: NetworkAcl['entries'],
  context: RequestContext,
): Promise<void> => {
  const changed: NetworkAcl = {
    ...acl,
    lastUpdatedAt: context.now.toISOString(),
    entries: entries.toSorted(
      (a, b) => Number(a.isEgress) - Number(b.isEgress) || a.ruleNumber - b.ruleNumber,
    ),
  };
  const isKept = (await tx.get('networkAcl', acl.id)) !== undefined;
  await (isKept ? tx.update('networkAcl', changed) : tx.insert('networkAcl', changed));
};

/** Which ACL a subnet has. */
export const aclIdOf = ({ networkAclId }: Subnet, vpc: Vpc): string =>
  networkAclId ?? vpc.defaultNetworkAclId;

/** It is another one with each ACL, and the same again with the same. */
export const aclAssociationId = ({ id, networkAclId }: Subnet): string =>
  derivedId('networkAclAssociation', networkAclId === undefined ? id : `${id}/${networkAclId}`);
