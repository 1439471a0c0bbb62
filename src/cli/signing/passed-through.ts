import type { Explanation } from '../../protocol/generated/pergola.ts';
import { type ApiClient, ApiError } from '../api-client.ts';
import { askSimulation } from '../ask-explanation.ts';
import type { Portal } from '../portals.ts';
import type { CallRequest } from './parse-call.ts';

/**
 * What policies say to the connection for a request whose TLS goes through to a target as it is;
 * undefined for all others. Nobody on the way could look at a signature in it, and the target has no
 * business with one.
 */
export const passedThrough = async (
  client: ApiClient,
  { vpcId }: Portal,
  { scheme, host }: Pick<CallRequest, 'scheme' | 'host'>,
): Promise<Explanation | undefined> => {
  if (scheme === 'http') return undefined;
  const url = `https://${host}/`;
  try {
    const simulated = { principal: 'anonymous', vpcId, method: 'GET', url };
    const { explanation } = await askSimulation(client, simulated);
    return explanation.request.method === 'CONNECT' ? explanation : undefined;
  } catch (error) {
    // What cannot be simulated is for the call itself to tell.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
};
