import { formatAddress, parseAddress } from '../../lattice/cidr.ts';
import {
  type ExplainedCheck,
  type ExplainedPlace,
  type ExplainedTarget,
  MOST_TARGETS,
  type PathExplanation,
  type PathQuestion,
} from '../../snapshot/explanation.ts';
import type { TargetPart, VpcPart } from '../../snapshot/parts.ts';
import type { Admission, Place } from '../admission/admission.ts';
import { FRONT_PORT, frontOf } from '../admission/front-addresses.ts';
import type { RequestHead, Source } from '../request-head.ts';
import type {
  DataPlaneState,
  ListenerRuntime,
  NetworkRuntime,
  ServiceRuntime,
  TargetGroupRuntime,
  VpcRuntime,
} from '../state.ts';
import { clientChecks, targetChecks } from './access-checks.ts';
import { simulatedRequest } from './simulated-request.ts';

/**
 * The way of a connection from a place to a service and on to its targets, one for each address that
 * the place has, since each has rules of its own; or why it begins nowhere.
 */
export const explainPath = (
  { vpcId, from, url, isOfMachines = false }: PathQuestion,
  state: DataPlaneState,
  nowMs: number,
): { readonly paths: readonly PathExplanation[] } | { readonly problem: string } => {
  const vpc = state.vpcs.get(vpcId);
  if (vpc === undefined) return { problem: `there is no VPC \`${vpcId}\`` };
  const clients = clientPlaces(state, vpc.part, from);
  if ('problem' in clients) return clients;
  const request = simulatedRequest({ vpcId, method: 'GET', url, headers: [] });
  if ('problem' in request) return request;
  const asked = { ...request, isOfMachines };
  return { paths: clients.map((client) => pathOf(state, vpc, client, asked, nowMs)) };
};

interface Asked {
  readonly head: RequestHead;
  readonly source: Source;
  readonly isOfMachines: boolean;
}

const pathOf = (
  state: DataPlaneState,
  vpc: VpcRuntime,
  client: Place,
  { head, source: { listenerPort }, isOfMachines }: Asked,
  nowMs: number,
): PathExplanation => {
  const { network } = vpc;
  const service = network?.hosts.get(head.host);
  const listener = service?.listeners.get(listenerPort);
  const front = frontOf(service?.part.id, client.address?.version ?? 4);
  // As if the client's port were the front's: any of the dynamic ones.
  const attempt = { address: client.address, front, port: FRONT_PORT, listenerPort };
  const checks = [
    associationCheck(vpc.part),
    ...(isOfMachines ? givenChecks(state.admission, vpc.part, client) : []),
    ...clientChecks(state.admission, vpc.part, client, attempt),
    ...(network === undefined ? [] : [serviceCheck(head, network, service)]),
    ...(service === undefined ? [] : [listenerCheck(service, listenerPort)]),
  ];
  return {
    at: new Date(nowMs).toISOString(),
    isOpen: checks.every(({ passes }) => passes),
    from: explainPlace(vpc.part, client),
    to: {
      host: head.host,
      port: listenerPort,
      ...(service && { serviceId: service.part.id, accountId: service.part.accountId }),
    },
    checks,
    targets: listener === undefined ? [] : explainTargets(state, head, listener),
  };
};

const clientPlaces = (
  { admission }: DataPlaneState,
  vpc: VpcPart,
  from: string | undefined,
): readonly Place[] | { readonly problem: string } => {
  if (from === undefined) return [admission.clientPlace(vpc, undefined)];
  const addresses = admission.findAddresses(vpc, from);
  if (addresses.length > 0) return addresses.map((one) => admission.clientPlace(vpc, one));
  return {
    problem: `\`${from}\` is neither an address of ${vpc.id}, which has ${vpc.cidrs.join(' and ')}, nor an instance or network interface in it`,
  };
};

const explainPlace = (vpc: VpcPart, place: Place): ExplainedPlace => {
  const { address, subnet, networkInterface, securityGroupIds, networkAclId } = place;
  return {
    vpcId: vpc.id,
    accountId: vpc.accountId,
    ...(address && { address: formatAddress(address) }),
    ...(subnet && { subnetId: subnet.id }),
    ...(networkInterface && { networkInterfaceId: networkInterface.id }),
    securityGroupIds,
    networkAclId,
  };
};

