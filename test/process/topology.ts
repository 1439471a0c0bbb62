import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ApiClient } from '../../src/cli/api-client.ts';

/** A target in this process; closed at the end of the test. */
export const startTarget = async (listener: RequestListener): Promise<number> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
};

export interface Topology {
  readonly vpcId: string;
  readonly targetGroupId: string;
  readonly host: string;
}

/** One VPC in one service network with one service that forwards all to these targets. */
export const buildTopology = async (
  client: ApiClient,
  targetPorts: number | readonly number[],
  healthCheck: object = { enabled: false },
): Promise<Topology> => {
  const ports = [targetPorts].flat();
  const xml = await client.ec2('CreateVpc', { CidrBlock: '10.0.0.0/16' });
  const vpcId = /<vpcId>([^<]+)/.exec(xml)?.[1] as string;
  const post = (path: string, body: object) =>
    client.call<{ id: string; dnsEntry: { domainName: string } }>('vpc-lattice', 'POST', path, {
      body,
    });
  await client.call('pergola', 'PUT', `/vpcs/${vpcId}/mappings`, {
    body: { address: '10.0.0.10', host: '127.0.0.1' },
  });
  const network = await post('/servicenetworks', { name: 'network' });
  await post('/servicenetworkvpcassociations', {
    serviceNetworkIdentifier: network.id,
    vpcIdentifier: vpcId,
  });
  const service = await post('/services', { name: 'service' });
  await post('/servicenetworkserviceassociations', {
    serviceNetworkIdentifier: network.id,
    serviceIdentifier: service.id,
  });
  const group = await post('/targetgroups', {
    name: 'group',
    type: 'IP',
    config: {
      port: ports[0],
      protocol: 'HTTP',
      vpcIdentifier: vpcId,
      healthCheck,
    },
  });
  await client.call('vpc-lattice', 'POST', `/targetgroups/${group.id}/registertargets`, {
    body: { targets: ports.map((port) => ({ id: '10.0.0.10', port })) },
  });
  await post(`/services/${service.id}/listeners`, {
    name: 'http',
    protocol: 'HTTP',
    defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: group.id }] } },
  });
  return { vpcId, targetGroupId: group.id, host: service.dnsEntry.domainName };
};

/** One request on a connection of its own. */
export const get = (
  portal: string,
  host: string,
  path = '/',
): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request(new URL(path, portal), { agent: false, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });

/** `accepts`, or why not. Sends nothing, so nothing can be in flight afterwards. */
export const probe = (portal: string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(portal);
    const socket = connect(Number(port), hostname, () => {
      socket.destroy();
      resolve('accepts');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
