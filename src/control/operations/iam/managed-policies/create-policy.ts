import { managedPolicyArn } from '../../../../lattice/iam-arn.ts';
import { newIamId } from '../../../../lattice/iam-ids.ts';
import type { ManagedPolicy } from '../../../../lattice/identity.ts';
import { checkIdentityPolicy, policyCharacters } from '../check-document.ts';
import { nameKey } from '../entities.ts';
import { entityAlreadyExists, quotaReached } from '../errors.ts';
import { iamWrite } from '../iam-operation.ts';
import { withTags } from '../tag-list.ts';
import { policyAnswer } from './policy-answer.ts';

/** Characters that are not white space ("IAM and AWS STS quotas"). */
const MAX_CHARACTERS = 6144;

/** @throws MalformedPolicyDocument, LimitExceeded */
export const checkManagedPolicy = (document: string): void => {
  checkIdentityPolicy(document);
  if (policyCharacters(document) > MAX_CHARACTERS) {
    throw quotaReached('PolicySize', MAX_CHARACTERS);
  }
};

export const createPolicy = iamWrite<'CreatePolicy'>(async (tx, input, context) => {
  const { caller, settings } = context;
  const { accountId } = caller;
  if (await tx.findUnique('managedPolicy', 'name', nameKey(accountId, input.PolicyName))) {
    throw entityAlreadyExists(
      `A policy called ${input.PolicyName} already exists. Duplicate names are not allowed.`,
    );
  }
  checkManagedPolicy(input.PolicyDocument);
  const limit = settings.quotas.policiesPerAccount;
  if ((await tx.count('managedPolicy', { index: 'account', equals: accountId })) >= limit) {
    throw quotaReached('PoliciesPerAccount', limit);
  }
  const now = context.now.toISOString();
  const path = input.Path ?? '/';
  const policy: ManagedPolicy = {
    id: newIamId('managedPolicy'),
    accountId,
    name: input.PolicyName,
    path,
    arn: managedPolicyArn(settings.partition, accountId, path, input.PolicyName),
    ...(input.Description === undefined ? {} : { description: input.Description }),
    defaultVersionId: 'v1',
    versions: [{ id: 'v1', document: input.PolicyDocument, createdAt: now }],
    nextVersion: 2,
    tags: withTags({}, input.Tags ?? [], 'Policy', settings.quotas.tagsPerResource),
    createdAt: now,
    lastUpdatedAt: now,
  };
  await tx.insert('managedPolicy', policy);
  const { Description: _, ...answer } = await policyAnswer(tx, policy, context);
  return { Policy: answer };
});
