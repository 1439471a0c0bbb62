import type { Documents } from '../../../lattice/documents.ts';
import type { IamEntityKind } from '../../../lattice/identity.ts';
import type { ReadTransaction, WriteTransaction } from '../../../store/store.ts';
import type { RequestContext } from '../../operation.ts';
import { encodeDocument } from './answers.ts';
import { checkIdentityPolicy, policyCharacters } from './check-document.ts';
import { ENTITIES, findEntity } from './entities.ts';
import { limitExceeded, noSuchEntity } from './errors.ts';
import { DONE, iamRead, iamWrite } from './iam-operation.ts';
import { type IamPageInput, iamPage } from './paging.ts';

/** The four operations are the same for users, groups and roles; only the member with the name differs. */
interface PolicyInput {
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

const put = async (
  tx: WriteTransaction,
  kind: IamEntityKind,
  name: string,
  { PolicyName, PolicyDocument }: PolicyInput,
  context: RequestContext,
) => {
  const entity = await findEntity(tx, kind, name, context);
  checkIdentityPolicy(PolicyDocument);
  const others = entity.inlinePolicies.filter((policy) => policy.name !== PolicyName);
  const inlinePolicies = [...others, { name: PolicyName, document: PolicyDocument }].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const { inlineCharacters, word } = ENTITIES[kind];
  const total = inlinePolicies.reduce((sum, policy) => sum + policyCharacters(policy.document), 0);
  if (total > inlineCharacters) {
    throw limitExceeded(
      `Maximum policy size of ${inlineCharacters} bytes exceeded for ${word} ${entity.name}`,
    );
  }
  await save(tx, kind, { ...entity, inlinePolicies }, context);
  return DONE;
};

const get = async (
  tx: ReadTransaction,
  kind: IamEntityKind,
  name: string,
  PolicyName: string,
  context: RequestContext,
) => {
  const entity = await findEntity(tx, kind, name, context);
  const found = entity.inlinePolicies.find((policy) => policy.name === PolicyName);
  if (!found) throw noSuchPolicy(kind, PolicyName);
  return { entity, PolicyName, PolicyDocument: encodeDocument(found.document) };
};

const remove = async (
  tx: WriteTransaction,
  kind: IamEntityKind,
  name: string,
  PolicyName: string,
  context: RequestContext,
) => {
  const entity = await findEntity(tx, kind, name, context);
  const inlinePolicies = entity.inlinePolicies.filter((policy) => policy.name !== PolicyName);
  if (inlinePolicies.length === entity.inlinePolicies.length) throw noSuchPolicy(kind, PolicyName);
  await save(tx, kind, { ...entity, inlinePolicies }, context);
  return DONE;
};

const list = async (
  tx: ReadTransaction,
  kind: IamEntityKind,
  name: string,
  input: IamPageInput,
  context: RequestContext,
) => {
  const entity = await findEntity(tx, kind, name, context);
  const { items, rest } = iamPage(
    entity.inlinePolicies,
    (policy) => policy.name,
    input,
    context,
    `list inline policies of ${entity.id}`,
  );
  return { PolicyNames: items.map((policy) => policy.name), ...rest };
};

const save = <K extends IamEntityKind>(
  tx: WriteTransaction,
  kind: K,
  entity: Documents[K],
  { now }: RequestContext,
): Promise<void> => tx.update(kind, { ...entity, lastUpdatedAt: now.toISOString() });

const noSuchPolicy = (kind: IamEntityKind, name: string) =>
  noSuchEntity(`The ${ENTITIES[kind].word} policy with name ${name} cannot be found.`);

export const putUserPolicy = iamWrite<'PutUserPolicy'>((tx, input, context) =>
  put(tx, 'iamUser', input.UserName, input, context),
);
export const getUserPolicy = iamRead<'GetUserPolicy'>(async (tx, input, context) => {
  const { entity, ...answer } = await get(tx, 'iamUser', input.UserName, input.PolicyName, context);
  return { UserName: entity.name, ...answer };
});
export const deleteUserPolicy = iamWrite<'DeleteUserPolicy'>((tx, input, context) =>
  remove(tx, 'iamUser', input.UserName, input.PolicyName, context),
);
export const listUserPolicies = iamRead<'ListUserPolicies'>((tx, input, context) =>
  list(tx, 'iamUser', input.UserName, input, context),
);

export const putGroupPolicy = iamWrite<'PutGroupPolicy'>((tx, input, context) =>
  put(tx, 'iamGroup', input.GroupName, input, context),
);
export const getGroupPolicy = iamRead<'GetGroupPolicy'>(async (tx, input, context) => {
  const { GroupName, PolicyName } = input;
  const { entity, ...answer } = await get(tx, 'iamGroup', GroupName, PolicyName, context);
  return { GroupName: entity.name, ...answer };
});
export const deleteGroupPolicy = iamWrite<'DeleteGroupPolicy'>((tx, input, context) =>
  remove(tx, 'iamGroup', input.GroupName, input.PolicyName, context),
);
export const listGroupPolicies = iamRead<'ListGroupPolicies'>((tx, input, context) =>
  list(tx, 'iamGroup', input.GroupName, input, context),
);

export const putRolePolicy = iamWrite<'PutRolePolicy'>((tx, input, context) =>
  put(tx, 'iamRole', input.RoleName, input, context),
);
export const getRolePolicy = iamRead<'GetRolePolicy'>(async (tx, input, context) => {
  const { entity, ...answer } = await get(tx, 'iamRole', input.RoleName, input.PolicyName, context);
  return { RoleName: entity.name, ...answer };
});
export const deleteRolePolicy = iamWrite<'DeleteRolePolicy'>((tx, input, context) =>
  remove(tx, 'iamRole', input.RoleName, input.PolicyName, context),
);
export const listRolePolicies = iamRead<'ListRolePolicies'>((tx, input, context) =>
  list(tx, 'iamRole', input.RoleName, input, context),
);
