import type { Kind } from '../lattice/documents.ts';
import { ServiceError } from '../protocol/service-error.ts';
import type { UniqueViolationError } from '../store/store.ts';

interface Conflict {
  readonly resourceType: string;
  /** With the words "already exist", by which AWS's own tools know this conflict. */
  readonly text: string;
}

/** What a taken unique key means to a client, by `<kind>/<key>`, where an operation has not said it itself. */
const CONFLICTS: Readonly<Record<string, Conflict>> = {
  'account/name': {
    resourceType: 'ACCOUNT',
    text: 'an account with this name already exists; choose another name',
  },
  'serviceNetwork/name': {
    resourceType: 'SERVICE_NETWORK',
    text: 'A service network with this name already exists.',
  },
  'service/name': {
    resourceType: 'SERVICE',
    text: 'A service with this name already exists.',
  },
  'listener/name': {
    resourceType: 'LISTENER',
    text: 'A listener with this name already exists in the service.',
  },
  'listener/port': {
    resourceType: 'LISTENER',
    text: 'A listener with this port already exists in the service.',
  },
  'rule/name': {
    resourceType: 'RULE',
    text: 'A rule with this name already exists in the listener.',
  },
  'rule/priority': {
    resourceType: 'RULE',
    text: 'A rule with this priority already exists in the listener.',
  },
  'targetGroup/name': {
    resourceType: 'TARGET_GROUP',
    text: 'A target group with this name already exists.',
  },
  'serviceNetworkServiceAssociation/pair': {
    resourceType: 'SERVICE_NETWORK_SERVICE_ASSOCIATION',
    text: 'Association already exists.',
  },
  'serviceNetworkVpcAssociation/vpc': {
    resourceType: 'SERVICE_NETWORK_VPC_ASSOCIATION',
    text: 'An association of this VPC with a service network already exists.',
  },
  'accessLogSubscription/destinationType': {
    resourceType: 'ACCESS_LOG_SUBSCRIPTION',
    text: 'An access log subscription with this type of destination already exists for the resource.',
  },
  'resolver/port': {
    resourceType: 'RESOLVER',
    text: 'a resolver with this port already exists; try again',
  },
  'portal/port': {
    resourceType: 'PORTAL',
    text: 'a portal with this port already exists; try again',
  },
};

/** Conflicts that EC2 has a code of its own for. */
const EC2_CONFLICTS: Readonly<Record<string, readonly [code: string, text: string]>> = {
  'securityGroup/name': [
    'InvalidGroup.Duplicate',
    'The security group with this name already exists for the VPC',
  ],
};

/** The error for a unique key that is taken. `signingName`: the service that was called. */
export const uniqueConflict = (signingName: string, error: UniqueViolationError): ServiceError => {
  const key = `${error.kind}/${error.key}`;
  if (signingName === 'ec2') {
    const [code, text] = EC2_CONFLICTS[key] ?? ['ResourceAlreadyExists', 'It already exists.'];
    return new ServiceError(code, 400, text);
  }
  if (signingName === 'iam') {
    return new ServiceError('EntityAlreadyExists', 409, 'An entity with this name already exists.');
  }
  const { resourceType, text } = CONFLICTS[key] ?? {
    resourceType: upperSnake(error.kind),
    text: 'It already exists.',
  };
  return new ServiceError('ConflictException', 409, text, {
    resourceId: error.holder,
    resourceType,
  });
};

const upperSnake = (kind: Kind): string => kind.replace(/[A-Z]/g, '_$&').toUpperCase();
