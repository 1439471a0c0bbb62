import { protocolLimits } from './wire.ts';

/** `a=1&b=2` in order, each name and value decoded once. Throws InvalidParameterError. */
export const parseParameters = (text: string): readonly (readonly [string, string])[] => {
  if (text === '') return [];
  const pieces = text.split('&', protocolLimits.parameters + 1);
  if (pieces.length > protocolLimits.parameters)
    throw new InvalidParameterError(
      `the request has more than ${protocolLimits.parameters} parameters; send several requests`,
    );
  const pairs: [string, string][] = [];
  for (const piece of pieces) {
    if (piece === '') continue;
    const equals = piece.indexOf('=');
    const name = equals < 0 ? piece : piece.slice(0, equals);
    pairs.push([decode(name), equals < 0 ? '' : decode(piece.slice(equals + 1))]);
  }
  return pairs;
};

export class InvalidParameterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidParameterError';
  }
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.includes('+') ? text.replaceAll('+', ' ') : text);
  } catch {
    throw new InvalidParameterError('a parameter has a percent-escape that is broken or not UTF-8');
  }
};

/** The parameters `Filter.1.Name` and `Filter.1.Value.1`, as the tree that their dots describe. */
export interface ParameterNode {
  value?: string;
  children?: Map<string, ParameterNode>;
}

/** Throws InvalidParameterError when a name comes twice or nests too deep. */
export const parameterTree = (pairs: readonly (readonly [string, string])[]): ParameterNode => {
  const root: ParameterNode = {};
  for (const [name, value] of pairs) {
    const steps = name.split('.', protocolLimits.depth + 1);
    if (steps.length > protocolLimits.depth)
      throw new InvalidParameterError(
        `a parameter name nests deeper than ${protocolLimits.depth} levels`,
      );
    let node = root;
    for (const step of steps) {
      node.children ??= new Map();
      let child = node.children.get(step);
      if (!child) {
        child = {};
        node.children.set(step, child);
      }
      node = child;
    }
    if (node.value !== undefined)
      throw new InvalidParameterError(
        `the parameter \`${name.slice(0, protocolLimits.echoedCharacters)}\` comes more than once`,
      );
    node.value = value;
  }
  return root;
};