const associationCheck = ({ id, accountId, associationId, networkId }: VpcPart): ExplainedCheck => {
  const passes = networkId !== undefined;
  return {
    check: 'association of the VPC',
    accountId,
    passes,
    message: passes
      ? `${associationId} puts ${id} into service network ${networkId}`
      : `${id} is in no service network`,
    rules: [],
    advice: passes ? [] : [`associate ${id} with the service network of the service`],
  };
};

/** What `Admission.isGiven` says, where nobody is. */
const givenChecks = (
  admission: Admission,
  vpc: VpcPart,
  { address, networkInterface }: Place,
): readonly ExplainedCheck[] => {
  if (address === undefined || admission.isGiven(vpc, address)) return [];
  const { id: vpcId, accountId } = vpc;
  const text = formatAddress(address);
  const message =
    networkInterface === undefined
      ? `nobody has ${text}: it is neither an instance's nor that of \`pergola exec --vpc\``
      : `nobody has ${text}: ${networkInterface.id} is of no instance`;
  return [
    {
      check: 'address of the client',
      accountId,
      passes: false,
      message,
      rules: [],
      advice: [
        `run an instance in ${vpcId} and ask from its id, or ask from ${vpcId} without an address`,
      ],
    },
  ];
};

const serviceCheck = (
  { host }: RequestHead,
  { part: { id, accountId } }: NetworkRuntime,
  service: ServiceRuntime | undefined,
): ExplainedCheck => ({
  check: 'service',
  accountId: service?.part.accountId ?? accountId,
  passes: service !== undefined,
  message:
    service === undefined
      ? `no service in ${id} has the name \`${host}\``
      : `${service.part.id} has the name \`${host}\``,
  rules: [],
  advice:
    service === undefined ? [`associate the service that has the name \`${host}\` with ${id}`] : [],
});

const listenerCheck = ({ part, listeners }: ServiceRuntime, port: number): ExplainedCheck => {
  const listener = listeners.get(port);
  const ports = [...listeners.keys()].join(', ') || 'none';
  return {
    check: 'listener',
    accountId: part.accountId,
    passes: listener !== undefined,
    message:
      listener === undefined
        ? `${part.id} has no listener for port ${port}`
        : `${listener.part.id} of ${part.id} is for ${listener.part.protocol} on port ${port}`,
    rules: [],
    advice:
      listener === undefined
        ? [`use a port of ${part.id}, which has ${ports}, or make a listener for port ${port}`]
        : [],
  };
};

const explainTargets = (
  state: DataPlaneState,
  head: RequestHead,
  listener: ListenerRuntime,
): readonly ExplainedTarget[] => {
  const { ruleId } = listener.routes.select(head);
  const rule = listener.part.rules.find(({ id }) => id === ruleId);
  const action = rule?.action ?? listener.part.defaultAction;
  if (action.type !== 'forward') return [];
  return action.targetGroups
    .flatMap(({ targetGroupId }) => state.targetGroups.get(targetGroupId) ?? [])
    .flatMap((group) => [...group.targets.values()].map(({ part }) => ({ group, part })))
    .slice(0, MOST_TARGETS)
    .map(({ group, part }) => explainTarget(state, group, part));
};

const explainTarget = (
  { admission, vpcs }: DataPlaneState,
  { part: { id, vpcId } }: TargetGroupRuntime,
  { targetId, port, address: text }: TargetPart,
): ExplainedTarget => {
  const vpc = vpcId === undefined ? undefined : vpcs.get(vpcId)?.part;
  const address = text === undefined ? undefined : parseAddress(text);
  const checks =
    vpc === undefined || address === undefined
      ? []
      : targetChecks(admission, vpc, admission.targetPlace(vpc, address), port);
  const isOpen = checks.every(({ passes }) => passes);
  return { targetGroupId: id, targetId, port, isOpen, checks };
};
