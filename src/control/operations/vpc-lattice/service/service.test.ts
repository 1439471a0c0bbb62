import { describe, expect, test } from 'vitest';
import {
  ACCOUNT,
  arnOf,
  idNumber,
  type Lattice,
  NOW,
  OTHER_ACCOUNT,
  openLattice,
} from '../lattice-fixture.ts';

const SVC = idNumber('service', 1);
const ARN = arnOf(`service/${SVC}`);
const dnsEntry = (name: string) => ({
  domainName: `${name}-00000000000000001.7d67968.vpc-lattice-svcs.us-west-2.on.aws`,
  hostedZoneId: expect.stringMatching(/^Z[0-9A-Z]{20}$/),
});

describe('CreateService', () => {
  test('answers the service with its defaults', async () => {
    const lattice = await openLattice();
    expect(await lattice.call('CreateService', { name: 'cart' })).toEqual({
      id: SVC,
      arn: ARN,
      name: 'cart',
      status: 'ACTIVE',
      authType: 'NONE',
      idleTimeoutSeconds: 60,
      dnsEntry: dnsEntry('cart'),
    });
  });

  test('answers what was sent, and takes an empty string for nothing', async () => {
    const lattice = await openLattice();
    const { arn: certificateArn } = await lattice.certificate();
    const sent = {
      name: 'cart',
      authType: 'AWS_IAM',
      customDomainName: 'Cart.Example.com',
      certificateArn,
      idleTimeoutSeconds: 600,
    } as const;
    expect(await lattice.call('CreateService', sent)).toEqual({
      ...sent,
      id: SVC,
      arn: ARN,
      status: 'ACTIVE',
      dnsEntry: dnsEntry('cart'),
    });
    const plain = await lattice.call('CreateService', {
      name: 'plain',
      customDomainName: '',
      certificateArn: '',
    });
    expect(plain).not.toHaveProperty('customDomainName');
    expect(plain).not.toHaveProperty('certificateArn');
  });

  test('goes through CREATE_IN_PROGRESS when that takes time', async () => {
    const lattice = await openLattice({ settings: { transitionMs: 5000 } });
    expect(await lattice.call('CreateService', { name: 'cart' })).toMatchObject({
      status: 'CREATE_IN_PROGRESS',
    });
    for (const failure of [
      await lattice.failure('UpdateService', { serviceIdentifier: SVC, authType: 'NONE' }),
      await lattice.failure('DeleteService', { serviceIdentifier: SVC }),
    ]) {
      expect(failure).toEqual({
        code: 'ConflictException',
        statusCode: 409,
        message: `Invalid resource status for this operation, resource id ${SVC}, status: CREATE_IN_PROGRESS.`,
        members: { resourceId: SVC, resourceType: 'SERVICE' },
      });
    }
  });

  test.each([
    { name: 'without a dot', customDomainName: 'cart' },
    { name: 'with a wildcard', customDomainName: '*.example.com' },
    { name: 'with a space', customDomainName: 'a b.example.com' },
    { name: 'with an empty label', customDomainName: 'a..example.com' },
    { name: 'with a label of 64 characters', customDomainName: `${'a'.repeat(64)}.com` },
  ])('refuses a domain name $name', async ({ customDomainName }) => {
    const lattice = await openLattice();
    expect(await lattice.failure('CreateService', { name: 'cart', customDomainName })).toEqual({
      code: 'ValidationException',
      statusCode: 400,
      message: `customDomainName: ${customDomainName} is not a valid domain name.`,
      members: {
        reason: 'fieldValidationFailed',
        fieldList: [
          { name: 'customDomainName', message: `${customDomainName} is not a valid domain name.` },
        ],
      },
    });
  });

  test('refuses a name that the account has', async () => {
    const lattice = await openLattice();
    await lattice.call('CreateService', { name: 'cart' });
    expect(await lattice.failure('CreateService', { name: 'cart' })).toMatchObject({
      code: 'ConflictException',
      message: 'Service with name cart already exists.',
      members: { resourceId: SVC, resourceType: 'SERVICE' },
    });
  });

  test('refuses more than the quota', async () => {
    const lattice = await openLattice({ quotas: { servicesPerRegion: 1 } });
    await lattice.call('CreateService', { name: 'one' });
    expect(await lattice.failure('CreateService', { name: 'two' })).toMatchObject({
      code: 'ServiceQuotaExceededException',
      members: { quotaCode: 'L-620C821E', resourceType: 'SERVICE' },
    });
  });
});

test('GetService answers everything', async () => {
  const lattice = await openLattice();
  await lattice.call('CreateService', { name: 'cart' });
  expect(await lattice.call('GetService', { serviceIdentifier: ARN })).toEqual({
    id: SVC,
    arn: ARN,
    name: 'cart',
    status: 'ACTIVE',
    authType: 'NONE',
    idleTimeoutSeconds: 60,
    dnsEntry: dnsEntry('cart'),
    createdAt: NOW,
    lastUpdatedAt: NOW,
  });
});

