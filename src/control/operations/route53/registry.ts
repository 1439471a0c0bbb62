import type { Route53OperationName } from '../../../protocol/generated/route53.ts';
import { withNote } from '../../operation.ts';
import { getChange } from './get-change.ts';
import { createHostedZone } from './hosted-zones/create-hosted-zone.ts';
import { deleteHostedZone } from './hosted-zones/delete-hosted-zone.ts';
import { getHostedZone, getHostedZoneCount } from './hosted-zones/get-hosted-zone.ts';
import { listHostedZones } from './hosted-zones/list-hosted-zones.ts';
import { listHostedZonesByName } from './hosted-zones/list-hosted-zones-by-name.ts';
import { listHostedZonesByVpc } from './hosted-zones/list-hosted-zones-by-vpc.ts';
import { updateHostedZoneComment } from './hosted-zones/update-hosted-zone-comment.ts';
import {
  associateVpcWithHostedZone,
  disassociateVpcFromHostedZone,
} from './hosted-zones/vpc-associations.ts';
import { changeResourceRecordSets } from './record-sets/change-resource-record-sets.ts';
import { listResourceRecordSets } from './record-sets/list-resource-record-sets.ts';
import { changeTagsForResource, listTagsForResource } from './tags/tag-operations.ts';

export const route53Operations = {
  AssociateVPCWithHostedZone: associateVpcWithHostedZone,
  ChangeResourceRecordSets: withNote(
    changeResourceRecordSets,
    'A, AAAA, CNAME, TXT; aliases of services and of names in the same zone; no routing policies',
  ),
  ChangeTagsForResource: changeTagsForResource,
  CreateHostedZone: withNote(createHostedZone, 'private hosted zones'),
  DeleteHostedZone: deleteHostedZone,
  DisassociateVPCFromHostedZone: disassociateVpcFromHostedZone,
  GetChange: withNote(getChange, 'changes are in force when they are answered'),
  GetHostedZone: getHostedZone,
  GetHostedZoneCount: getHostedZoneCount,
  ListHostedZones: listHostedZones,
  ListHostedZonesByName: listHostedZonesByName,
  ListHostedZonesByVPC: listHostedZonesByVpc,
  ListResourceRecordSets: listResourceRecordSets,
  ListTagsForResource: listTagsForResource,
  UpdateHostedZoneComment: updateHostedZoneComment,
} satisfies Record<Route53OperationName, unknown>;
