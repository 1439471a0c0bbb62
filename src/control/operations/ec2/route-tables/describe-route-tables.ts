import type { Vpc } from '../../../../lattice/vpc.ts';
import type { Route, RouteTable } from '../../../../protocol/generated/ec2.ts';
import { derivedId } from '../derived-id.ts';
import { ec2Read } from '../ec2-operation.ts';
import { ec2Error } from '../errors.ts';
import { applyFilters, type FilterTable, onlyValue } from '../filters.ts';
import { cutPage } from '../page.ts';
import { vpcsOf } from '../vpcs/vpcs-of.ts';

/**
 * The main route table of each VPC. It follows from the VPC: there are no others, and its routes
 * lead to the VPC itself.
 */
export const describeRouteTables = ec2Read<'DescribeRouteTables'>(async (tx, input, context) => {
  const vpcs = await vpcsOf(tx, onlyValue(input.Filters, 'vpc-id'), context);
  const tables = vpcs.map(toRouteTable);
  for (const id of input.RouteTableIds ?? []) {
    if (tables.some(({ RouteTableId }) => RouteTableId === id)) continue;
    throw ec2Error('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`);
  }
  const named = input.RouteTableIds?.length
    ? tables.filter(({ RouteTableId }) => input.RouteTableIds!.includes(RouteTableId!))
    : tables;
  const matching = await applyFilters(tx, named, input.Filters, FILTERS);
  const page = cutPage(
    matching,
    ({ RouteTableId }) => RouteTableId!,
    'DescribeRouteTables',
    input,
    context,
  );
  return { RouteTables: page.rows, NextToken: page.nextToken };
});

const FILTERS: FilterTable<RouteTable> = {
  'association.gateway-id': () => undefined,
  'association.main': () => true,
  'association.route-table-association-id': (table) =>
    table.Associations!.map((association) => association.RouteTableAssociationId),
  'association.route-table-id': (table) => table.RouteTableId,
  // The main table's association names no subnet, so no subnet finds it, as with AWS.
  'association.subnet-id': () => undefined,
  'owner-id': (table) => table.OwnerId,
  'route-table-id': (table) => table.RouteTableId,
  'route.destination-cidr-block': (table) =>
    table.Routes!.map((route) => route.DestinationCidrBlock),
  'route.destination-ipv6-cidr-block': (table) =>
    table.Routes!.map((route) => route.DestinationIpv6CidrBlock),
  'route.gateway-id': () => 'local',
  'route.origin': () => 'CreateRouteTable',
  'route.state': () => 'active',
  'vpc-id': (table) => table.VpcId,
};

const toRouteTable = (vpc: Vpc): RouteTable => ({
  Associations: [
    {
      Main: true,
      RouteTableAssociationId: derivedId('routeTableAssociation', vpc.id),
      RouteTableId: vpc.mainRouteTableId,
      AssociationState: { State: 'associated' },
    },
  ],
  PropagatingVgws: [],
  RouteTableId: vpc.mainRouteTableId,
  Routes: [
    { DestinationCidrBlock: vpc.cidrBlock, ...LOCAL },
    ...(vpc.ipv6CidrBlock === undefined
      ? []
      : [{ DestinationIpv6CidrBlock: vpc.ipv6CidrBlock, ...LOCAL }]),
  ],
  Tags: [],
  VpcId: vpc.id,
  OwnerId: vpc.accountId,
});

const LOCAL = {
  GatewayId: 'local',
  Origin: 'CreateRouteTable',
  State: 'active',
} as const satisfies Route;
