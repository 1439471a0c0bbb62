import { RECORD_TYPES, type RecordSet, type RecordType } from '../../../../lattice/hosted-zone.ts';
import type { Change, ResourceRecordSet } from '../../../../protocol/generated/route53.ts';
import { parseDomainName } from '../domain-name.ts';
import { invalidInput, unsupported } from '../errors.ts';
import { zoneIdOf } from '../find-zone.ts';

/** What a change says of a record set. */
export type WantedSet = Pick<RecordSet, 'name' | 'type' | 'ttl' | 'values' | 'alias'>;

/** Members by which AWS chooses among several record sets of one name and type. */
const ROUTING_MEMBERS = [
  'SetIdentifier',
  'Weight',
  'Region',
  'GeoLocation',
  'Failover',
  'MultiValueAnswer',
  'HealthCheckId',
  'TrafficPolicyInstanceId',
  'CidrRoutingConfig',
  'GeoProximityLocation',
] as const satisfies readonly (keyof ResourceRecordSet)[];

const MOST_VALUES = 400;

/**
 * Reads what a change names; whether it fits the zone is not looked at.
 * @throws ServiceError InvalidInput, InvalidDomainName, UnsupportedOperation
 */
export const parseRecordSet = ({ Action: action, ResourceRecordSet: set }: Change): WantedSet => {
  const { Name, Type: type, TTL: ttl, ResourceRecords: records, AliasTarget: target } = set;
  const routing = ROUTING_MEMBERS.find((member) => set[member] !== undefined);
  if (routing !== undefined) throw unsupported(`a record set with ${routing}`);
  if (!isRecordType(type)) throw unsupported(`a record set of type ${type}`);
  const where = `in Change with [Action=${action}, Name=${Name}, Type=${type}, SetIdentifier=null]`;
  const name = parseDomainName(Name, { wildcard: true });
  if (target !== undefined) {
    if (ttl !== undefined || records !== undefined) {
      throw invalidInput(`Invalid request: ${EXACTLY_ONE}, but found more than one ${where}`);
    }
    const alias = {
      hostedZoneId: zoneIdOf(target.HostedZoneId),
      dnsName: parseDomainName(target.DNSName, { wildcard: true }),
      evaluateTargetHealth: target.EvaluateTargetHealth,
    };
    return { name, type, alias };
  }
  if (ttl === undefined && records === undefined) {
    throw invalidInput(`Invalid request: ${EXACTLY_ONE}, but found none ${where}`);
  }
  if (ttl === undefined) throw invalidInput(`Invalid request: Missing field 'TTL' ${where}`);
  if (records === undefined) {
    throw invalidInput(`Invalid request: Missing field 'ResourceRecords' ${where}`);
  }
  if (records.length > MOST_VALUES) {
    throw invalidInput(`Invalid request: Expected at most ${MOST_VALUES} values ${where}`);
  }
  return { name, type, ttl, values: records.map(({ Value }) => Value) };
};

const EXACTLY_ONE =
  'Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId]';

const isRecordType = (type: string): type is RecordType =>
  (RECORD_TYPES as readonly string[]).includes(type);
