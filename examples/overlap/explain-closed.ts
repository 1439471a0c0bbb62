import type { ApiClient } from '../../src/cli/api-client.ts';
import type { ExplainPathResponse } from '../../src/protocol/generated/pergola.ts';

/** The first thing that keeps a machine from a service; undefined when nothing does. */
export const explainClosed = async (
  client: ApiClient,
  instanceId: string,
  url: string,
): Promise<string | undefined> => {
  const { path } = await client.call<ExplainPathResponse>('pergola', 'POST', '/paths', {
    body: { url, from: instanceId },
  });
  const failed = path.checks.find(({ passes }) => !passes);
  return failed && `${failed.check}: ${failed.message}`;
};
