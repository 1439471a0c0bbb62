import { hostedZoneArn } from '../../../lattice/hosted-zone.ts';
import type { Change, Route53Operations, VPC } from '../../../protocol/generated/route53.ts';
import { zoneIdOf } from '../../operations/route53/find-zone.ts';
import { tagsOf } from '../../operations/route53/tags/tag-list.ts';
import { type KeyValues, requestTags, tagKeys } from '../key-values.ts';
import type { AskedResource, CallScope, RequiredActions } from '../required-action.ts';

const zone = async (id: string, { context }: CallScope): Promise<readonly AskedResource[]> => [
  { arn: hostedZoneArn(context.settings, zoneIdOf(id)) },
];

const byId = ({ Id }: { readonly Id: string }, scope: CallScope) => zone(Id, scope);

const byHostedZoneId = ({ HostedZoneId }: { readonly HostedZoneId: string }, scope: CallScope) =>
  zone(HostedZoneId, scope);

const tagged = async (
  input: { readonly ResourceType: string; readonly ResourceId: string },
  { context }: CallScope,
): Promise<readonly AskedResource[]> => [
  {
    arn: `arn:${context.settings.partition}:route53:::${input.ResourceType}/${zoneIdOf(input.ResourceId)}`,
  },
];

/** `VPCId=vpc-…,VPCRegion=us-west-2` */
const vpcKey = (vpc: VPC | undefined, { context }: CallScope): KeyValues => ({
  'route53:VPCs':
    vpc?.VPCId === undefined
      ? undefined
      : [`VPCId=${vpc.VPCId},VPCRegion=${vpc.VPCRegion ?? context.settings.region}`],
});

const withVpc = {
  keys: ({ VPC: vpc }: { readonly VPC?: VPC }, scope: CallScope) => vpcKey(vpc, scope),
};

const changeKeys = (changes: readonly Change[]): KeyValues => ({
  'route53:ChangeResourceRecordSetsNormalizedRecordNames': changes.map(
    ({ ResourceRecordSet: set }) =>
      set.Name.toLowerCase().replace(/\.$/, '').replace(/^\*/, '\\052'),
  ),
  'route53:ChangeResourceRecordSetsRecordTypes': changes.map(
    ({ ResourceRecordSet: set }) => set.Type,
  ),
  'route53:ChangeResourceRecordSetsActions': changes.map(({ Action }) => Action),
});

/** "Actions, resources, and condition keys for Amazon Route 53". */
export const route53Actions: RequiredActions<Route53Operations> = {
  AssociateVPCWithHostedZone: { on: byHostedZoneId, ...withVpc },
  ChangeResourceRecordSets: {
    on: byHostedZoneId,
    keys: ({ ChangeBatch }) => changeKeys(ChangeBatch.Changes),
  },
  ChangeTagsForResource: {
    on: tagged,
    keys: ({ AddTags = [], RemoveTagKeys = [] }) => ({
      ...requestTags(tagsOf(AddTags)),
      ...tagKeys([...AddTags.map(({ Key = '' }) => Key), ...RemoveTagKeys]),
    }),
  },
  CreateHostedZone: withVpc,
  DeleteHostedZone: { on: byId },
  DisassociateVPCFromHostedZone: { on: byHostedZoneId, ...withVpc },
  GetChange: {
    on: async ({ Id }, { context }) => [
      {
        arn: `arn:${context.settings.partition}:route53:::change/${Id.replace(/^\/change\//, '')}`,
      },
    ],
  },
  GetHostedZone: { on: byId },
  GetHostedZoneCount: {},
  ListHostedZones: {},
  ListHostedZonesByName: {},
  ListHostedZonesByVPC: {
    keys: ({ VPCId, VPCRegion }, scope) => vpcKey({ VPCId, VPCRegion }, scope),
  },
  ListResourceRecordSets: { on: byHostedZoneId },
  ListTagsForResource: { on: tagged },
  UpdateHostedZoneComment: { on: byId },
};
