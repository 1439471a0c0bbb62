import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  associateService,
  findOrCreate,
  findOrCreateVpc,
  type Summary,
} from '../../examples/storefront/lattice.ts';
import type { ApiClient } from '../../src/cli/api-client.ts';
import { connect } from '../../src/cli/connect.ts';
import type { TestInstance } from './instance.ts';

export interface EchoNetwork {
  readonly client: ApiClient;
  /** The default action of a listener that leads to the target. */
  readonly forward: unknown;
  /** A target group with one target, a port of this machine; answers the action that leads to it. */
  addGroup(name: string, config: object, port: number): Promise<unknown>;
  /** Lets whoever signs ask a service for `/echo`, and for nothing else. */
  allowEcho(service: Summary): Promise<void>;
  /** Gives a service its listeners and puts it into the network. */
  serve(
    service: Summary,
    defaultAction: unknown,
    listeners: readonly { readonly protocol: string; readonly port: number }[],
  ): Promise<void>;
  stop(): void;
}

/** A VPC in a network, and a target that sends bodies back, and in `x-caller` and `x-seen` who asked for what. */
export const startEchoNetwork = async (instance: TestInstance): Promise<EchoNetwork> => {
  const target = createServer((incoming, response) => {
    const { headers } = incoming;
    response.setHeader('x-caller', String(headers['x-amzn-lattice-identity']));
    response.setHeader('x-client', String(headers['x-forwarded-for']));
    response.setHeader('x-seen', `${headers['x-forwarded-proto']} ${headers.host}`);
    incoming.pipe(response);
  });
  target.listen(0, '127.0.0.1');
  await once(target, 'listening');
  const { client } = connect({ data: instance.dataDir });
  const vpcId = await findOrCreateVpc(client, 'lab', '10.9.0.0/16');
  const network = await findOrCreate(client, '/servicenetworks', { name: 'lab' });
  await client.call('vpc-lattice', 'POST', '/servicenetworkvpcassociations', {
    body: { serviceNetworkIdentifier: network.id, vpcIdentifier: vpcId },
  });
  let groups = 0;
  const addGroup = async (name: string, config: object, port: number): Promise<unknown> => {
    const id = `10.9.0.${++groups}`;
    await client.call('pergola', 'PUT', `/vpcs/${vpcId}/mappings`, {
      body: { address: id, port: 80, host: '127.0.0.1', hostPort: port },
    });
    const group = await findOrCreate(client, '/targetgroups', {
      name,
      type: 'IP',
      config: { port: 80, vpcIdentifier: vpcId, healthCheck: { enabled: false }, ...config },
    });
    await client.call('vpc-lattice', 'POST', `/targetgroups/${group.id}/registertargets`, {
      body: { targets: [{ id, port: 80 }] },
    });
    return { forward: { targetGroups: [{ targetGroupIdentifier: group.id }] } };
  };
  const forward = await addGroup(
    'echo',
    { protocol: 'HTTP' },
    (target.address() as AddressInfo).port,
  );
  return {
    client,
    forward,
    addGroup,
    allowEcho: async ({ id, arn }) => {
      const statement = {
        Effect: 'Allow',
        Principal: '*',
        Action: 'vpc-lattice-svcs:Invoke',
        Resource: `${arn}/echo`,
        Condition: { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } },
      };
      await client.call('vpc-lattice', 'PUT', `/authpolicy/${id}`, {
        body: { policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
      });
    },
    serve: async (service, defaultAction, listeners) => {
      for (const { protocol, port } of listeners) {
        const name = `on-${port}`;
        await client.call('vpc-lattice', 'POST', `/services/${service.id}/listeners`, {
          body: { name, protocol, port, defaultAction },
        });
      }
      await associateService(client, network.id, service.id);
    },
    stop: () => {
      target.closeAllConnections();
      target.close();
    },
  };
};
