import { interfaceArnOf } from '../../../../lattice/vpc.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { ec2Error, unsupported } from '../errors.ts';
import { runningInstanceOf } from '../instances/instances-of.ts';
import { findAcl } from '../network-acls/find-acl.ts';
import { EC2_KINDS, getOwned, hasPrefixOf } from '../owned.ts';

/**
 * The caller's resource with this id, of whichever kind its prefix says.
 *
 * @throws InvalidID, `Invalid….NotFound`, `Invalid….Malformed`
 */
export const findTagged = async (
  tx: ReadTransaction,
  id: string,
  context: RequestContext,
): Promise<{ readonly id: string; readonly arn: string; readonly accountId: string }> => {
  const kind = EC2_KINDS.find((one) => hasPrefixOf(one, id));
  // A default one may have no document.
  if (kind === 'networkAcl') return findAcl(tx, id, context);
  if (kind === 'networkInterface') {
    const instance = await runningInstanceOf(tx, id, context);
    if (instance) return { id, arn: interfaceArnOf(instance), accountId: instance.accountId };
  }
  if (kind) return getOwned(tx, kind, id, context);
  if (/^(rtb|dopt|pl)-/.test(id)) {
    throw unsupported(`Tagging of ${id}`, 'tag the VPC instead');
  }
  throw ec2Error('InvalidID', `The ID '${id}' is not valid`);
};
