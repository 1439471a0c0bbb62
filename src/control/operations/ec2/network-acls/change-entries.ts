import type { NetworkAclEntry } from '../../../../lattice/vpc.ts';
import { ec2Write } from '../ec2-operation.ts';
import { ec2Error } from '../errors.ts';
import { findAcl, keepEntries } from './find-acl.ts';
import { parseEntry, parseRuleNumber } from './parse-entry.ts';

type EntryKey = Pick<NetworkAclEntry, 'isEgress' | 'ruleNumber'>;

/** @throws NetworkAclEntryAlreadyExists, NetworkAclEntryLimitExceeded */
export const createNetworkAclEntry = ec2Write<'CreateNetworkAclEntry'>(
  async (tx, input, context) => {
    const acl = await findAcl(tx, input.NetworkAclId, context);
    const entry = parseEntry(input);
    if (acl.entries.some(isSame(entry))) {
      throw ec2Error(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${entry.ruleNumber} already exists.`,
      );
    }
    const { entriesPerNetworkAcl: most } = context.settings.quotas;
    if (acl.entries.filter(({ isEgress }) => isEgress === entry.isEgress).length >= most) {
      throw ec2Error(
        'NetworkAclEntryLimitExceeded',
        `The maximum number of network acl entries has been reached.`,
      );
    }
    await keepEntries(tx, acl, [...acl.entries, entry], context);
    return {};
  },
);

/** @throws InvalidNetworkAclEntry.NotFound */
export const replaceNetworkAclEntry = ec2Write<'ReplaceNetworkAclEntry'>(
  async (tx, input, context) => {
    const acl = await findAcl(tx, input.NetworkAclId, context);
    const entry = parseEntry(input);
    const others = without(acl.entries, entry);
    await keepEntries(tx, acl, [...others, entry], context);
    return {};
  },
);

/** @throws InvalidNetworkAclEntry.NotFound */
export const deleteNetworkAclEntry = ec2Write<'DeleteNetworkAclEntry'>(
  async (tx, input, context) => {
    const acl = await findAcl(tx, input.NetworkAclId, context);
    const key = { ruleNumber: parseRuleNumber(input.RuleNumber), isEgress: input.Egress };
    await keepEntries(tx, acl, without(acl.entries, key), context);
    return {};
  },
);

const isSame =
  (key: EntryKey) =>
  ({ isEgress, ruleNumber }: EntryKey): boolean =>
    isEgress === key.isEgress && ruleNumber === key.ruleNumber;

const without = (entries: readonly NetworkAclEntry[], key: EntryKey): NetworkAclEntry[] => {
  const others = entries.filter((entry) => !isSame(key)(entry));
  if (others.length < entries.length) return others;
  throw ec2Error(
    'InvalidNetworkAclEntry.NotFound',
    `The network acl entry identified by ${key.ruleNumber} does not exist.`,
  );
};
