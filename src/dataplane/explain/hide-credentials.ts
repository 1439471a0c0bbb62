import { HIDDEN, isSecretName } from '../../policy/reason.ts';

/**
 * The target of a request with the values of query parameters hidden whose names say that they carry
 * credentials; all else as received.
 */
export const hideCredentials = (target: string): string => {
  const queryStart = target.indexOf('?') + 1;
  if (queryStart === 0) return target;
  const query = target
    .slice(queryStart)
    .split('&')
    .map((parameter) => {
      const equals = parameter.indexOf('=');
      return equals >= 0 && isSecretName(decodeName(parameter.slice(0, equals)))
        ? `${parameter.slice(0, equals)}=${HIDDEN}`
        : parameter;
    });
  return target.slice(0, queryStart) + query.join('&');
};

/** Escapes do not make a name harmless. One that cannot be decoded is looked at as it is. */
const decodeName = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};
