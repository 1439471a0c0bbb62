import type { AccessKey } from '../lattice/account.ts';
import type { Documents } from '../lattice/documents.ts';
import type { RecordSet } from '../lattice/hosted-zone.ts';
import type { GroupMembership, ManagedPolicy, PolicyAttachment } from '../lattice/identity.ts';
import type {
  AccessLogSubscription,
  Listener,
  Rule,
  Service,
  ServiceNetworkServiceAssociation,
  ServiceNetworkVpcAssociation,
  Target,
} from '../lattice/resources.ts';
import {
  type AddressMapping,
  addressesOf,
  type Instance,
  type SecurityGroup,
  type SecurityGroupRule,
  type Subnet,
  type Vpc,
} from '../lattice/vpc.ts';
import { actionTargetGroupIds } from './action.ts';
import { canonicalAddress } from './address.ts';
import { wantedCertificateIds } from './certificate.ts';
import { Grouped } from './grouped.ts';
import { COMPILED_KINDS, type CompiledKind } from './resources.ts';

type ById = { readonly [K in CompiledKind]: Map<string, Documents[K]> };

export const mappingKey = (vpcId: string, address: string): string =>
  `${vpcId}/${canonicalAddress(address)}`;

const heldAddresses = (instance: Instance): readonly string[] =>
  instance.terminatedAt === undefined ? addressesOf(instance) : [];

/** All documents that matter, and the ways in which the compiler asks for them. */
export class DocumentIndex {
  readonly listenersByService = new Grouped<Listener>((d) => [d.serviceId]);
  readonly listenersByTargetGroup = new Grouped<Listener>((d) =>
    actionTargetGroupIds(d.defaultAction),
  );
  readonly rulesByListener = new Grouped<Rule>((d) => [d.listenerId]);
  readonly rulesByTargetGroup = new Grouped<Rule>((d) => actionTargetGroupIds(d.action));
  readonly targetsByGroup = new Grouped<Target>((d) => [d.targetGroupId]);
  readonly targetsByAddress = new Grouped<Target>((d) => [canonicalAddress(d.targetId)]);
  readonly associationsByService = new Grouped<ServiceNetworkServiceAssociation>((d) => [
    d.serviceId,
  ]);
  readonly associationsByNetwork = new Grouped<ServiceNetworkServiceAssociation>((d) => [
    d.serviceNetworkId,
  ]);
  readonly vpcAssociationsByVpc = new Grouped<ServiceNetworkVpcAssociation>((d) => [d.vpcId]);
  readonly vpcAssociationsByNetwork = new Grouped<ServiceNetworkVpcAssociation>((d) => [
    d.serviceNetworkId,
  ]);
  readonly logsByResource = new Grouped<AccessLogSubscription>((d) => [d.resourceId]);
  readonly mappingsByAddress = new Grouped<AddressMapping>((d) => [mappingKey(d.vpcId, d.address)]);
  /** By the addresses that they hold. */
  readonly instancesByAddress = new Grouped<Instance>((d) =>
    heldAddresses(d).map((address) => mappingKey(d.vpcId, address)),
  );
  readonly servicesByArn = new Grouped<Service>((d) => [d.arn]);
  readonly accessKeysByUser = new Grouped<AccessKey>((d) =>
    d.userId === undefined ? [] : [d.userId],
  );
  readonly membershipsByUser = new Grouped<GroupMembership>((d) => [d.userId]);
  readonly membershipsByGroup = new Grouped<GroupMembership>((d) => [d.groupId]);
  readonly attachmentsByEntity = new Grouped<PolicyAttachment>((d) => [d.entityId]);
  readonly managedPoliciesByArn = new Grouped<ManagedPolicy>((d) => [d.arn]);
  readonly recordSetsByZone = new Grouped<RecordSet>((d) => [d.zoneId]);
  readonly rulesBySecurityGroup = new Grouped<SecurityGroupRule>((d) => [d.groupId]);
  readonly subnetsByVpc = new Grouped<Subnet>((d) => [d.vpcId]);
  readonly securityGroupsByVpc = new Grouped<SecurityGroup>((d) => [d.vpcId]);
  readonly instancesByInterface = new Grouped<Instance>((d) => [d.networkInterfaceId]);
  readonly vpcsByDefaultAcl = new Grouped<Vpc>((d) => [d.defaultNetworkAclId]);
  readonly servicesByCertificate = new Grouped<Service>(wantedCertificateIds);

  readonly #byId: ById = Object.fromEntries(
    COMPILED_KINDS.map((kind) => [kind, new Map()]),
  ) as unknown as ById;
  readonly #groups: { readonly [K in CompiledKind]?: readonly Grouped<Documents[K]>[] } = {
    vpc: [this.vpcsByDefaultAcl],
    subnet: [this.subnetsByVpc],
    securityGroup: [this.securityGroupsByVpc],
    securityGroupRule: [this.rulesBySecurityGroup],
    service: [this.servicesByArn, this.servicesByCertificate],
    listener: [this.listenersByService, this.listenersByTargetGroup],
    rule: [this.rulesByListener, this.rulesByTargetGroup],
    target: [this.targetsByGroup, this.targetsByAddress],
    serviceNetworkServiceAssociation: [this.associationsByService, this.associationsByNetwork],
    serviceNetworkVpcAssociation: [this.vpcAssociationsByVpc, this.vpcAssociationsByNetwork],
    accessLogSubscription: [this.logsByResource],
    addressMapping: [this.mappingsByAddress],
    instance: [this.instancesByAddress, this.instancesByInterface],
    accessKey: [this.accessKeysByUser],
    groupMembership: [this.membershipsByUser, this.membershipsByGroup],
    policyAttachment: [this.attachmentsByEntity],
    managedPolicy: [this.managedPoliciesByArn],
    recordSet: [this.recordSetsByZone],
  };

  get<K extends CompiledKind>(kind: K, id: string): Documents[K] | undefined {
    return this.#byId[kind].get(id);
  }

  /** Puts or, without `after`, removes a document; gives what was there before. */
  put<K extends CompiledKind>(
    kind: K,
    id: string,
    after: Documents[K] | undefined,
  ): Documents[K] | undefined {
    const documents: Map<string, Documents[K]> = this.#byId[kind];
    const before = documents.get(id);
    if (after) documents.set(id, after);
    else documents.delete(id);
    for (const group of this.#groups[kind] ?? []) group.replace(before, after);
    return before;
  }
}
