/**
 * Writes src/protocol/generated/<service>.ts from models/<service>.json:
 *
 *     node tools/generate-types.ts          (npm run generate)
 *
 * The output depends on the models alone, so that running it again changes nothing.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model, Shape, StructureShape } from '../src/protocol/model.ts';

const structuresReachableFrom = (model: Model, roots: readonly (string | undefined)[]) => {
  const seen = new Set<string>();
  const queue = roots.filter((name) => name !== undefined);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const shape = shapeOf(model, name);
    if (shape.type === 'structure')
      queue.push(...Object.values(shape.members).map((member) => member.shape));
    if (shape.type === 'list') queue.push(shape.member.shape);
    if (shape.type === 'map') queue.push(shape.value.shape);
  }
  return seen;
};

const shapeOf = (model: Model, name: string): Shape => {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`the model of ${model.service.serviceId} has no shape \`${name}\``);
  return shape;
};

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** `vpc-lattice` -> `VpcLattice` */
export const pascalCase = (kebab: string): string => kebab.split('-').map(capitalized).join('');

const typeOf = (model: Model, name: string): string => {
  const shape = shapeOf(model, name);
  switch (shape.type) {
    case 'structure':
      return capitalized(name);
    case 'list': {
      const item = typeOf(model, shape.member.shape);
      return `readonly ${item}[]`.replace(/^readonly (readonly .*)\[\]$/, 'readonly ($1)[]');
    }
    case 'map':
      return `Readonly<Record<string, ${typeOf(model, shape.value.shape)}>>`;
    case 'string':
      return shape.enum ? capitalized(name) : 'string';
    case 'boolean':
      return 'boolean';
    case 'timestamp':
      return 'Date';
    case 'blob':
      return 'Uint8Array';
    default:
      return 'number';
  }
};

const propertyName = (name: string) =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);

const structure = (model: Model, name: string, shape: StructureShape, isInput: boolean): string => {
  const members = Object.entries(shape.members);
  if (shape.union) {
    // Named `?: never` members make `value.forward !== undefined` narrow the union.
    const branches = members.map(([chosen, { shape: type }]) => {
      const others = members
        .filter(([other]) => other !== chosen)
        .map(([other]) => `readonly ${propertyName(other)}?: never`);
      return `  | { ${[`readonly ${propertyName(chosen)}: ${typeOf(model, type)}`, ...others].join('; ')} }`;
    });
    return `export type ${capitalized(name)} =\n${branches.join('\n')};\n`;
  }
  if (members.length === 0)
    return `export type ${capitalized(name)} = Readonly<Record<string, never>>;\n`;
  const required = new Set(shape.required);
  const lines = members.map(([member, { shape: type }]) => {
    const text = typeOf(model, type);
    if (required.has(member)) return `  readonly ${propertyName(member)}: ${text};`;
    return `  readonly ${propertyName(member)}?: ${text}${isInput ? '' : ' | undefined'};`;
  });
  return `export interface ${capitalized(name)} {\n${lines.join('\n')}\n}\n`;
};

/** `service` is the name of the model's file: `vpc-lattice` gives `VpcLatticeOperations`. */
export const generateTypes = (service: string, model: Model): string => {
  const operations = Object.entries(model.operations).sort(([a], [b]) => (a < b ? -1 : 1));
  const inputs = structuresReachableFrom(
    model,
    operations.map(([, operation]) => operation.input),
  );
  const all = structuresReachableFrom(
    model,
    operations.flatMap(([, operation]) => [operation.input, operation.output]),
  );
  const declarations: string[] = [];
  for (const name of [...all].sort()) {
    const shape = shapeOf(model, name);
    if (shape.type === 'structure')
      declarations.push(structure(model, name, shape, inputs.has(name)));
    if (shape.type === 'string' && shape.enum) {
      const values = shape.enum.map((value) => `\n  | ${JSON.stringify(value)}`).join('');
      declarations.push(`export type ${capitalized(name)} =${values};\n`);
    }
  }
  const prefix = pascalCase(service);
  const lines = operations.map(([name, { input, output }]) => {
    const side = (shape: string | undefined) => (shape ? capitalized(shape) : 'Nothing');
    return `  ${name}: { input: ${side(input)}; output: ${side(output)} };`;
  });
  if (operations.some(([, { input, output }]) => !input || !output))
    declarations.push(
      `/** An operation that takes, or answers, no members. */\nexport type Nothing = Readonly<Record<string, never>>;\n`,
    );
  return `${[
    `// Generated from models/${service}.json by \`npm run generate\`; do not edit.`,
    '// A parsed request has no member that is present and undefined, so input shapes say `?: T`; shapes that',
    '// only answers have say `?: T | undefined`, and the protocols leave such members out.',
    '',
    `export interface ${prefix}Operations {\n${lines.join('\n')}\n}`,
    '',
    `export type ${prefix}OperationName = keyof ${prefix}Operations;`,
    '',
    declarations.join('\n'),
  ].join('\n')}`;
};

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const target = join(root, 'src/protocol/generated');
  mkdirSync(target, { recursive: true });
  for (const file of readdirSync(join(root, 'models')).sort()) {
    if (!file.endsWith('.json')) continue;
    const service = file.slice(0, -'.json'.length);
    const model = JSON.parse(readFileSync(join(root, 'models', file), 'utf8')) as Model;
    writeFileSync(join(target, `${service}.ts`), generateTypes(service, model));
  }
}
