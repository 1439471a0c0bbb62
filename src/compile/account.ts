import { type OrganizationSettings, organizationPlace } from '../lattice/organization.ts';
import type { AccountPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';

export const compileAccount = (
  index: DocumentIndex,
  organization: OrganizationSettings | undefined,
  id: string,
): AccountPart | undefined => {
  const account = index.get('account', id);
  if (!account) return undefined;
  const { name } = account;
  const place = organizationPlace(organization, account);
  if (!place) return { kind: 'account', id, name };
  const { organizationId, path } = place;
  const serviceControlPolicies = place.serviceControlPolicies.map((level) =>
    level.map((policy) => ({ name: policy.name, document: policy.document })),
  );
  return {
    kind: 'account',
    id,
    name,
    organization: { organizationId, path, serviceControlPolicies },
  };
};
