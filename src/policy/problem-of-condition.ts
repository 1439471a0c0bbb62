import { findOperator } from './operators/operators.ts';
import { conditionKey, parsePattern } from './pattern.ts';
import { isObject, type Problem, problem, quote } from './problem.ts';

/** @param element the value of `Condition` */
export const problemOfCondition = (
  element: unknown,
  version: { readonly variables: boolean },
): Problem | undefined => {
  if (!isObject(element)) {
    return problem('has a Condition that is not a JSON object', 'Condition');
  }
  for (const [name, keys] of Object.entries(element)) {
    const use = findOperator(name);
    if (use === undefined) {
      return problem(`has an unknown condition operator ${quote(name)}`, 'Condition', name);
    }
    if (!isObject(keys)) return problem(`has a malformed Condition.${name}`, 'Condition', name);
    const seen = new Set<string>();
    for (const [key, wanted] of Object.entries(keys)) {
      const at = ['Condition', name, key];
      const values: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
      if (key === '' || values.length === 0 || !values.every(isScalar)) {
        return problem(`has a malformed Condition.${name} on ${quote(key)}`, ...at);
      }
      const sameKey = conditionKey(key);
      if (seen.has(sameKey)) {
        return problem(`has a Condition.${name} with the key ${quote(key)} twice`, ...at);
      }
      seen.add(sameKey);
      const broken = use.operator.takesVariables
        ? values.map(String).find((text) => hasBrokenVariable(text, version))
        : undefined;
      if (broken !== undefined) {
        return problem(
          `has a malformed variable in Condition.${name} on ${quote(key)}: ${quote(broken)}`,
          ...at,
        );
      }
    }
  }
  return undefined;
};

/** Write `${key}`, `${key, 'fallback'}`, `${*}`, `${?}` or `${$}`. */
export const hasBrokenVariable = (
  text: string,
  { variables }: { readonly variables: boolean },
): boolean => parsePattern(text, { variables, wildcards: true }) === undefined;

const isScalar = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
