import type { Documents } from '../lattice/documents.ts';
import { canonicalAddress } from './address.ts';
import { type DocumentIndex, mappingKey } from './document-index.ts';
import type { CompiledKind } from './resources.ts';
import { DEFAULT_GROUP } from './vpc.ts';

/** Ids of what must be compiled anew, by kind of part. */
export class Touched {
  readonly vpcs = new Set<string>();
  readonly networks = new Set<string>();
  /** By association. */
  readonly memberships = new Set<string>();
  readonly services = new Set<string>();
  readonly targetGroups = new Set<string>();
  readonly accounts = new Set<string>();
  readonly accessKeys = new Set<string>();
  /** Users and roles. */
  readonly principals = new Set<string>();
  readonly groups = new Set<string>();
  /** By ARN. */
  readonly managedPolicies = new Set<string>();
  readonly sessionTokenKeys = new Set<string>();
  /** By ARN. */
  readonly certificates = new Set<string>();
  readonly hostedZones = new Set<string>();
  readonly recordSets = new Set<string>();
  readonly subnets = new Set<string>();
  readonly networkInterfaces = new Set<string>();
  readonly securityGroups = new Set<string>();
  readonly networkAcls = new Set<string>();
}

type Touch<D> = (
  touched: Touched,
  index: DocumentIndex,
  before: D | undefined,
  after: D | undefined,
) => void;

const ids = <D>(keyOf: (document: D) => string, before: D | undefined, after: D | undefined) => [
  ...(before ? [keyOf(before)] : []),
  ...(after ? [keyOf(after)] : []),
];

/** For documents that only the part with this id depends on. */
const touches =
  <D>(parts: keyof Touched, keyOf: (document: D) => string): Touch<D> =>
  (touched, _, before, after) => {
    for (const id of ids(keyOf, before, after)) touched[parts].add(id);
  };

/**
 * What depends on a document, by its kind; asked when all changes of a transaction are in the
 * index. A document that moves (a listener's service never does, but this need not rely on it)
 * touches both places.
 */
