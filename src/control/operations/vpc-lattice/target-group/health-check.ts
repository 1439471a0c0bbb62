import type {
  HealthCheck,
  TargetGroupConfig,
  TargetGroupType,
} from '../../../../lattice/resources.ts';
import { invalid, invalidField } from '../../../errors.ts';
import { present } from '../present.ts';
import type { Input } from '../shapes.ts';
import { requireSuccessCodes } from './success-codes.ts';

type SentHealthCheck = Input<'UpdateTargetGroup'>['healthCheck'];

/** AWS's defaults and the ranges that its guide gives; 0, which its model allows, asks for the default. */
const NUMBERS = {
  healthCheckIntervalSeconds: { fallback: 30, least: 5, most: 300 },
  healthCheckTimeoutSeconds: { fallback: 5, least: 1, most: 120 },
  healthyThresholdCount: { fallback: 5, least: 2, most: 10 },
  unhealthyThresholdCount: { fallback: 2, least: 2, most: 10 },
} as const;

type NumberName = keyof typeof NUMBERS;

/** @throws ValidationException for types of target groups whose targets are not checked. */
export const requireHealthCheckable = (type: TargetGroupType): void => {
  if (type === 'ALB' || type === 'LAMBDA') {
    throw invalid(`${type} Target Group does not support health check config`);
  }
};

/**
 * The complete health check: what was sent, then what was set before, then AWS's defaults, which
 * depend on how the group speaks to its targets.
 *
 * @throws ValidationException for values outside AWS's ranges, and for a check that says too little
 */
export const completeHealthCheck = (
  sent: SentHealthCheck | undefined,
  before: HealthCheck | undefined,
  group: Pick<TargetGroupConfig, 'protocol' | 'protocolVersion'>,
): HealthCheck => {
  const changed = { ...before, ...(sent && accepted(sent)) };
  if (group.protocol === 'TCP') return completeForTcp(changed);
  if (group.protocolVersion === 'GRPC') requireVersion(changed, sent, before);
  return withDefaults(
    { ...changed, enabled: changed.enabled ?? group.protocolVersion === 'HTTP1' },
    group.protocolVersion === 'HTTP2' ? 'HTTP2' : 'HTTP1',
  );
};

/**
 * Checks are no gRPC calls, so nothing follows from the version of the group (VPC Lattice user guide,
 * "Health checks"). What the group shows while it is not checked is a default that nobody chose.
 */
const requireVersion = (
  changed: Partial<HealthCheck>,
  sent: SentHealthCheck | undefined,
  before: HealthCheck | undefined,
): void => {
  const isTurnedOn = changed.enabled === true && before?.enabled !== true;
  if (!isTurnedOn || sent?.protocolVersion !== undefined) return;
  throw invalid('Health checks of a GRPC target group need a protocolVersion, HTTP1 or HTTP2.');
};

/** A TCP group is not checked, and answers nothing but that, until it is told how to check. */
const completeForTcp = (changed: Partial<HealthCheck>): HealthCheck => {
  const check = { ...changed, enabled: changed.enabled ?? false };
  if (check.protocol !== undefined && check.protocolVersion !== undefined) {
    return withDefaults(check, check.protocolVersion);
  }
  if (check.enabled) {
    throw invalid('Health checks of a TCP target group need a protocol and a protocolVersion.');
  }
  return check;
};

const withDefaults = (check: HealthCheck, version: 'HTTP1' | 'HTTP2'): HealthCheck => {
  const number = (name: NumberName) => check[name] || NUMBERS[name].fallback;
  return present({
    enabled: check.enabled,
    protocol: check.protocol ?? 'HTTP',
    protocolVersion: check.protocolVersion ?? version,
    port: check.port || undefined,
    path: check.path || '/',
    healthCheckIntervalSeconds: number('healthCheckIntervalSeconds'),
    healthCheckTimeoutSeconds: number('healthCheckTimeoutSeconds'),
    healthyThresholdCount: number('healthyThresholdCount'),
    unhealthyThresholdCount: number('unhealthyThresholdCount'),
    matcher: { httpCode: check.matcher?.httpCode || '200' },
  });
};

const accepted = (sent: SentHealthCheck): Partial<HealthCheck> => {
  const { protocol, matcher } = sent;
  if (protocol === 'TCP') {
    throw invalidField('healthCheck.protocol', 'Health check protocol must be HTTP or HTTPS.');
  }
  for (const [name, { least, most }] of Object.entries(NUMBERS)) {
    const value = sent[name as NumberName];
    if (value !== undefined && value !== 0 && (value < least || value > most)) {
      throw invalidField(
        `healthCheck.${name}`,
        `Value must be between ${least} and ${most}, or 0 for the default.`,
      );
    }
  }
  if (matcher?.httpCode) requireSuccessCodes(matcher.httpCode);
  const { protocol: _, ...rest } = sent;
  return { ...rest, ...(protocol === undefined ? {} : { protocol }) };
};
