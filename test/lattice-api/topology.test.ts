import { CreateVpcCommand } from '@aws-sdk/client-ec2';
import {
  BatchUpdateRuleCommand,
  CreateAccessLogSubscriptionCommand,
  CreateListenerCommand,
  CreateRuleCommand,
  CreateServiceCommand,
  CreateServiceNetworkCommand,
  CreateServiceNetworkServiceAssociationCommand,
  CreateServiceNetworkVpcAssociationCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteServiceCommand,
  DeleteServiceNetworkCommand,
  DeleteServiceNetworkServiceAssociationCommand,
  DeleteServiceNetworkVpcAssociationCommand,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  GetAuthPolicyCommand,
  GetListenerCommand,
  GetRuleCommand,
  GetServiceCommand,
  GetServiceNetworkCommand,
  GetTargetGroupCommand,
  ListAccessLogSubscriptionsCommand,
  ListServiceNetworkVpcEndpointAssociationsCommand,
  ListTagsForResourceCommand,
  ListTargetsCommand,
  PutAuthPolicyCommand,
  paginateListRules,
  RegisterTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-vpc-lattice';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';

/** One network from nothing to nothing, each step on what the steps before it made. */
describe('a network, built and taken down with the SDK', () => {
  let control: ControlPlane;
  const made = {
    vpc: '',
    network: '',
    service: '',
    serviceArn: '',
    group: '',
    listener: '',
    rules: [] as string[],
    vpcAssociation: '',
    association: '',
  };
  const send: ControlPlane['lattice']['send'] = (...args: never[]) =>
    (control.lattice.send as (...all: never[]) => never)(...args);

  beforeAll(async () => {
    control = await startControlPlane();
    const { Vpc } = await control.ec2.send(new CreateVpcCommand({ CidrBlock: '10.7.0.0/16' }));
    made.vpc = Vpc?.VpcId ?? '';
  });
  afterAll(() => control.close());

  test('a network with a VPC in it', async () => {
    const network = await send(new CreateServiceNetworkCommand({ name: 'shop' }));
    made.network = network.arn ?? '';
    expect(network.$metadata.httpStatusCode).toBe(201);
    expect(network.id).toMatch(/^sn-0[0-9a-f]{16}$/);
    const association = await send(
      new CreateServiceNetworkVpcAssociationCommand({
        serviceNetworkIdentifier: network.id,
        vpcIdentifier: made.vpc,
      }),
    );
    made.vpcAssociation = association.id ?? '';
    expect(association.$metadata.httpStatusCode).toBe(200);
    expect(association).toMatchObject({ status: 'ACTIVE', createdBy: control.accountId });
    const { items } = await send(
      new ListServiceNetworkVpcEndpointAssociationsCommand({
        serviceNetworkIdentifier: made.network,
      }),
    );
    expect(items).toEqual([]);
  });

  test('a service, found by an ARN with encoded slashes', async () => {
    const service = await send(new CreateServiceCommand({ name: 'cart', tags: { team: 'a' } }));
    made.service = service.id ?? '';
    made.serviceArn = service.arn ?? '';
    const got = await send(new GetServiceCommand({ serviceIdentifier: made.serviceArn }));
    expect(got.createdAt).toBeInstanceOf(Date);
    expect(got.dnsEntry?.domainName).toBe(
      `cart-${made.service.slice(4)}.7d67968.vpc-lattice-svcs.us-west-2.on.aws`,
    );
    const { $metadata: _, ...members } = got;
    expect(Object.keys(members).sort()).toEqual(
      // What was not given is absent, not empty.
      ['arn', 'authType', 'createdAt', 'dnsEntry', 'id', 'idleTimeoutSeconds']
        .concat(['lastUpdatedAt', 'name', 'status'])
        .sort(),
    );
  });

  test('a target group with a target, and a listener that uses it', async () => {
    const group = await send(
      new CreateTargetGroupCommand({
        name: 'carts',
        type: 'IP',
        config: { protocol: 'HTTP', port: 8080, vpcIdentifier: made.vpc },
      }),
    );
    made.group = group.id ?? '';
    const registered = await send(
      new RegisterTargetsCommand({
        targetGroupIdentifier: made.group,
        targets: [{ id: '10.7.0.1' }, { id: '10.8.0.1' }],
      }),
    );
    expect(registered.successful).toEqual([{ id: '10.7.0.1', port: 8080 }]);
    expect(registered.unsuccessful).toMatchObject([
      { id: '10.8.0.1', failureCode: 'UnsupportedTarget' },
    ]);
    const listener = await send(
      new CreateListenerCommand({
        serviceIdentifier: made.serviceArn,
        name: 'http',
        protocol: 'HTTP',
        defaultAction: {
          forward: { targetGroups: [{ targetGroupIdentifier: made.group, weight: 1 }] },
        },
      }),
    );
    made.listener = listener.arn ?? '';
    expect(listener).toMatchObject({ port: 80, serviceId: made.service });
    const { items } = await send(
      new ListTargetsCommand({ targetGroupIdentifier: made.group, targets: [{ id: '10.7.0.1' }] }),
    );
    expect(items).toEqual([
      { id: '10.7.0.1', port: 8080, status: 'INITIAL', reasonCode: 'InitialHealthChecking' },
    ]);
    const got = await send(new GetTargetGroupCommand({ targetGroupIdentifier: group.arn }));
    expect(got.serviceArns).toEqual([made.serviceArn]);
  });

  test('rules, answered as sent, listed page by page and reordered at once', async () => {
    const match = {
      httpMatch: {
        pathMatch: { match: { prefix: '/a' }, caseSensitive: true },
        headerMatches: [{ name: 'x', match: { exact: 'y' }, caseSensitive: false }],
      },
    };
    const action = { fixedResponse: { statusCode: 404 } };
    const path = { serviceIdentifier: made.service, listenerIdentifier: made.listener };
    for (const priority of [1, 2]) {
      const name = `rule${priority}`;
      const rule = await send(new CreateRuleCommand({ ...path, name, priority, match, action }));
      expect(rule).toMatchObject({ name, priority });
      made.rules.push(rule.id ?? '');
    }
    const got = await send(new GetRuleCommand({ ...path, ruleIdentifier: made.rules[0] }));
    expect(got.match).toStrictEqual(match);
    expect(got.action).toStrictEqual(action);
    const swapped = await send(
      new BatchUpdateRuleCommand({
        ...path,
        rules: [
          { ruleIdentifier: made.rules[0], priority: 2 },
          { ruleIdentifier: made.rules[1], priority: 1 },
        ],
      }),
    );
    expect(swapped.unsuccessful).toEqual([]);
    const seen = [];
    const config = { client: control.lattice, pageSize: 1 };
    for await (const { items = [] } of paginateListRules(config, path)) {
      expect(items).toHaveLength(1);
      seen.push(...items.map(({ isDefault, priority }) => (isDefault ? 'default' : priority)));
    }
    expect(seen).toEqual(['default', 2, 1]);
  });

  test('the service in the network', async () => {
    const association = await send(
      new CreateServiceNetworkServiceAssociationCommand({
        serviceIdentifier: made.service,
        serviceNetworkIdentifier: made.network,
      }),
    );
    made.association = association.arn ?? '';
    const network = await send(
      new GetServiceNetworkCommand({ serviceNetworkIdentifier: made.network }),
    );
    expect(network).toMatchObject({ numberOfAssociatedServices: 1, numberOfAssociatedVPCs: 1 });
  });

  test('an auth policy, in force with the auth type', async () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    });
    const resourceIdentifier = made.serviceArn;
    expect(await send(new GetAuthPolicyCommand({ resourceIdentifier }))).not.toHaveProperty(
      'policy',
    );
    const put = await send(new PutAuthPolicyCommand({ resourceIdentifier, policy }));
    expect(put).toMatchObject({ policy, state: 'Inactive' });
    await send(new UpdateServiceCommand({ serviceIdentifier: made.service, authType: 'AWS_IAM' }));
    const got = await send(new GetAuthPolicyCommand({ resourceIdentifier }));
    expect(got).toMatchObject({ policy, state: 'Active' });
  });

  test('an access log subscription, and tags', async () => {
    const destinationArn = 'arn:aws:logs:us-west-2:111122223333:log-group:/shop:*';
    await send(
      new CreateAccessLogSubscriptionCommand({
        resourceIdentifier: made.network,
        destinationArn,
      }),
    );
    const { items } = await send(
      new ListAccessLogSubscriptionsCommand({ resourceIdentifier: made.network }),
    );
    expect(items).toMatchObject([{ destinationArn, serviceNetworkLogType: 'SERVICE' }]);
    const resourceArn = made.serviceArn;
    await send(new TagResourceCommand({ resourceArn, tags: { 'a/b': 'c d' } }));
    await send(new UntagResourceCommand({ resourceArn, tagKeys: ['team', 'other'] }));
    const { tags } = await send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ 'a/b': 'c d' });
  });

  test('and down again', async () => {
    const serviceIdentifier = made.service;
    await expect(send(new DeleteServiceCommand({ serviceIdentifier }))).rejects.toMatchObject({
      name: 'ConflictException',
      resourceId: made.service,
      resourceType: 'SERVICE',
    });
    const gone = await send(
      new DeleteServiceNetworkServiceAssociationCommand({
        serviceNetworkServiceAssociationIdentifier: made.association,
      }),
    );
    expect(gone.status).toBe('DELETE_IN_PROGRESS');
    await send(
      new DeleteServiceNetworkVpcAssociationCommand({
        serviceNetworkVpcAssociationIdentifier: made.vpcAssociation,
      }),
    );
    const path = { serviceIdentifier, listenerIdentifier: made.listener };
    const deleted = await send(new DeleteListenerCommand(path));
    expect(deleted.$metadata.httpStatusCode).toBe(204);
    await expect(send(new GetListenerCommand(path))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      resourceType: 'LISTENER',
    });
    await send(new DeleteServiceCommand({ serviceIdentifier }));
    const targetGroupIdentifier = made.group;
    await send(
      new DeregisterTargetsCommand({ targetGroupIdentifier, targets: [{ id: '10.7.0.1' }] }),
    );
    await send(new DeleteTargetGroupCommand({ targetGroupIdentifier }));
    await send(new DeleteServiceNetworkCommand({ serviceNetworkIdentifier: made.network }));
    const left = await control.store.read(async (tx) => [
      await tx.count('serviceNetwork'),
      await tx.count('service'),
      await tx.count('rule'),
      await tx.count('target'),
      await tx.count('authPolicy'),
      await tx.count('accessLogSubscription'),
      await tx.count('tagSet', { index: 'account', equals: control.accountId }),
    ]);
    expect(left).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
