import type { UniqueViolationError } from '../../../../store/store.ts';
import { alreadyExists } from '../../../errors.ts';

/** The conflict that a taken name or priority of a rule makes. */
export const ruleTaken = ({ key, value, holder }: UniqueViolationError) =>
  alreadyExists('RULE', holder, `Rule with ${key} ${value.slice(value.indexOf('/') + 1)}`);
