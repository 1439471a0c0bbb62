import { type ApiClient, ApiError, type Query } from '../../src/cli/api-client.ts';
import { xmlText } from '../../src/cli/xml-text.ts';

/** The few calls of the VPC Lattice and EC2 APIs that examples are built with. */

export interface Summary {
  readonly id: string;
  readonly arn: string;
  readonly name?: string;
}

export interface TargetSummary {
  readonly id: string;
  readonly port: number;
  readonly status: string;
}

/** All pages of a List call. */
export const listAll = async <Item>(
  client: ApiClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Item[]> => {
  const items: Item[] = [];
  let nextToken: string | undefined;
  do {
    const page: { items: Item[]; nextToken?: string } = await client.call(
      'vpc-lattice',
      'GET',
      path,
      { query: { ...query, maxResults: 100, nextToken } },
    );
    items.push(...page.items);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return items;
};

/** What is there under this name, else a new one: running it twice changes nothing. */
export const findOrCreate = async (
  client: ApiClient,
  path: string,
  body: { readonly name: string } & Readonly<Record<string, unknown>>,
): Promise<Summary> => {
  const found = (await listAll<Summary>(client, path)).find((item) => item.name === body.name);
  return found ?? client.call<Summary>('vpc-lattice', 'POST', path, { body });
};

/** Polls a resource until it is ACTIVE; at most 30 s. */
export const waitUntilActive = async <Resource = unknown>(
  client: ApiClient,
  path: string,
): Promise<Resource> => {
  for (const start = Date.now(); ; ) {
    const resource = await client.call<Resource & { status?: string }>('vpc-lattice', 'GET', path);
    if (resource.status === undefined || resource.status === 'ACTIVE') return resource;
    if (resource.status.endsWith('_FAILED') || Date.now() - start > 30_000) {
      throw new Error(`${path} is ${resource.status} and not ACTIVE`);
    }
    await pause(200);
  }
};

/** Polls until a resource is gone (404); at most 30 s. */
export const waitUntilGone = async (client: ApiClient, path: string): Promise<void> => {
  for (const start = Date.now(); Date.now() - start < 30_000; await pause(200)) {
    try {
      await client.call('vpc-lattice', 'GET', path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return;
      throw error;
    }
  }
  throw new Error(`${path} is still there after 30 s`);
};

/** Puts a service into a service network, unless it is there. */
export const associateService = async (client: ApiClient, networkId: string, serviceId: string) => {
  const path = '/servicenetworkserviceassociations';
  const [found] = await listAll<Summary>(client, path, {
    serviceNetworkIdentifier: networkId,
    serviceIdentifier: serviceId,
  });
  const association =
    found ??
    (await client.call<Summary>('vpc-lattice', 'POST', path, {
      body: { serviceNetworkIdentifier: networkId, serviceIdentifier: serviceId },
    }));
  await waitUntilActive(client, `${path}/${association.id}`);
};

export const listTargets = async (
  client: ApiClient,
  targetGroupId: string,
): Promise<readonly TargetSummary[]> => {
  const { items } = await client.call<{ items: readonly TargetSummary[] }>(
    'vpc-lattice',
    'POST',
    `/targetgroups/${targetGroupId}/listtargets`,
    { body: {} },
  );
  return items;
};

export const deregisterTargets = (
  client: ApiClient,
  targetGroupId: string,
  targets: readonly { readonly id: string; readonly port: number }[],
): Promise<unknown> =>
  client.call('vpc-lattice', 'POST', `/targetgroups/${targetGroupId}/deregistertargets`, {
    body: { targets },
  });

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** The VPC with this Name tag, created if there is none; answers its id. */
export const findOrCreateVpc = async (
  client: ApiClient,
  name: string,
  cidrBlock: string,
): Promise<string> => {
  const found = xmlText(
    await client.ec2('DescribeVpcs', { 'Filter.1.Name': 'tag:Name', 'Filter.1.Value.1': name }),
    'vpcId',
  );
  if (found !== undefined) return found;
  return createVpc(client, name, { CidrBlock: cidrBlock });
};

/** Answers its id. `parameters` are those of CreateVpc, but for tags. */
export const createVpc = (client: ApiClient, name: string, parameters: Query): Promise<string> =>
  askEc2(client, 'CreateVpc', 'vpcId', {
    ...parameters,
    'TagSpecification.1.ResourceType': 'vpc',
    'TagSpecification.1.Tag.1.Key': 'Name',
    'TagSpecification.1.Tag.1.Value': name,
  });

/** Calls EC2; answers what is in the first `element` of the answer. */
export const askEc2 = async (
  client: ApiClient,
  action: string,
  element: string,
  parameters: Query,
): Promise<string> => {
  const text = xmlText(await client.ec2(action, parameters), element);
  if (text === undefined) throw new Error(`${action} answered no ${element}`);
  return text;
};
