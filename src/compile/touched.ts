import type { Documents } from '../lattice/documents.ts';
import { canonicalAddress } from './address.ts';
import type { DocumentIndex } from './document-index.ts';
import type { CompiledKind } from './resources.ts';

/** Ids of what must be compiled anew, by kind of part. */
export class Touched {
  readonly vpcs = new Set<string>();
  readonly networks = new Set<string>();
  /** By association. */
  readonly memberships = new Set<string>();
  readonly services = new Set<string>();
  readonly targetGroups = new Set<string>();
  /** By ARN. */
  readonly certificates = new Set<string>();
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

const addAll = (to: Set<string>, values: Iterable<string>): void => {
  for (const value of values) to.add(value);
};

/**
 * What depends on a document, by its kind; asked when all changes of a transaction are in the
 * index. A document that moves (a listener's service never does, but this need not rely on it)
 * touches both places.
 */
const TOUCHES: { readonly [K in CompiledKind]: Touch<Documents[K]> } = {
  vpc: (touched, _, before, after) => {
    addAll(
      touched.vpcs,
      ids((d) => d.id, before, after),
    );
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
  listener: (touched, _, before, after) => {
    addAll(
      touched.services,
      ids((d) => d.serviceId, before, after),
    );
  },
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
  target: (touched, _, before, after) => {
    addAll(
      touched.targetGroups,
      ids((d) => d.targetGroupId, before, after),
    );
  },
  serviceNetworkServiceAssociation: (touched, _, before, after) => {
    addAll(
      touched.memberships,
      ids((d) => d.id, before, after),
    );
  },
  serviceNetworkVpcAssociation: (touched, _, before, after) => {
    addAll(
      touched.vpcs,
      ids((d) => d.vpcId, before, after),
    );
  },
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
      for (const target of index.targetsByAddress.of(canonicalAddress(mapping.address))) {
        const group = index.get('targetGroup', target.targetGroupId);
        if (group?.config.vpcIdentifier === mapping.vpcId) touched.targetGroups.add(group.id);
      }
    }
  },
};

export const touch = <K extends CompiledKind>(
  touched: Touched,
  index: DocumentIndex,
  kind: K,
  before: Documents[K] | undefined,
  after: Documents[K] | undefined,
): void => TOUCHES[kind](touched, index, before, after);
