import type { Kind } from '../lattice/documents.ts';
import { ServiceError } from '../protocol/service-error.ts';

/** `resourceType` as the API's errors name it: upper snake case. */
export type ResourceType =
  | 'SERVICE_NETWORK'
  | 'SERVICE'
  | 'LISTENER'
  | 'RULE'
  | 'TARGET_GROUP'
  | 'TARGET'
  | 'SERVICE_NETWORK_SERVICE_ASSOCIATION'
  | 'SERVICE_NETWORK_VPC_ASSOCIATION'
  | 'ACCESS_LOG_SUBSCRIPTION'
  | 'AUTH_POLICY'
  | 'RESOURCE_POLICY'
  | 'VPC'
  | 'SECURITY_GROUP'
  | 'CERTIFICATE'
  | 'RESOURCE_CONFIGURATION'
  | 'RESOURCE';

/** Kinds that the vpc-lattice API addresses, with the words that its errors use for them. */
export const RESOURCE_TYPES = {
  serviceNetwork: { type: 'SERVICE_NETWORK', words: 'ServiceNetwork' },
  service: { type: 'SERVICE', words: 'Service' },
  listener: { type: 'LISTENER', words: 'Listener' },
  rule: { type: 'RULE', words: 'Rule' },
  targetGroup: { type: 'TARGET_GROUP', words: 'TargetGroup' },
  serviceNetworkServiceAssociation: {
    type: 'SERVICE_NETWORK_SERVICE_ASSOCIATION',
    words: 'ServiceNetworkServiceAssociation',
  },
  serviceNetworkVpcAssociation: {
    type: 'SERVICE_NETWORK_VPC_ASSOCIATION',
    words: 'ServiceNetworkVpcAssociation',
  },
  accessLogSubscription: { type: 'ACCESS_LOG_SUBSCRIPTION', words: 'AccessLogSubscription' },
} as const satisfies Partial<Record<Kind, { type: ResourceType; words: string }>>;

export type LatticeKind = keyof typeof RESOURCE_TYPES;

/** 404. `resourceId` is what the caller sent. */
export const notFound = (
  resourceType: ResourceType,
  resourceId: string,
  message = `${resourceType} ${resourceId} not found.`,
): ServiceError =>
  new ServiceError('ResourceNotFoundException', 404, message, { resourceId, resourceType });

/** 409. `resourceId` is the resource that stands in the way, or the one addressed. */
export const conflict = (
  resourceType: ResourceType,
  resourceId: string,
  message: string,
): ServiceError =>
  new ServiceError('ConflictException', 409, message, { resourceId, resourceType });

/** 409, with the words by which AWS's tools recognise that the thing is there already. */
export const alreadyExists = (
  resourceType: ResourceType,
  resourceId: string,
  message: string,
): ServiceError => conflict(resourceType, resourceId, `${message} already exists.`);

/** 400: a rule of the service beyond the model's constraints. */
export const invalid = (message: string): ServiceError =>
  new ServiceError('ValidationException', 400, message, { reason: 'other' });

export interface InvalidField {
  /** Path of the member: `config.healthCheck.path`. */
  readonly name: string;
  readonly message: string;
}

/** 400: members that have a value which they cannot have. At least one field. */
export const invalidFields = (fields: readonly InvalidField[]): ServiceError =>
  new ServiceError(
    'ValidationException',
    400,
    fields.map(({ name, message }) => `${name}: ${message}`).join('; '),
    { reason: 'fieldValidationFailed', fieldList: fields },
  );

export const invalidField = (name: string, message: string): ServiceError =>
  invalidFields([{ name, message }]);

/** 402. `resourceId` is the resource in which there is no more room, if there is one. */
export const quotaExceeded = (
  quotaCode: string,
  resourceType: ResourceType,
  message: string,
  resourceId?: string,
): ServiceError =>
  new ServiceError('ServiceQuotaExceededException', 402, message, {
    resourceType,
    serviceCode: 'vpc-lattice',
    quotaCode,
    ...(resourceId === undefined ? {} : { resourceId }),
  });

/** 403. */
export const accessDenied = (message: string): ServiceError =>
  new ServiceError('AccessDeniedException', 403, message);
