/**
 * Random documents for property tests, from few ids and few values, so that they refer to each
 * other, collide and dangle often.
 */
import fc from 'fast-check';
import type { Change, Documents } from '../lattice/documents.ts';
import { BUILDERS } from './builders.ts';
import { COMPILED_KINDS, type CompiledKind, type Resources } from './resources.ts';

const oneOf = <const T extends readonly unknown[]>(...values: T): fc.Arbitrary<T[number]> =>
  fc.constantFrom(...values);
const idOf = (prefix: string) => oneOf(`${prefix}-1`, `${prefix}-2`, `${prefix}-3`);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const createdAt = oneOf('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z');
const authType = oneOf('NONE', 'AWS_IAM');
const status = oneOf(
  'ACTIVE',
  'ACTIVE',
  'CREATE_IN_PROGRESS',
  'UPDATE_IN_PROGRESS',
  'DELETE_IN_PROGRESS',
  'CREATE_FAILED',
  'DELETE_FAILED',
);
const address = oneOf('10.0.0.1', '10.0.0.2', 'fd00::1', 'FD00:0::1', 'i-1', 'i-2');
// `on.aws` is the zone of the services' generated names.
const certificateId = oneOf('c1', 'c2', 'on.aws');
const port = oneOf(80, 443);
const text = oneOf('', 'a', 'shop.example', 'SHOP.example.', '200', '200-299,', '/');

const action = fc.oneof(
  fc.record({ fixedResponse: fc.record({ statusCode: oneOf(404, 500) }) }),
  fc.record({
    forward: fc.record({
      targetGroups: fc.array(
        fc.record(
          {
            targetGroupIdentifier: fc.oneof(
              idOf('tg'),
              idOf('tg').map(
                (id) => `arn:aws:vpc-lattice:us-west-2:111122223333:targetgroup/${id}`,
              ),
              text,
            ),
            weight: oneOf(0, 1, 999),
          },
          { requiredKeys: ['targetGroupIdentifier'] },
        ),
        { maxLength: 3 },
      ),
    }),
  }),
);

