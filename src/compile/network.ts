import type { NetworkPart } from '../snapshot/parts.ts';
import type { DocumentIndex } from './document-index.ts';
import { compileLogs } from './log-subscription.ts';

export const compileNetwork = (index: DocumentIndex, id: string): NetworkPart | undefined => {
  const network = index.get('serviceNetwork', id);
  if (!network) return undefined;
  const policy = index.get('authPolicy', id)?.policy;
  return {
    kind: 'network',
    id,
    arn: network.arn,
    accountId: network.accountId,
    authType: network.authType,
    ...(policy !== undefined && { authPolicy: policy }),
    logs: compileLogs(index, id),
  };
};
