import type { TargetGroup } from '../lattice/resources.ts';
import type { HealthCheckPart } from '../snapshot/parts.ts';
import type { Report } from './problem.ts';

/** Defaults of AWS's HealthCheckConfig; the API also takes 0 as "the default". */
const DEFAULTS = { interval: 30, timeout: 5, healthy: 5, unhealthy: 2, path: '/', codes: '200' };

type Ranges = HealthCheckPart['successCodes'];

/** Undefined when targets of the group are not checked. */
export const compileHealthCheck = (
  { id, type, config }: TargetGroup,
  report: Report,
): HealthCheckPart | undefined => {
  const check = config.healthCheck;
  if (!check?.enabled || type === 'LAMBDA' || type === 'ALB') return undefined;
  const codes = check.matcher?.httpCode || DEFAULTS.codes;
  const successCodes = parseSuccessCodes(codes);
  if (!successCodes) {
    report(
      'invalidMatcher',
      id,
      `health check matcher \`${codes}\` of \`${id}\` is not a list of codes and ranges such as \`200,202\` or \`200-299\`: \`${DEFAULTS.codes}\` is used`,
    );
  }
  return {
    protocol: check.protocol ?? 'HTTP',
    protocolVersion: check.protocolVersion ?? 'HTTP1',
    ...(check.port && { port: check.port }),
    path: check.path || DEFAULTS.path,
    intervalMs: (check.healthCheckIntervalSeconds || DEFAULTS.interval) * 1000,
    timeoutMs: (check.healthCheckTimeoutSeconds || DEFAULTS.timeout) * 1000,
    healthyThreshold: check.healthyThresholdCount || DEFAULTS.healthy,
    unhealthyThreshold: check.unhealthyThresholdCount || DEFAULTS.unhealthy,
    successCodes: successCodes ?? [[200, 200]],
  };
};

/** `200,202,300-399` as inclusive ranges in the order given; undefined when it is anything else. */
export const parseSuccessCodes = (text: string): Ranges | undefined => {
  const ranges: [number, number][] = [];
  for (const item of text.split(',')) {
    const [, from, to] = /^(\d{3})(?:-(\d{3}))?$/.exec(item) ?? [];
    if (from === undefined || Number(to ?? from) < Number(from)) return undefined;
    ranges.push([Number(from), Number(to ?? from)]);
  }
  return ranges;
};
