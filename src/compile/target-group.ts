import type { TargetGroupPart } from '../snapshot/parts.ts';
import { hasPart } from './action.ts';
import type { DocumentIndex } from './document-index.ts';
import { compileHealthCheck } from './health-check.ts';
import type { Report } from './problem.ts';
import { compileTargets } from './target.ts';

/** `used`: whether a service that is served sends requests to it. */
export const compileTargetGroup = (
  index: DocumentIndex,
  id: string,
  used: boolean,
  report: Report,
): TargetGroupPart | undefined => {
  const group = index.get('targetGroup', id);
  if (!group || !hasPart(group)) return undefined;
  const { config } = group;
  return {
    kind: 'targetGroup',
    id,
    arn: group.arn,
    type: group.type,
    // A Lambda function is invoked, not spoken to: it has neither, and events are made of HTTP/1.1.
    protocol: config.protocol ?? 'HTTP',
    protocolVersion: config.protocolVersion ?? 'HTTP1',
    ...(config.vpcIdentifier !== undefined && { vpcId: config.vpcIdentifier }),
    used,
    healthCheck: compileHealthCheck(group, report),
    targets: compileTargets(index, group, report),
  };
};
