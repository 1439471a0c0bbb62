import type { ApiClient } from '../../src/cli/api-client.ts';
import type { ExplainPathResponse } from '../../src/protocol/generated/pergola.ts';

/** The first thing that keeps a machine, or one of its addresses, from a service; undefined when nothing does. */
export const explainClosed = async (
  client: ApiClient,
  instanceId: string,
  url: string,
): Promise<string | undefined> => {
  const { paths } = await client.call<ExplainPathResponse>('pergola', 'POST', '/paths', {
    body: { url, from: instanceId },
  });
  const failed = paths.flatMap(({ checks }) => checks).find(({ passes }) => !passes);
  return failed && `${failed.check}: ${failed.message}`;
};
