import type { Documents } from '../../../lattice/documents.ts';
import type { IamEntityKind } from '../../../lattice/identity.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { policyNameOf, policyPathOf } from './answers.ts';
import { capitalized, ENTITIES, findEntity } from './entities.ts';
import { deleteConflict, noSuchEntity, quotaReached } from './errors.ts';
import { DONE, iamRead, iamWrite } from './iam-operation.ts';
import { policyByArn } from './managed-policies/find-policy.ts';
import { type IamPageInput, iamPage } from './paging.ts';

interface ListInput extends IamPageInput {
  readonly PathPrefix?: string;
}

/** A policy that is attached already stays attached. */
const attach = async (
  tx: WriteTransaction,
  entityKind: IamEntityKind,
  name: string,
  policyArn: string,
  context: RequestContext,
) => {
  const entity = await findEntity(tx, entityKind, name, context);
  const policy = await policyByArn(tx, policyArn, context.caller.accountId);
  if (!policy) {
    throw noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.`);
  }
  const id = `${entity.id}/${policy.arn}`;
  if (await tx.get('policyAttachment', id)) return DONE;
  const limit = context.settings.quotas.attachedPoliciesPerEntity;
  if ((await tx.count('policyAttachment', { index: 'entity', equals: entity.id })) >= limit) {
    throw quotaReached(`PoliciesPer${capitalized(ENTITIES[entityKind].word)}`, limit);
  }
  const now = context.now.toISOString();
  await tx.insert('policyAttachment', {
    id,
    accountId: entity.accountId,
    policyArn: policy.arn,
    entityKind,
    entityId: entity.id,
    createdAt: now,
    lastUpdatedAt: now,
  });
  return DONE;
};

const detach = async (
  tx: WriteTransaction,
  kind: IamEntityKind,
  name: string,
  policyArn: string,
  context: RequestContext,
) => {
  const entity = await findEntity(tx, kind, name, context);
  if (!(await tx.delete('policyAttachment', `${entity.id}/${policyArn}`))) {
    throw noSuchEntity(`Policy ${policyArn} was not found.`);
  }
  return DONE;
};

const listAttached = async (
  tx: ReadTransaction,
  kind: IamEntityKind,
  name: string,
  input: ListInput,
  context: RequestContext,
) => {
  const entity = await findEntity(tx, kind, name, context);
  const { items: attached } = await tx.list('policyAttachment', {
    index: 'entity',
    equals: entity.id,
  });
  const { PathPrefix = '/' } = input;
  const { items, rest } = iamPage(
    attached.filter(({ policyArn }) => policyPathOf(policyArn).startsWith(PathPrefix)),
    // An account may have a policy with the name of one of AWS's.
    ({ policyArn }) => `${policyNameOf(policyArn).toLowerCase()} ${policyArn.includes('::aws:')}`,
    input,
    context,
    `list policies attached to ${entity.id}`,
    { PathPrefix },
  );
  return {
    AttachedPolicies: items.map(({ policyArn }) => ({
      PolicyName: policyNameOf(policyArn),
      PolicyArn: policyArn,
    })),
    ...rest,
  };
};

/** @throws DeleteConflict while an entity has policies of either sort */
export const assertNoPolicies = async (
  tx: ReadTransaction,
  entity: Documents[IamEntityKind],
): Promise<void> => {
  if (entity.inlinePolicies.length > 0) throw deleteConflict('delete policies');
  if ((await tx.count('policyAttachment', { index: 'entity', equals: entity.id })) > 0) {
    throw deleteConflict('detach all policies');
  }
};

export const attachUserPolicy = iamWrite<'AttachUserPolicy'>((tx, input, context) =>
  attach(tx, 'iamUser', input.UserName, input.PolicyArn, context),
);
export const detachUserPolicy = iamWrite<'DetachUserPolicy'>((tx, input, context) =>
  detach(tx, 'iamUser', input.UserName, input.PolicyArn, context),
);
export const listAttachedUserPolicies = iamRead<'ListAttachedUserPolicies'>((tx, input, context) =>
  listAttached(tx, 'iamUser', input.UserName, input, context),
);

export const attachGroupPolicy = iamWrite<'AttachGroupPolicy'>((tx, input, context) =>
  attach(tx, 'iamGroup', input.GroupName, input.PolicyArn, context),
);
export const detachGroupPolicy = iamWrite<'DetachGroupPolicy'>((tx, input, context) =>
  detach(tx, 'iamGroup', input.GroupName, input.PolicyArn, context),
);
export const listAttachedGroupPolicies = iamRead<'ListAttachedGroupPolicies'>(
  (tx, input, context) => listAttached(tx, 'iamGroup', input.GroupName, input, context),
);

export const attachRolePolicy = iamWrite<'AttachRolePolicy'>((tx, input, context) =>
  attach(tx, 'iamRole', input.RoleName, input.PolicyArn, context),
);
export const detachRolePolicy = iamWrite<'DetachRolePolicy'>((tx, input, context) =>
  detach(tx, 'iamRole', input.RoleName, input.PolicyArn, context),
);
export const listAttachedRolePolicies = iamRead<'ListAttachedRolePolicies'>((tx, input, context) =>
  listAttached(tx, 'iamRole', input.RoleName, input, context),
);