describe('UpdateService', () => {
  test('changes what is sent and keeps the rest', async () => {
    const lattice = await openLattice();
    const { arn: certificateArn } = await lattice.certificate();
    await lattice.call('CreateService', { name: 'cart', certificateArn });
    const base = { id: SVC, arn: ARN, name: 'cart' };
    expect(
      await lattice.call('UpdateService', { serviceIdentifier: SVC, authType: 'AWS_IAM' }),
    ).toEqual({
      ...base,
      authType: 'AWS_IAM',
      certificateArn,
      idleTimeoutSeconds: 60,
    });
    expect(
      await lattice.call('UpdateService', { serviceIdentifier: SVC, idleTimeoutSeconds: 90 }),
    ).toEqual({
      ...base,
      authType: 'AWS_IAM',
      certificateArn,
      idleTimeoutSeconds: 90,
    });
    expect(
      await lattice.call('UpdateService', { serviceIdentifier: SVC, certificateArn: '' }),
    ).toEqual({ ...base, authType: 'AWS_IAM', idleTimeoutSeconds: 90 });
  });
});

describe('a certificate of a service', () => {
  const refused = (message: string) => ({
    code: 'ValidationException',
    statusCode: 400,
    message: `certificateArn: ${message}`,
    members: {
      reason: 'fieldValidationFailed',
      fieldList: [{ name: 'certificateArn', message }],
    },
  });
  const arnOfCertificate = (id: string, accountId = ACCOUNT, region = 'us-west-2') =>
    `arn:aws:acm:${region}:${accountId}:certificate/${id}`;
  const domain = { name: 'cart', customDomainName: 'cart.example.com' };

  const cases: {
    name: string;
    certificate?: Parameters<Lattice['certificate']>[0];
    certificateArn?: string;
    message: string;
  }[] = [
    {
      name: 'of another region',
      certificateArn: arnOfCertificate('c0ffee', ACCOUNT, 'eu-west-1'),
      message: `${arnOfCertificate('c0ffee', ACCOUNT, 'eu-west-1')} is not the ARN of an ACM certificate in us-west-2.`,
    },
    {
      name: 'of another service',
      certificateArn: 'arn:aws:iam::111122223333:certificate/c0ffee',
      message:
        'arn:aws:iam::111122223333:certificate/c0ffee is not the ARN of an ACM certificate in us-west-2.',
    },
    {
      name: 'of another account',
      certificate: { accountId: OTHER_ACCOUNT },
      certificateArn: arnOfCertificate('c0ffee', OTHER_ACCOUNT),
      message: `Certificate ${arnOfCertificate('c0ffee', OTHER_ACCOUNT)} belongs to another account than the service.`,
    },
    {
      name: 'that has expired',
      certificate: { notAfter: NOW.toISOString() },
      message: `Certificate ${arnOfCertificate('c0ffee')} has expired. Import a new one in its place.`,
    },
    {
      name: 'with a key that is not RSA with 2048 bits',
      certificate: { keyAlgorithm: 'EC_prime256v1' },
      message: `Certificate ${arnOfCertificate('c0ffee')} has a key of type EC_prime256v1. Only RSA_2048 is supported.`,
    },
    {
      name: 'for other names',
      certificate: { names: ['*.shop.example.com', 'example.com'] },
      message: `Certificate ${arnOfCertificate('c0ffee')} does not match the custom domain name cart.example.com.`,
    },
  ];
  test.each(cases)(
    '$name is refused',
    async ({ certificate = {}, certificateArn = arnOfCertificate('c0ffee'), message }) => {
      const lattice = await openLattice();
      await lattice.certificate(certificate);
      expect(await lattice.failure('CreateService', { ...domain, certificateArn })).toEqual(
        refused(message),
      );
      await lattice.call('CreateService', domain);
      expect(
        await lattice.failure('UpdateService', { serviceIdentifier: SVC, certificateArn }),
      ).toEqual(refused(message));
    },
  );

  test('that does not exist is not found', async () => {
    const lattice = await openLattice();
    const certificateArn = arnOfCertificate('gone');
    expect(await lattice.failure('CreateService', { ...domain, certificateArn })).toEqual({
      code: 'ResourceNotFoundException',
      statusCode: 404,
      message: `Certificate ${certificateArn} not found.`,
      members: { resourceId: certificateArn, resourceType: 'CERTIFICATE' },
    });
  });

  test('may be sent again after it has expired, but serves no new HTTPS listener', async () => {
    const lattice = await openLattice();
    const { arn: certificateArn } = await lattice.certificate();
    await lattice.call('CreateService', { ...domain, certificateArn });
    lattice.now = new Date('2028-01-01');
    const update = { serviceIdentifier: SVC, certificateArn };
    expect(await lattice.call('UpdateService', update)).toMatchObject({ certificateArn });
    const listener = {
      serviceIdentifier: SVC,
      name: 'one',
      defaultAction: { fixedResponse: { statusCode: 404 } },
    };
    expect(
      await lattice.failure('CreateListener', { ...listener, protocol: 'HTTPS' }),
    ).toMatchObject({ members: { fieldList: [{ name: 'certificateArn' }] } });
    await lattice.call('CreateListener', { ...listener, protocol: 'HTTP' });
  });
});