const stringMatch = fc.oneof(
  fc.record({ exact: text }),
  fc.record({ prefix: text }),
  fc.record({ contains: text }),
);
const httpMatch = fc.record(
  {
    method: oneOf('GET', 'get'),
    pathMatch: fc.record(
      {
        match: fc.oneof(fc.record({ exact: text }), fc.record({ prefix: text })),
        caseSensitive: fc.boolean(),
      },
      { requiredKeys: ['match'] },
    ),
    headerMatches: fc.array(fc.record({ name: oneOf('A', 'b'), match: stringMatch }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: [] },
);

const healthCheck = fc.record(
  {
    enabled: fc.boolean(),
    port: oneOf(0, 8080),
    path: text,
    matcher: fc.record({ httpCode: text }),
    healthCheckIntervalSeconds: oneOf(0, 5),
  },
  { requiredKeys: ['enabled'] },
);

const accountId = oneOf('111122223333', '444455556666');
// One id is a role's too, which the store does not rule out.
const userId = oneOf('AIDA-1', 'AIDA-2', 'AROA-1');
const policyArn = oneOf(
  'arn:aws:iam::111122223333:policy/one',
  'arn:aws:iam::111122223333:policy/two',
  'arn:aws:iam::aws:policy/VPCLatticeServicesInvokeAccess',
);
const tags = fc.dictionary(oneOf('team', 'stage'), oneOf('a', 'b'));
const inlinePolicies = fc.array(fc.record({ name: oneOf('a', 'b'), document: text }), {
  maxLength: 2,
});

type Arbitraries = { readonly [K in CompiledKind]: fc.Arbitrary<Partial<Documents[K]>> };

// Members that are undefined are taken out below; `Partial` with exact optional members is not.
const PARTIALS = {
  vpc: fc.record({
    id: idOf('vpc'),
    ipv6CidrBlock: maybe(oneOf('fd80::/56')),
    defaultNetworkAclId: idOf('acl'),
  }),
  subnet: fc.record({
    id: idOf('subnet'),
    vpcId: idOf('vpc'),
    networkAclId: maybe(idOf('acl')),
  }),
  networkInterface: fc.record({
    id: idOf('eni'),
    vpcId: idOf('vpc'),
    privateIpAddresses: fc.array(oneOf('10.0.1.7', '10.0.1.8'), { maxLength: 2 }),
    groupIds: fc.array(idOf('sg'), { maxLength: 2 }),
  }),
  securityGroup: fc.record({
    id: idOf('sg'),
    vpcId: idOf('vpc'),
    groupName: oneOf('default', 'web'),
    createdAt,
  }),
  securityGroupRule: fc.record({
    id: idOf('sgr'),
    groupId: idOf('sg'),
    isEgress: fc.boolean(),
    cidrIpv4: maybe(oneOf('10.0.0.0/8')),
    prefixListId: maybe(oneOf('pl-1')),
    createdAt,
  }),
  networkAcl: fc.record({
    id: idOf('acl'),
    vpcId: idOf('vpc'),
    entries: fc.array(
      fc.record({
        ruleNumber: oneOf(1, 2),
        isEgress: fc.boolean(),
        protocol: oneOf('-1', '6'),
        action: oneOf('allow', 'deny'),
        cidrIpv4: oneOf('0.0.0.0/0', '10.0.0.0/8'),
      }),
      { maxLength: 3 },
    ),
  }),
  instance: fc.record({
    id: idOf('i'),
    vpcId: idOf('vpc'),
    privateIpAddress: oneOf('10.0.0.1', '10.0.0.2'),
    ipv6Address: maybe(oneOf('fd00::1', 'fd00::2')),
    terminatedAt: maybe(createdAt),
  }),
  serviceNetwork: fc.record({ id: idOf('sn'), authType }),
  service: fc.record({
    id: idOf('svc'),
    status,
    authType,
    customDomainName: maybe(text),
    certificateArn: maybe(
      certificateId.map((id) => `arn:aws:acm:us-west-2:111122223333:certificate/${id}`),
    ),
    dnsEntry: fc.record({ domainName: oneOf('a.on.aws', 'b.on.aws', ''), hostedZoneId: text }),
  }),
  listener: fc.record({
    id: idOf('listener'),
    serviceId: idOf('svc'),
    protocol: oneOf('HTTP', 'HTTP', 'HTTPS', 'TLS_PASSTHROUGH'),
    port,
    defaultAction: action,
    createdAt,
  }),
  rule: fc.record({
    id: idOf('rule'),
    listenerId: idOf('listener'),
    serviceId: idOf('svc'),
    isDefault: fc.boolean(),
    priority: maybe(oneOf(1, 2)),
    match: maybe(fc.record({ httpMatch })),
    action,
    createdAt,
  }),
  targetGroup: fc.record({
    id: idOf('tg'),
    type: oneOf('IP', 'INSTANCE', 'ALB', 'LAMBDA'),
    status,
    config: fc.record(
      {
        protocol: oneOf('HTTP', 'HTTPS', 'TCP'),
        protocolVersion: oneOf('HTTP1', 'GRPC'),
        vpcIdentifier: idOf('vpc'),
        healthCheck,
      },
      { requiredKeys: [] },
    ),
  }),
  // Ids as anybody might have written them, so also several documents of one target.
  target: fc.record({
    id: oneOf('a', 'b', 'c', 'd'),
    targetGroupId: idOf('tg'),
    targetId: address,
    port,
    drainUntil: maybe(createdAt),
    createdAt,
  }),
  serviceNetworkServiceAssociation: fc.record({
    id: idOf('snsa'),
    serviceId: idOf('svc'),
    serviceNetworkId: idOf('sn'),
    status,
    createdAt,
  }),
  serviceNetworkVpcAssociation: fc.record({
    id: idOf('snva'),
    serviceNetworkId: idOf('sn'),
    vpcId: idOf('vpc'),
    securityGroupIds: fc.array(idOf('sg'), { maxLength: 2 }),
    status,
    createdAt,
  }),
  accessLogSubscription: fc.record({
    id: idOf('als'),
    resourceId: oneOf('svc-1', 'sn-1', 'svc-2'),
    serviceNetworkLogType: maybe(oneOf('SERVICE', 'RESOURCE')),
  }),
  authPolicy: fc.record({ id: oneOf('svc-1', 'svc-2', 'sn-1'), policy: text }),
  addressMapping: fc.record({
    id: oneOf('a', 'b', 'c', 'd'),
    vpcId: idOf('vpc'),
    address,
    port: maybe(port),
    hostPort: maybe(oneOf(18080, 18081)),
    createdAt,
  }),
  tagSet: fc.record({
    id: oneOf('svc-1', 'svc-2').map(
      (id) => `arn:aws:vpc-lattice:us-west-2:111122223333:service/${id}`,
    ),
    tags,
  }),
  account: fc.record({ id: accountId, name: oneOf('default', 'shop') }),
  accessKey: fc.record({
    id: idOf('AKIA'),
    userId: maybe(userId),
    active: fc.boolean(),
    secretAccessKey: text,
  }),
  iamUser: fc.record({ id: userId, inlinePolicies, tags, permissionsBoundary: maybe(policyArn) }),
  iamRole: fc.record({
    id: idOf('AROA'),
    inlinePolicies,
    tags,
    permissionsBoundary: maybe(policyArn),
  }),
  iamGroup: fc.record({ id: idOf('AGPA'), inlinePolicies }),
  groupMembership: fc.record({ groupId: idOf('AGPA'), userId }),
  policyAttachment: fc.record({
    policyArn,
    entityId: fc.oneof(userId, idOf('AROA'), idOf('AGPA')),
  }),
  managedPolicy: fc.record({
    id: idOf('ANPA'),
    name: oneOf('one', 'two'),
    versions: fc.array(fc.record({ id: oneOf('v1', 'v2'), document: text }), { maxLength: 2 }),
    createdAt,
  }),
  sessionTokenKey: fc.record({ id: idOf('key'), secret: text }),
  certificate: fc.record({
    id: certificateId,
    type: oneOf('IMPORTED', 'AMAZON_ISSUED'),
    chainPem: maybe(text),
    privateKeyPem: text,
  }),
  hostedZone: fc.record({
    id: idOf('Z'),
    name: oneOf('shop.example', 'example'),
    vpcIds: fc.uniqueArray(idOf('vpc'), { minLength: 1, maxLength: 2 }),
  }),
  recordSet: fc.oneof(
    fc.record({
      zoneId: idOf('Z'),
      type: oneOf('A', 'TXT', 'CNAME'),
      name: oneOf('www.shop.example', '*.shop.example'),
      ttl: oneOf(60, 300),
      values: fc.array(oneOf('10.0.0.1', '"a text"', 'other.example.'), { minLength: 1 }),
    }),
    fc.record({
      zoneId: idOf('Z'),
      alias: fc.record({
        hostedZoneId: oneOf('Z1'),
        dnsName: oneOf('svc-1.on.aws'),
        evaluateTargetHealth: fc.boolean(),
      }),
    }),
  ),
} as unknown as Arbitraries;

const documentOf = <K extends CompiledKind>(kind: K): fc.Arbitrary<Documents[K]> =>
  PARTIALS[kind].map((partial) => {
    // By way of JSON, as documents come out of the store: without members that are undefined.
    const given = JSON.parse(JSON.stringify(partial)) as Partial<Documents[K]>;
    return { ...BUILDERS[kind](given), ...('id' in given && { id: given.id }) } as Documents[K];
  });

/** Documents of every kind with unique ids. */
export const resourcesArbitrary: fc.Arbitrary<Resources> = fc.record(
  Object.fromEntries(
    COMPILED_KINDS.map((kind) => [
      kind,
      fc.uniqueArray(documentOf(kind) as fc.Arbitrary<{ id: string }>, {
        selector: (document) => document.id,
        maxLength: 4,
      }),
    ]),
  ),
) as unknown as fc.Arbitrary<Resources>;

/** Puts or removes a document; which of the two removals and replacements it is, the state says. */
export interface Edit {
  readonly kind: CompiledKind;
  readonly document: Documents[CompiledKind];
  readonly isRemoval: boolean;
}

/** Transactions of edits. */
export const editsArbitrary: fc.Arbitrary<Edit[][]> = fc.array(
  fc.array(
    fc.oneof(
      ...COMPILED_KINDS.map((kind) =>
        fc.record({
          kind: fc.constant(kind),
          document: documentOf(kind) as fc.Arbitrary<Documents[CompiledKind]>,
          isRemoval: fc.boolean(),
        }),
      ),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  { maxLength: 12 },
);

/** A plain set of documents that edits are made to: what a store does, without the store. */
export class DocumentSet {
  #documents = new Map<string, { kind: CompiledKind; document: Documents[CompiledKind] }>();

  constructor(resources: Resources) {
    for (const kind of COMPILED_KINDS) {
      for (const document of resources[kind] ?? []) {
        this.#documents.set(`${kind}/${document.id}`, { kind, document });
      }
    }
  }

  /** Makes the edits of one transaction; gives one change a document. */
  edit(edits: readonly Edit[]): Change[] {
    const before = new Map(this.#documents);
    const kinds = new Map<string, Edit>();
    for (const edit of edits) {
      const key = `${edit.kind}/${edit.document.id}`;
      kinds.set(key, edit);
      if (edit.isRemoval) this.#documents.delete(key);
      else this.#documents.set(key, edit);
    }
    return [...kinds].map(([key, { kind, document }]) => {
      const was = before.get(key)?.document;
      const is = this.#documents.get(key)?.document;
      return {
        kind,
        id: document.id,
        ...(was && { before: was }),
        ...(is && { after: is }),
      } as Change;
    });
  }

  /** Becomes what `other` is. */
  reset(other: DocumentSet): void {
    this.#documents = new Map(other.#documents);
  }

  resources(): Resources {
    const resources: Record<string, Documents[CompiledKind][]> = {};
    for (const { kind, document } of this.#documents.values()) {
      resources[kind] = [...(resources[kind] ?? []), document];
    }
    return resources as Resources;
  }
}
