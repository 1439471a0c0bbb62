import { ServiceError } from '../../../protocol/service-error.ts';

/** Errors of Route 53 with its codes and statuses (its API reference); texts are AWS's where known. */
const route53Error =
  (code: string, statusCode = 400) =>
  (message: string): ServiceError =>
    new ServiceError(code, statusCode, message);

export const invalidInput = route53Error('InvalidInput');
export const invalidDomainName = route53Error('InvalidDomainName');
export const invalidVpcId = route53Error('InvalidVPCId');
export const noSuchChange = route53Error('NoSuchChange', 404);
export const noSuchHealthCheck = route53Error('NoSuchHealthCheck', 404);
export const noSuchDelegationSet = route53Error('NoSuchDelegationSet');
export const hostedZoneAlreadyExists = route53Error('HostedZoneAlreadyExists', 409);
export const hostedZoneNotEmpty = route53Error('HostedZoneNotEmpty');
export const tooManyHostedZones = route53Error('TooManyHostedZones');
export const limitsExceeded = route53Error('LimitsExceeded');
export const conflictingDomainExists = route53Error('ConflictingDomainExists');
export const lastVpcAssociation = route53Error('LastVPCAssociation');
export const vpcAssociationNotFound = route53Error('VPCAssociationNotFound', 404);
export const notAuthorized = route53Error('NotAuthorizedException', 401);

export const noSuchHostedZone = (id: string): ServiceError =>
  new ServiceError('NoSuchHostedZone', 404, `No hosted zone found with ID: ${id}`);

/** All that is wrong with a batch of changes: `[first, second]`. */
export const invalidChangeBatch = (messages: readonly string[]): ServiceError =>
  new ServiceError('InvalidChangeBatch', 400, `[${messages.join(', ')}]`);

/** For members of the API that would change what we do, but that we do not do. */
export const unsupported = (what: string): ServiceError =>
  new ServiceError(
    'UnsupportedOperationException',
    501,
    `${what} is not built in this version of Pergola; see docs/coverage.md`,
  );
