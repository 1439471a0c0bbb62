import { ServiceError } from '../../protocol/service-error.ts';

/** Errors of AssumeRoleWithWebIdentity (its page in AWS's STS reference). Never with the token in them. */
export const invalidIdentityToken = (message: string): ServiceError =>
  new ServiceError('InvalidIdentityToken', 400, message);

export const expiredIdentityToken = (message: string): ServiceError =>
  new ServiceError('ExpiredTokenException', 400, message);

/** Clients try again after this one. */
export const idpCommunicationError = (message: string): ServiceError =>
  new ServiceError('IDPCommunicationError', 400, message);
