import type { IamRole } from '../../../lattice/identity.ts';
import { validationError } from './sts-operation.ts';

const HOUR = 3600;

/** Seconds that the session of a role lasts. @throws ValidationError */
export const sessionDuration = (
  role: IamRole,
  requested: number | undefined,
  isChained: boolean,
): number => {
  const seconds = requested ?? HOUR;
  if (isChained && seconds > HOUR) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    );
  }
  if (seconds > role.maxSessionSeconds) {
    throw validationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  return seconds;
};
