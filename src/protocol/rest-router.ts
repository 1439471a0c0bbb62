import type { ResolvedOperation } from './service-table.ts';

export interface RouteMatch {
  readonly operation: ResolvedOperation;
  /** Path labels by name, still percent-encoded. */
  readonly labels: ReadonlyMap<string, string>;
}

interface RouteNode {
  readonly literals: Map<string, RouteNode>;
  label?: RouteNode;
  readonly operations: Map<string, { operation: ResolvedOperation; labels: readonly string[] }>;
}

const emptyNode = (): RouteNode => ({ literals: new Map(), operations: new Map() });

/**
 * Finds operations by method and path. Works on the path as it was sent, because an ARN arrives as one
 * percent-encoded segment. A literal segment wins over a label; a label is never empty.
 * Throws an Error when two operations claim the same route.
 */
export const restRouter = (operations: Iterable<ResolvedOperation>) => {
  const root = emptyNode();
  for (const operation of operations) add(root, operation);
  return (method: string, rawPath: string): RouteMatch | undefined => {
    if (!rawPath.startsWith('/')) return undefined;
    const segments = rawPath.slice(1).split('/');
    return find(root, method, segments, 0, []);
  };
};

const add = (root: RouteNode, operation: ResolvedOperation) => {
  const { method, uri } = operation.http;
  const labels: string[] = [];
  let node = root;
  for (const segment of uri.slice(1).split('/')) {
    const label = /^\{([^+}]+)\}$/.exec(segment)?.[1];
    if (label === undefined) {
      if (/[{}?#]/.test(segment))
        throw new Error(`\`${operation.name}\`: labels must be whole segments of \`${uri}\``);
      const next = node.literals.get(segment) ?? emptyNode();
      node.literals.set(segment, next);
      node = next;
    } else {
      labels.push(label);
      node.label ??= emptyNode();
      node = node.label;
    }
  }
  const other = node.operations.get(method);
  if (other)
    throw new Error(`\`${operation.name}\` and \`${other.operation.name}\` have the same route`);
  node.operations.set(method, { operation, labels });
};

const find = (
  node: RouteNode,
  method: string,
  segments: readonly string[],
  index: number,
  values: string[],
): RouteMatch | undefined => {
  const segment = segments[index];
  if (segment === undefined) {
    const found = node.operations.get(method);
    if (!found) return undefined;
    const labels = new Map(found.labels.map((name, at) => [name, values[at] ?? '']));
    return { operation: found.operation, labels };
  }
  const literal = node.literals.get(segment);
  const match = literal && find(literal, method, segments, index + 1, values);
  if (match || segment === '' || !node.label) return match;
  values.push(segment);
  const labelled = find(node.label, method, segments, index + 1, values);
  values.pop();
  return labelled;
};