const TOUCHES: { readonly [K in CompiledKind]: Touch<Documents[K]> } = {
  vpc: (touched, index, before, after) => {
    for (const id of ids((d) => d.id, before, after)) touched.vpcs.add(id);
    for (const id of ids((d) => d.defaultNetworkAclId, before, after)) touched.networkAcls.add(id);
    // Subnets only depend on which ACL is the default one, and that stays the same.
    if (before?.defaultNetworkAclId === after?.defaultNetworkAclId) return;
    for (const vpcId of ids((d) => d.id, before, after)) {
      for (const subnet of index.subnetsByVpc.of(vpcId)) touched.subnets.add(subnet.id);
    }
  },
  subnet: touches('subnets', (d) => d.id),
  networkInterface: touches('networkInterfaces', (d) => d.id),
  securityGroup: (touched, _, before, after) => {
    for (const id of ids((d) => d.id, before, after)) touched.securityGroups.add(id);
    // VPCs name the one that is called `default`.
    for (const group of [before, after]) {
      if (group?.groupName === DEFAULT_GROUP) touched.vpcs.add(group.vpcId);
    }
  },
  securityGroupRule: touches('securityGroups', (d) => d.groupId),
  networkAcl: touches('networkAcls', (d) => d.id),
  instance: (touched, index, before, after) => {
    for (const id of ids((d) => d.networkInterfaceId, before, after)) {
      touched.networkInterfaces.add(id);
    }
    for (const id of ids((d) => d.id, before, after)) {
      for (const target of index.targetsByAddress.of(id)) {
        touched.targetGroups.add(target.targetGroupId);
      }
    }
  },
  serviceNetwork: (touched, index, before, after) => {
    const id = (after ?? before)?.id;
    if (id === undefined) return;
    touched.networks.add(id);
    // Others only depend on whether it exists, and there may be hundreds.
    if (before && after) return;
    for (const association of index.associationsByNetwork.of(id)) {
      touched.memberships.add(association.id);
    }
    for (const association of index.vpcAssociationsByNetwork.of(id)) {
      touched.vpcs.add(association.vpcId);
    }
  },
  service: (touched, index, before, after) => {
    for (const id of ids((d) => d.id, before, after)) {
      touched.services.add(id);
      for (const association of index.associationsByService.of(id)) {
        touched.memberships.add(association.id);
      }
    }
  },
  listener: touches('services', (d) => d.serviceId),
  rule: (touched, index, before, after) => {
    // By way of the listener, since that is how a rule gets into a service. A listener that
    // changed in the same transaction touches its services itself.
    for (const listenerId of ids((d) => d.listenerId, before, after)) {
      const listener = index.get('listener', listenerId);
      if (listener) touched.services.add(listener.serviceId);
    }
  },
  targetGroup: (touched, index, before, after) => {
    for (const id of ids((d) => d.id, before, after)) {
      touched.targetGroups.add(id);
      const isSame =
        before?.status === after?.status && before?.config.protocol === after?.config.protocol;
      if (before && after && isSame) continue;
      for (const listener of index.listenersByTargetGroup.of(id)) {
        touched.services.add(listener.serviceId);
      }
      for (const rule of index.rulesByTargetGroup.of(id)) {
        const listener = index.get('listener', rule.listenerId);
        if (listener) touched.services.add(listener.serviceId);
      }
    }
  },
  target: touches('targetGroups', (d) => d.targetGroupId),
  serviceNetworkServiceAssociation: touches('memberships', (d) => d.id),
  serviceNetworkVpcAssociation: touches('vpcs', (d) => d.vpcId),
  accessLogSubscription: (touched, _, before, after) => {
    for (const id of ids((d) => d.resourceId, before, after)) {
      touched.services.add(id);
      touched.networks.add(id);
    }
  },
  authPolicy: (touched, _, before, after) => {
    for (const id of ids((d) => d.id, before, after)) {
      touched.services.add(id);
      touched.networks.add(id);
    }
  },
  certificate: (touched, index, before, after) => {
    for (const arn of ids((d) => d.arn, before, after)) touched.certificates.add(arn);
    // Another certificate in the same place is only another part.
    if (before?.arn === after?.arn) return;
    for (const id of ids((d) => d.id, before, after)) {
      for (const service of index.servicesByCertificate.of(id)) touched.services.add(service.id);
    }
  },
  addressMapping: (touched, index, before, after) => {
    for (const mapping of [before, after]) {
      if (!mapping) continue;
      // A target may be named by its address or be an instance that has it.
      const instances = index.instancesByAddress.of(mappingKey(mapping.vpcId, mapping.address));
      const names = [canonicalAddress(mapping.address), ...[...instances].map(({ id }) => id)];
      for (const target of names.flatMap((name) => [...index.targetsByAddress.of(name)])) {
        const group = index.get('targetGroup', target.targetGroupId);
        if (group?.config.vpcIdentifier === mapping.vpcId) touched.targetGroups.add(group.id);
      }
    }
  },
  tagSet: (touched, index, before, after) => {
    for (const arn of ids((d) => d.id, before, after)) {
      for (const service of index.servicesByArn.of(arn)) touched.services.add(service.id);
    }
  },
  account: touches('accounts', (d) => d.id),
  accessKey: touches('accessKeys', (d) => d.id),
  iamUser: (touched, index, before, after) => {
    for (const id of ids((d) => d.id, before, after)) {
      touched.principals.add(id);
      // Keys only depend on whether their user exists.
      if (before && after) continue;
      for (const key of index.accessKeysByUser.of(id)) touched.accessKeys.add(key.id);
    }
  },
  iamRole: touches('principals', (d) => d.id),
  iamGroup: (touched, index, before, after) => {
    for (const id of ids((d) => d.id, before, after)) {
      touched.groups.add(id);
      // Members only depend on whether it exists.
      if (before && after) continue;
      for (const { userId } of index.membershipsByGroup.of(id)) touched.principals.add(userId);
    }
  },
  groupMembership: touches('principals', (d) => d.userId),
  policyAttachment: (touched, _, before, after) => {
    for (const id of ids((d) => d.entityId, before, after)) {
      touched.principals.add(id);
      touched.groups.add(id);
    }
  },
  // Not those to which it is attached: they name it by its ARN, and there may be thousands.
  managedPolicy: touches('managedPolicies', (d) => d.arn),
  sessionTokenKey: touches('sessionTokenKeys', (d) => d.id),
  hostedZone: (touched, index, before, after) => {
    for (const id of ids((d) => d.id, before, after)) {
      touched.hostedZones.add(id);
      // Records only depend on whether it exists, and there may be thousands.
      if (before && after) continue;
      for (const set of index.recordSetsByZone.of(id)) touched.recordSets.add(set.id);
    }
  },
  recordSet: touches('recordSets', (d) => d.id),
};

export const touch = <K extends CompiledKind>(
  touched: Touched,
  index: DocumentIndex,
  kind: K,
  before: Documents[K] | undefined,
  after: Documents[K] | undefined,
): void => TOUCHES[kind](touched, index, before, after);
