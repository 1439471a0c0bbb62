import type { Documents } from '../../../../lattice/documents.ts';
import type { IamEntityKind } from '../../../../lattice/identity.ts';
import type { EntityType } from '../../../../protocol/generated/iam.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { iamRead } from '../iam-operation.ts';
import { iamPage } from '../paging.ts';
import { findPolicy } from './find-policy.ts';

const FILTERS: Readonly<Record<IamEntityKind, EntityType>> = {
  iamGroup: 'Group',
  iamUser: 'User',
  iamRole: 'Role',
};

type Found = { readonly kind: IamEntityKind; readonly entity: Documents[IamEntityKind] };

export const listEntitiesForPolicy = iamRead<'ListEntitiesForPolicy'>(
  async (tx, input, context) => {
    const { arn } = await findPolicy(tx, input.PolicyArn, context);
    const { EntityFilter, PathPrefix = '/', PolicyUsageFilter } = input;
    const found = [
      ...(PolicyUsageFilter === 'PermissionsBoundary'
        ? []
        : await attachedTo(tx, arn, context.caller.accountId)),
      ...(PolicyUsageFilter === 'PermissionsPolicy'
        ? []
        : await boundedBy(tx, arn, context.caller.accountId)),
    ].filter(
      ({ kind, entity }) =>
        (EntityFilter === undefined || EntityFilter === FILTERS[kind]) &&
        entity.path.startsWith(PathPrefix),
    );
    // One that is both attached to and bounded by the policy stands in the list once.
    const unique = [...new Map(found.map((item) => [item.entity.id, item])).values()];
    const { items, rest } = iamPage(
      unique,
      ({ kind, entity }) => `${kind} ${entity.name.toLowerCase()}`,
      input,
      context,
      'ListEntitiesForPolicy',
      { arn, EntityFilter, PathPrefix, PolicyUsageFilter },
    );
    const of = (kind: IamEntityKind) =>
      items.flatMap((item) => (item.kind === kind ? [item.entity] : []));
    return {
      PolicyGroups: of('iamGroup').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: of('iamUser').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of('iamRole').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...rest,
    };
  },
);

const attachedTo = async (
  tx: ReadTransaction,
  arn: string,
  accountId: string,
): Promise<readonly Found[]> => {
  const { items } = await tx.list('policyAttachment', {
    index: 'policy',
    equals: `${accountId}/${arn}`,
  });
  const found: Found[] = [];
  for (const { entityKind, entityId } of items) {
    const entity = await tx.get(entityKind, entityId);
    if (entity) found.push({ kind: entityKind, entity });
  }
  return found;
};

const boundedBy = async (
  tx: ReadTransaction,
  arn: string,
  accountId: string,
): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for (const kind of ['iamUser', 'iamRole'] as const) {
    const { items } = await tx.list(kind, { index: 'boundary', equals: arn });
    for (const entity of items) if (entity.accountId === accountId) found.push({ kind, entity });
  }
  return found;
};
