import type { ServicePart } from '../snapshot/parts.ts';
import { compileHostCertificates } from './certificate.ts';
import type { DocumentIndex } from './document-index.ts';
import { compileListeners } from './listener.ts';
import { compileLogs } from './log-subscription.ts';
import { normalHost } from './membership.ts';
import type { Report } from './problem.ts';
import { isServed } from './status.ts';

export const compileService = (
  index: DocumentIndex,
  id: string,
  report: Report,
): ServicePart | undefined => {
  const service = index.get('service', id);
  if (!service || !isServed(service.status)) return undefined;
  const policy = index.get('authPolicy', id)?.policy;
  return {
    kind: 'service',
    id,
    arn: service.arn,
    accountId: service.accountId,
    name: service.name,
    domainName: normalHost(service.dnsEntry.domainName),
    authType: service.authType,
    ...(policy !== undefined && { authPolicy: policy }),
    // A copy: parts get frozen, documents are not ours.
    tags: { ...index.get('tagSet', service.arn)?.tags },
    idleTimeoutMs: service.idleTimeoutSeconds * 1000,
    listeners: compileListeners(index, id, report),
    certificates: compileHostCertificates(index, service, report),
    logs: compileLogs(index, id),
  };
};

/** Target groups to which the service sends requests, each once. */
export const targetGroupsOf = (part: ServicePart | undefined): Set<string> => {
  const ids = new Set<string>();
  for (const listener of part?.listeners ?? []) {
    for (const action of [listener.defaultAction, ...listener.rules.map((rule) => rule.action)]) {
      if (action.type !== 'forward') continue;
      for (const { targetGroupId } of action.targetGroups) ids.add(targetGroupId);
    }
  }
  return ids;
};
