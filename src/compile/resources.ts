import type { Documents, Kind } from '../lattice/documents.ts';

/** Kinds of which something ends up in the snapshot; the compiler passes over all others. */
export const COMPILED_KINDS = [
  'vpc',
  'instance',
  'serviceNetwork',
  'service',
  'listener',
  'rule',
  'targetGroup',
  'target',
  'serviceNetworkServiceAssociation',
  'serviceNetworkVpcAssociation',
  'accessLogSubscription',
  'authPolicy',
  'addressMapping',
  'tagSet',
  'account',
  'accessKey',
  'iamUser',
  'iamRole',
  'iamGroup',
  'groupMembership',
  'policyAttachment',
  'managedPolicy',
  'sessionTokenKey',
  'certificate',
  'hostedZone',
  'recordSet',
  'subnet',
  'networkInterface',
  'securityGroup',
  'securityGroupRule',
  'networkAcl',
] as const satisfies readonly Kind[];

export type CompiledKind = (typeof COMPILED_KINDS)[number];

/** Documents by kind, in any order; ids are unique within a kind. */
export type Resources = { readonly [K in CompiledKind]?: readonly Documents[K][] };

const compiled: ReadonlySet<Kind> = new Set(COMPILED_KINDS);

export const isCompiledKind = (kind: Kind): kind is CompiledKind => compiled.has(kind);
