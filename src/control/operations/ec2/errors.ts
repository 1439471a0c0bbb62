import { ServiceError } from '../../../protocol/service-error.ts';

/** An error of the EC2 API; codes and texts as in "Error codes for the Amazon EC2 API" and as observed. */
export const ec2Error = (code: string, message: string, statusCode = 400): ServiceError =>
  new ServiceError(code, statusCode, message);

export const invalidParameterValue = (message: string): ServiceError =>
  ec2Error('InvalidParameterValue', message);

export const invalidParameterCombination = (message: string): ServiceError =>
  ec2Error('InvalidParameterCombination', message);

/** `what` as AWS writes it: `groupName or groupId`. */
export const missingParameter = (what: string): ServiceError =>
  ec2Error('MissingParameter', `The request must contain the parameter ${what}`);

/** For two parameters of which one is enough; as AWS says it. */
export const missingEither = (one: string, other: string): ServiceError =>
  ec2Error('MissingParameter', `Either '${one}' or '${other}' should be provided.`);

export const dependencyViolation = (message: string): ServiceError =>
  ec2Error('DependencyViolation', message);

/** For members of the API that would change what we do, but that we do not do. */
export const unsupported = (member: string, advice: string): ServiceError =>
  ec2Error('UnsupportedOperation', `${member} is not built in this version of Pergola: ${advice}`);
