import type { Documents } from '../../../lattice/documents.ts';
import { ID_PREFIXES } from '../../../lattice/ids.ts';
import type { Tag, TagSpecification } from '../../../protocol/generated/ec2.ts';
import { type InstanceInterface, interfaceOfInstance } from '../../interface-of-instance.ts';
import { readTags } from '../../tags.ts';
import { type KeyValues, requestTags, resourceTags } from '../key-values.ts';
import { ANYTHING, type AskedResource, type CallScope } from '../required-action.ts';

const TYPES = {
  vpc: 'vpc',
  subnet: 'subnet',
  instance: 'instance',
  securityGroup: 'security-group',
  securityGroupRule: 'security-group-rule',
  networkAcl: 'network-acl',
  networkInterface: 'network-interface',
} as const;

export type Ec2Kind = keyof typeof TYPES;

const KINDS = Object.keys(TYPES) as readonly Ec2Kind[];

/** The ARN of the caller's resource with this id; `*` for one that is yet to be made. */
export const ec2ArnOf = (kind: Ec2Kind, id: string, { context }: CallScope): string => {
  const { settings, caller } = context;
  return `arn:${settings.partition}:ec2:${settings.region}:${caller.accountId}:${TYPES[kind]}/${id}`;
};

type Shown<K extends Ec2Kind> = K extends 'networkInterface' ? InstanceInterface : Documents[K];

type KeysOf<K extends Ec2Kind> = (document: Shown<K>, scope: CallScope) => KeyValues;

/** Keys that say how a resource is; `ec2:Vpc` is an ARN, `ec2:VpcID` is not. */
const KEYS: { readonly [K in Ec2Kind]: KeysOf<K> } = {
  vpc: ({ id, instanceTenancy }) => ({ 'ec2:VpcID': id, 'ec2:Tenancy': instanceTenancy }),
  subnet: ({ id, vpcId, availabilityZone }, scope) => ({
    'ec2:SubnetID': id,
    'ec2:AvailabilityZone': availabilityZone,
    'ec2:Vpc': ec2ArnOf('vpc', vpcId, scope),
  }),
  instance: ({ instanceType, subnetId }, scope) => ({
    'ec2:InstanceType': instanceType,
    'ec2:Subnet': ec2ArnOf('subnet', subnetId, scope),
  }),
  securityGroup: ({ id, vpcId }, scope) => ({
    'ec2:SecurityGroupID': id,
    'ec2:Vpc': ec2ArnOf('vpc', vpcId, scope),
  }),
  securityGroupRule: ({ id }) => ({ 'ec2:SecurityGroupRuleID': id }),
  networkAcl: ({ id, vpcId }, scope) => ({
    'ec2:NetworkAclID': id,
    'ec2:Vpc': ec2ArnOf('vpc', vpcId, scope),
  }),
  networkInterface: ({ id, vpcId, subnetId }, scope) => ({
    'ec2:NetworkInterfaceID': id,
    'ec2:Subnet': ec2ArnOf('subnet', subnetId, scope),
    'ec2:Vpc': ec2ArnOf('vpc', vpcId, scope),
  }),
};

/** A resource by its id. What is not there, or another account's, has no keys. */
export const ec2Resource = async <K extends Ec2Kind>(
  kind: K,
  id: string,
  scope: CallScope,
): Promise<AskedResource> => {
  const arn = ec2ArnOf(kind, id, scope);
  const document = await find(kind, id, scope);
  if (document?.accountId !== scope.context.caller.accountId) return { arn };
  const tags = await readTags(scope.tx, document.arn);
  const keys = KEYS[kind](document, scope);
  return { arn, keys: { ...keys, ...resourceTags(tags), ...resourceTags(tags, 'ec2') } };
};

const find = async <K extends Ec2Kind>(
  kind: K,
  id: string,
  { tx }: CallScope,
): Promise<Shown<K> | undefined> => {
  const document = await tx.get(kind, id);
  if (document !== undefined || kind !== 'networkInterface')
    return document as Shown<K> | undefined;
  return (await interfaceOfInstance(tx, id)) as Shown<K> | undefined;
};

/** A resource of whichever kind its id says. Of others nothing can be tagged here; they count as `*`. */
export const ec2ResourceById = (id: string, scope: CallScope): Promise<AskedResource> => {
  const kind = KINDS.find((one) => id.startsWith(ID_PREFIXES[one]));
  return kind === undefined ? Promise.resolve(ANYTHING) : ec2Resource(kind, id, scope);
};

export interface Tagged {
  readonly TagSpecifications?: readonly TagSpecification[];
}

/** `aws:RequestTag/…` and `aws:TagKeys` of what is made of a kind, which has the tags for this kind alone. */
export const specifiedTags = (input: Tagged, kind: Ec2Kind): KeyValues =>
  listedTags(tagsFor(input, kind));

/** Those that a call is to give to what it makes of a kind. */
export const tagsFor = ({ TagSpecifications = [] }: Tagged, kind: Ec2Kind): readonly Tag[] =>
  TagSpecifications.flatMap(({ ResourceType, Tags = [] }) =>
    ResourceType === TYPES[kind] ? Tags : [],
  );

export const listedTags = (tags: readonly Tag[]): KeyValues =>
  requestTags(Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])));
