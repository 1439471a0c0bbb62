import type { Member, Model, OperationFacts, Shape } from './model.ts';

/** The model with every name resolved and every pattern compiled: what the protocols work with. */
export interface ServiceTable {
  readonly model: Model;
  readonly operations: ReadonlyMap<string, ResolvedOperation>;
  readonly otherOperations: ReadonlySet<string>;
  /** Error structures by their code on the wire. */
  readonly errors: ReadonlyMap<string, ResolvedStructure>;
}

export interface ResolvedOperation {
  readonly name: string;
  readonly http: OperationFacts['http'];
  readonly input: ResolvedStructure;
  /** Undefined: the operation answers nothing. */
  readonly output: ResolvedStructure | undefined;
  readonly resultWrapper: string | undefined;
}

export type ResolvedShape =
  | ResolvedStructure
  | ResolvedList
  | ResolvedMap
  | ResolvedString
  | ResolvedNumber
  | ResolvedBlob
  | ResolvedSimple;

export interface ResolvedStructure {
  readonly type: 'structure';
  readonly members: readonly ResolvedMember[];
  readonly isUnion: boolean;
}

export interface ResolvedMember extends Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly target: ResolvedShape;
}

export interface ResolvedList extends Bounds {
  readonly type: 'list';
  readonly item: ResolvedShape;
  readonly itemName: string | undefined;
  readonly isFlattened: boolean;
}

export interface ResolvedMap extends Bounds {
  readonly type: 'map';
  readonly key: ResolvedShape;
  readonly value: ResolvedShape;
}

export interface ResolvedString extends Bounds {
  readonly type: 'string';
  readonly pattern: RegExp | undefined;
  /** The pattern as error texts show it. */
  readonly patternText: string | undefined;
  readonly values: ReadonlySet<string> | undefined;
  readonly isSensitive: boolean;
}

interface ResolvedNumber extends Bounds {
  readonly type: 'integer' | 'long' | 'float' | 'double';
}

interface ResolvedBlob extends Bounds {
  readonly type: 'blob';
}

interface ResolvedSimple {
  readonly type: 'boolean' | 'timestamp';
  readonly format: 'iso8601' | 'unixTimestamp';
}

export interface Bounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

const nothing: ResolvedStructure = { type: 'structure', members: [], isUnion: false };

/** `\p{…}` needs the flag `u`; other patterns of the models do not compile with it. */
const compilePattern = (pattern: string): RegExp =>
  new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');

/** Throws an Error, which names the shape, for a model that contradicts itself. */
export const resolveModel = (model: Model): ServiceTable => {
  const resolved = new Map<string, ResolvedShape>();
  const defaultFormat = model.service.protocol === 'json' ? 'unixTimestamp' : 'iso8601';

  const resolveStructure = (name: string, shape: Extract<Shape, { type: 'structure' }>) => {
    const members: ResolvedMember[] = [];
    const structure: ResolvedStructure = {
      type: 'structure',
      members,
      isUnion: shape.union === true,
    };
    // Before its members: a structure may contain itself.
    resolved.set(name, structure);
    const required = new Set(shape.required);
    for (const [memberName, member] of Object.entries(shape.members)) {
      const isRequired = required.delete(memberName) || member.location === 'uri';
      members.push({ ...member, name: memberName, isRequired, target: resolve(member.shape) });
    }
    for (const missing of required) {
      throw new Error(`\`${name}\` requires \`${missing}\`, which is not one of its members`);
    }
    return structure;
  };

  const resolve = (name: string): ResolvedShape => {
    const known = resolved.get(name);
    if (known) return known;
    const shape = model.shapes[name];
    if (!shape)
      throw new Error(`the model of ${model.service.serviceId} lacks the shape \`${name}\``);
    if (shape.type === 'structure') return resolveStructure(name, shape);
    const result = resolveOther(shape);
    resolved.set(name, result);
    return result;
  };

  const resolveOther = (shape: Exclude<Shape, { type: 'structure' }>): ResolvedShape => {
    switch (shape.type) {
      case 'list':
        return {
          type: 'list',
          item: resolve(shape.member.shape),
          itemName: shape.member.locationName,
          isFlattened: shape.flattened === true,
          min: shape.min,
          max: shape.max,
        };
      case 'map':
        return {
          type: 'map',
          key: resolve(shape.key.shape),
          value: resolve(shape.value.shape),
          min: shape.min,
          max: shape.max,
        };
      case 'string':
        return {
          type: 'string',
          pattern: shape.pattern === undefined ? undefined : compilePattern(shape.pattern),
          patternText: shape.pattern,
          values: shape.enum && new Set(shape.enum),
          isSensitive: shape.sensitive === true,
          min: shape.min,
          max: shape.max,
        };
      case 'integer':
      case 'long':
      case 'float':
      case 'double':
      case 'blob':
        return { type: shape.type, min: shape.min, max: shape.max };
      case 'boolean':
      case 'timestamp':
        return { type: shape.type, format: shape.timestampFormat ?? defaultFormat };
      default:
        return shape satisfies never;
    }
  };

  const structureNamed = (name: string): ResolvedStructure => {
    const shape = resolve(name);
    if (shape.type !== 'structure') throw new Error(`\`${name}\` is not a structure`);
    return shape;
  };

  const operations = new Map<string, ResolvedOperation>();
  for (const [name, operation] of Object.entries(model.operations)) {
    operations.set(name, {
      name,
      http: operation.http,
      input: operation.input === undefined ? nothing : structureNamed(operation.input),
      output: operation.output === undefined ? undefined : structureNamed(operation.output),
      resultWrapper: operation.resultWrapper,
    });
  }
  const errors = new Map<string, ResolvedStructure>();
  for (const [name, shape] of Object.entries(model.shapes)) {
    if (shape.type === 'structure' && shape.error)
      errors.set(shape.error.code ?? name, structureNamed(name));
  }
  return { model, operations, otherOperations: new Set(model.otherOperations), errors };
};
