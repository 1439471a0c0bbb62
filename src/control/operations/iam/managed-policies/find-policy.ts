import {
  type AwsManagedPolicy,
  findAwsManagedPolicy,
} from '../../../../lattice/aws-managed-policies.ts';
import type { ManagedPolicy } from '../../../../lattice/identity.ts';
import { ServiceError } from '../../../../protocol/service-error.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { noSuchEntity } from '../errors.ts';

/** A policy of AWS in the form of an account's. */
export const fromAws = (policy: AwsManagedPolicy, arn: string): ManagedPolicy => ({
  id: policy.id,
  accountId: 'aws',
  name: policy.name,
  path: '/',
  arn,
  description: policy.description,
  defaultVersionId: policy.versionId,
  versions: [{ id: policy.versionId, document: policy.document, createdAt: policy.lastUpdatedAt }],
  nextVersion: Number(policy.versionId.slice(1)) + 1,
  tags: {},
  createdAt: policy.createdAt,
  lastUpdatedAt: policy.lastUpdatedAt,
});

/** The policy with this ARN that the account may use: its own, or one of AWS's. */
export const policyByArn = async (
  tx: ReadTransaction,
  arn: string,
  accountId: string,
): Promise<ManagedPolicy | undefined> => {
  const ofAws = findAwsManagedPolicy(arn);
  if (ofAws) return fromAws(ofAws, arn);
  const found = await tx.findUnique('managedPolicy', 'arn', arn);
  return found?.accountId === accountId ? found : undefined;
};

/** @throws NoSuchEntity */
export const findPolicy = async (
  tx: ReadTransaction,
  arn: string,
  { caller }: Pick<RequestContext, 'caller'>,
): Promise<ManagedPolicy> => {
  const found = await policyByArn(tx, arn, caller.accountId);
  if (!found) throw noSuchEntity(`Policy ${arn} was not found.`);
  return found;
};

/** One that the caller may change. @throws NoSuchEntity, AccessDenied for a policy of AWS */
export const findOwnPolicy = async (
  tx: ReadTransaction,
  arn: string,
  context: Pick<RequestContext, 'caller'>,
): Promise<ManagedPolicy> => {
  const found = await findPolicy(tx, arn, context);
  if (found.accountId !== context.caller.accountId) {
    throw new ServiceError('AccessDenied', 403, 'Cannot modify an AWS managed policy.');
  }
  return found;
};

/** The document that counts. */
export const defaultDocument = (policy: ManagedPolicy): string =>
  policy.versions.find(({ id }) => id === policy.defaultVersionId)?.document ?? '';