describe('DeleteService', () => {
  test('takes listeners, rules, policies, subscriptions and tags along and frees target groups', async () => {
    const lattice = await openLattice();
    const group = await aServiceWithEverything(lattice);
    expect(await lattice.call('DeleteService', { serviceIdentifier: ARN })).toEqual({
      id: SVC,
      arn: ARN,
      name: 'cart',
      status: 'DELETE_IN_PROGRESS',
    });
    const left = await lattice.store.read(async (tx) => [
      await tx.count('service'),
      await tx.count('listener'),
      await tx.count('rule'),
      await tx.count('authPolicy'),
      await tx.count('accessLogSubscription'),
      await tx.count('tagSet'),
    ]);
    expect(left).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await lattice.call('GetTargetGroup', { targetGroupIdentifier: group })).toMatchObject({
      serviceArns: [],
    });
    expect(await lattice.failure('GetService', { serviceIdentifier: SVC })).toMatchObject({
      code: 'ResourceNotFoundException',
      members: { resourceId: SVC, resourceType: 'SERVICE' },
    });
  });

  test('is refused while a network has the service', async () => {
    const lattice = await openLattice();
    await lattice.call('CreateService', { name: 'cart' });
    const network = await lattice.call('CreateServiceNetwork', { name: 'shop' });
    await lattice.call('CreateServiceNetworkServiceAssociation', {
      serviceNetworkIdentifier: network.id ?? '',
      serviceIdentifier: SVC,
    });
    expect(await lattice.failure('DeleteService', { serviceIdentifier: SVC })).toEqual({
      code: 'ConflictException',
      statusCode: 409,
      message: `Service ${SVC} has one or more associated service networks.`,
      members: { resourceId: SVC, resourceType: 'SERVICE' },
    });
  });
});

test('ListServices shows summaries of the caller’s services', async () => {
  const lattice = await openLattice();
  await lattice.call('CreateService', { name: 'cart', customDomainName: 'cart.example.com' });
  await lattice.call('CreateService', { name: 'other' }, OTHER_ACCOUNT);
  expect(await lattice.call('ListServices', {})).toEqual({
    items: [
      {
        id: SVC,
        arn: ARN,
        name: 'cart',
        customDomainName: 'cart.example.com',
        status: 'ACTIVE',
        dnsEntry: dnsEntry('cart'),
        createdAt: NOW,
        lastUpdatedAt: NOW,
      },
    ],
  });
});

test.each(['GetService', 'UpdateService', 'DeleteService', 'ListListeners'] as const)(
  'another account’s service is not there for %s',
  async (name) => {
    const lattice = await openLattice();
    await lattice.call('CreateService', { name: 'cart' });
    for (const serviceIdentifier of [SVC, ARN]) {
      expect(await lattice.failure(name, { serviceIdentifier }, OTHER_ACCOUNT)).toMatchObject({
        code: 'ResourceNotFoundException',
        members: { resourceId: serviceIdentifier, resourceType: 'SERVICE' },
      });
    }
  },
);

const aServiceWithEverything = async (lattice: Lattice): Promise<string> => {
  const vpc = await lattice.vpc();
  await lattice.call('CreateService', { name: 'cart', tags: { a: 'b' } });
  const group = await lattice.call('CreateTargetGroup', {
    name: 'carts',
    type: 'IP',
    config: { protocol: 'HTTP', vpcIdentifier: vpc.id },
  });
  const action = { forward: { targetGroups: [{ targetGroupIdentifier: group.id ?? '' }] } };
  const listener = await lattice.call('CreateListener', {
    serviceIdentifier: SVC,
    name: 'http',
    protocol: 'HTTP',
    defaultAction: action,
    tags: { c: 'd' },
  });
  await lattice.call('CreateRule', {
    serviceIdentifier: SVC,
    listenerIdentifier: listener.id ?? '',
    name: 'one',
    priority: 1,
    match: { httpMatch: { method: 'GET' } },
    action,
    tags: { e: 'f' },
  });
  await lattice.call('PutAuthPolicy', {
    resourceIdentifier: SVC,
    policy: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}',
  });
  await lattice.call('CreateAccessLogSubscription', {
    resourceIdentifier: SVC,
    destinationArn: 'arn:aws:s3:::logs',
  });
  return group.id ?? '';
};
