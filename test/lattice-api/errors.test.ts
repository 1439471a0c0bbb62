import {
  ConflictException,
  CreateResourceGatewayCommand,
  CreateServiceCommand,
  CreateServiceNetworkCommand,
  CreateTargetGroupCommand,
  DeleteServiceCommand,
  GetServiceCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ValidationException,
} from '@aws-sdk/client-vpc-lattice';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../support/control-plane.ts';

const UNKNOWN = 'svc-0123456789abcdef0';

/** The error that a call must end with. */
const errorOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call was expected to fail, and did not');
};

describe('errors, as the SDK sees them', () => {
  let control: ControlPlane;
  beforeAll(async () => {
    control = await startControlPlane({ settings: { quotas: { serviceNetworksPerRegion: 1 } } });
    await control.lattice.send(new CreateServiceCommand({ name: 'taken' }));
    await control.lattice.send(new CreateServiceNetworkCommand({ name: 'only' }));
  });
  afterAll(() => control.close());

  test('what is not there', async () => {
    const error = await errorOf(
      control.lattice.send(new GetServiceCommand({ serviceIdentifier: UNKNOWN })),
    );
    expect(error).toBeInstanceOf(ResourceNotFoundException);
    expect(error).toMatchObject({
      $metadata: { httpStatusCode: 404 },
      message: `Service ${UNKNOWN} not found.`,
      resourceId: UNKNOWN,
      resourceType: 'SERVICE',
    });
  });

  test('a name that is taken', async () => {
    const error = await errorOf(control.lattice.send(new CreateServiceCommand({ name: 'taken' })));
    expect(error).toBeInstanceOf(ConflictException);
    expect(error).toMatchObject({
      $metadata: { httpStatusCode: 409 },
      message: expect.stringContaining('already exist'),
      resourceType: 'SERVICE',
    });
  });

  test('a quota', async () => {
    const error = await errorOf(
      control.lattice.send(new CreateServiceNetworkCommand({ name: 'second' })),
    );
    expect(error).toBeInstanceOf(ServiceQuotaExceededException);
    expect(error).toMatchObject({
      $metadata: { httpStatusCode: 402 },
      serviceCode: 'vpc-lattice',
      quotaCode: 'L-9CAD07FB',
      resourceType: 'SERVICE_NETWORK',
    });
  });

  test('members outside the model’s constraints, all at once', async () => {
    const error = await errorOf(
      control.lattice.send(new CreateServiceCommand({ name: 'svc-x', idleTimeoutSeconds: 5 })),
    );
    expect(error).toBeInstanceOf(ValidationException);
    const { reason, fieldList } = error as ValidationException;
    expect(reason).toBe('fieldValidationFailed');
    expect(fieldList?.map(({ name }) => name).sort()).toEqual(['idleTimeoutSeconds', 'name']);
  });

  test('members that do not fit together', async () => {
    const error = await errorOf(
      control.lattice.send(new CreateTargetGroupCommand({ name: 'carts', type: 'IP' })),
    );
    expect(error).toBeInstanceOf(ValidationException);
    const { fieldList } = error as ValidationException;
    expect(fieldList?.map(({ name }) => name)).toEqual(['config.protocol', 'config.vpcIdentifier']);
  });

  test('a token of another account', async () => {
    const other = await control.addAccount('pages');
    await control.lattice.send(new CreateServiceCommand({ name: 'second' }));
    const { nextToken } = await control.lattice.send(new ListServicesCommand({ maxResults: 1 }));
    expect(nextToken).toBeDefined();
    expect(
      await errorOf(other.lattice.send(new ListServicesCommand({ nextToken }))),
    ).toBeInstanceOf(ValidationException);
  });

  test('another account’s service is not there, and its tags are not shown', async () => {
    const other = await control.addAccount('stranger');
    const { items } = await control.lattice.send(new ListServicesCommand());
    const { id, arn } = items?.[0] ?? {};
    for (const serviceIdentifier of [id, arn]) {
      for (const command of [
        new GetServiceCommand({ serviceIdentifier }),
        new DeleteServiceCommand({ serviceIdentifier }),
      ]) {
        const call = other.lattice.send(command as GetServiceCommand);
        expect(await errorOf(call)).toBeInstanceOf(ResourceNotFoundException);
      }
    }
    expect(
      await errorOf(other.lattice.send(new ListTagsForResourceCommand({ resourceArn: arn }))),
    ).toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } });
  });

  test('an operation that is not built says so', async () => {
    const error = await errorOf(
      control.lattice.send(new CreateResourceGatewayCommand({ name: 'gateway' })),
    );
    expect((error as Error).message).toContain('CreateResourceGateway');
  });
});

describe('a client token', () => {
  let control: ControlPlane;
  beforeAll(async () => {
    control = await startControlPlane();
  });
  afterAll(() => control.close());

  test('makes one service of two equal calls, and refuses a different one', async () => {
    const call = (name: string) =>
      control.lattice.send(new CreateServiceCommand({ name, clientToken: 'token-1' }));
    const [first, second] = [await call('cart'), await call('cart')];
    expect(second.id).toBe(first.id);
    expect(await errorOf(call('other'))).toBeInstanceOf(ConflictException);
    const { items } = await control.lattice.send(new ListServicesCommand());
    expect(items?.map(({ name }) => name)).toEqual(['cart']);
  });
});
