import { isSecretName } from '../../policy/reason.ts';
import { hideValues } from '../../sigv4/hide-credentials.ts';

/**
 * The target of a request with the values of query parameters hidden whose names say that they carry
 * credentials; all else as received.
 */
export const shownTarget = (target: string): string => {
  const queryStart = target.indexOf('?') + 1;
  if (queryStart === 0) return target;
  return target.slice(0, queryStart) + hideValues(target.slice(queryStart), '&', '=', isSecretName);
};
