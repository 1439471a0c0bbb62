import type { Documents } from '../../../lattice/documents.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { ec2Error } from './errors.ts';

/** Kinds that ec2 callers name by id, with the words of AWS's errors (their spelling is not regular). */
const KINDS = {
  vpc: {
    prefix: 'vpc-',
    noun: 'vpc ID',
    malformed: 'InvalidVpcID.Malformed',
    notFound: 'InvalidVpcID.NotFound',
  },
  subnet: {
    prefix: 'subnet-',
    noun: 'subnet ID',
    malformed: 'InvalidSubnetID.Malformed',
    notFound: 'InvalidSubnetID.NotFound',
  },
  instance: {
    prefix: 'i-',
    noun: 'instance ID',
    malformed: 'InvalidInstanceID.Malformed',
    notFound: 'InvalidInstanceID.NotFound',
  },
  securityGroup: {
    prefix: 'sg-',
    noun: 'security group',
    malformed: 'InvalidGroupId.Malformed',
    notFound: 'InvalidGroup.NotFound',
  },
  securityGroupRule: {
    prefix: 'sgr-',
    noun: 'security group rule ID',
    malformed: 'InvalidSecurityGroupRuleId.Malformed',
    notFound: 'InvalidSecurityGroupRuleId.NotFound',
  },
  networkAcl: {
    prefix: 'acl-',
    noun: 'networkAcl ID',
    malformed: 'InvalidNetworkAclID.Malformed',
    notFound: 'InvalidNetworkAclID.NotFound',
  },
  networkInterface: {
    prefix: 'eni-',
    noun: 'networkInterface ID',
    malformed: 'InvalidNetworkInterfaceID.Malformed',
    notFound: 'InvalidNetworkInterfaceID.NotFound',
  },
} as const;

export type Ec2Kind = keyof typeof KINDS;

export const EC2_KINDS = Object.keys(KINDS) as readonly Ec2Kind[];

export const hasPrefixOf = (kind: Ec2Kind, id: string): boolean =>
  id.startsWith(KINDS[kind].prefix);

/** @throws `Invalid….Malformed` for what can be no id of the kind. */
export const assertIdForm = (kind: Ec2Kind, id: string): void => {
  const { prefix, malformed } = KINDS[kind];
  if (!id.startsWith(prefix)) {
    throw ec2Error(malformed, `Invalid id: "${id}" (expecting "${prefix}...")`);
  }
  if (!/^([0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length))) {
    throw ec2Error(malformed, `Invalid id: "${id}"`);
  }
};

/**
 * The caller's document with this id. Documents of other accounts are as good as absent.
 *
 * @throws `Invalid….Malformed`, `Invalid….NotFound`
 */
export const getOwned = async <K extends Ec2Kind>(
  tx: ReadTransaction,
  kind: K,
  id: string,
  context: RequestContext,
): Promise<Documents[K]> => {
  const [document] = await getAllOwned(tx, kind, [id], context);
  return document!;
};

/** As `getOwned`, each id once; all ids that do not exist are named in the one error. */
export const getAllOwned = async <K extends Ec2Kind>(
  tx: ReadTransaction,
  kind: K,
  ids: readonly string[],
  context: RequestContext,
): Promise<readonly Documents[K][]> => {
  const found: Documents[K][] = [];
  const missing: string[] = [];
  for (const id of new Set(ids)) {
    assertIdForm(kind, id);
    const document = await tx.get(kind, id);
    if (document?.accountId === context.caller.accountId) found.push(document);
    else missing.push(id);
  }
  if (missing.length > 0) throw notFound(kind, missing);
  return found;
};

const notFound = (kind: Ec2Kind, ids: readonly string[]) => {
  const { noun, notFound: code } = KINDS[kind];
  return ids.length === 1
    ? ec2Error(code, `The ${noun} '${ids[0]}' does not exist`)
    : ec2Error(code, `The ${noun}s '${ids.join(', ')}' do not exist`);
};
