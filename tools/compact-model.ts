/**
 * Turns a botocore `service-2.json` into the compact, facts-only model that src/protocol/model.ts describes:
 *
 *     node tools/compact-model.ts service-2.json [--operations CreateVpc,DeleteVpc] > models/ec2.json
 *
 * With `--operations`, only these operations and what they reach are kept; the other names are listed under
 * `otherOperations`. To refresh a model with the operations that it has:
 *
 *     --operations "$(node -p "Object.keys(require('./models/ec2.json').operations).join()")"
 *
 * A trait that the tool does not know stops it, so that nothing is lost unseen. botocore (Apache-2.0) keeps the
 * files, some of them gzipped, in `botocore/data/<service>/<API version>/`.
 */
import { readFileSync } from 'node:fs';
import type { Member, Model, OperationFacts, ServiceFacts, Shape } from '../src/protocol/model.ts';

type Json = { readonly [key: string]: unknown };

/**
 * botocore cannot express an unanchored pattern, so three arrive wrapped in `.*`, which accepts anything.
 * PolicyString as it arrives (`.*\S.*`) takes quadratic time for a long text that ends in a newline.
 */
const patternCorrections: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Stands in answers alone, and takes two million characters.
  ACM: { CertificateChain: '[\\s\\S]*' },
  // In place of its enum.
  EC2: { InstanceType: '[a-zA-Z0-9][a-zA-Z0-9.-]{0,63}' },
  // Without a bound on its own, and the shape has none.
  IAM: { policyVersionIdType: 'v[1-9][0-9]{0,9}(\\.[A-Za-z0-9-]{0,64})?' },
  'VPC Lattice': {
    ClientToken: '[\\s\\S]*[!-~][\\s\\S]*',
    HealthCheckPath: '(?:/[a-zA-Z0-9@:%_+.~#?&/=-]*)?',
    HttpCodeMatcher: '[0-9-,]*',
    PolicyString: '(?=.*\\S).*',
  },
};

/** Enums that AWS extends every few weeks, and of which nothing here depends on the value. */
const openEnums: Readonly<Record<string, readonly string[]>> = { EC2: ['InstanceType'] };

/** Members for which an empty string is a value: it removes what was there. */
const keepsEmpty: Readonly<Record<string, readonly string[]>> = {
  'VPC Lattice': ['UpdateServiceRequest.certificateArn'],
};

/** Members that AWS calls required and leaves out: a private hosted zone has no delegation set. */
const neverRequired: Readonly<Record<string, readonly string[]>> = {
  'Route 53': ['CreateHostedZoneResponse.DelegationSet'],
};

const ignored = new Set([
  'authtype',
  'auth',
  'box',
  'deprecated',
  'deprecatedMessage',
  'deprecatedSince',
  'documentation',
  'documentationUrl',
  'exception',
  'fault',
  'idempotent',
  'name',
  'readonly',
  'retryable',
  'synthetic',
  // EC2 only, on two shapes; botocore ignores it there as well.
  'locationName',
]);

/** Shape `{..., documentation}` -> what we keep. Throws for traits that are neither kept nor ignored. */
const pick = (what: string, source: Json, kept: readonly string[], handled: readonly string[]) => {
  const picked: Record<string, unknown> = {};
  for (const key of kept) if (source[key] !== undefined) picked[key] = source[key];
  for (const key of Object.keys(source)) {
    if (!kept.includes(key) && !handled.includes(key) && !ignored.has(key))
      throw new Error(`${what} has the trait \`${key}\`, which this tool does not know`);
  }
  return picked;
};

const compactMember = (serviceId: string, owner: string, name: string, source: Json): Member => {
  const picked = pick(
    `${owner}.${name}`,
    source,
    ['shape', 'location', 'locationName', 'queryName', 'idempotencyToken'],
    ['locationName'],
  );
  if (picked['locationName'] === name && picked['location'] === undefined)
    delete picked['locationName'];
  if (keepsEmpty[serviceId]?.includes(`${owner}.${name}`)) picked['keepEmpty'] = true;
  return picked as unknown as Member;
};

const compactShape = (serviceId: string, name: string, source: Json): Shape => {
  const type = source['type'];
  const base = { type };
  switch (type) {
    case 'structure': {
      const members = Object.entries(source['members'] as Record<string, Json>).map(
        ([member, facts]) => [member, compactMember(serviceId, name, member, facts)],
      );
      const error = source['error'] as { httpStatusCode?: number; code?: string } | undefined;
      const isError = error !== undefined || source['exception'] === true;
      const traits = pick(
        name,
        source,
        ['required', 'union'],
        ['type', 'members', 'error', 'sensitive'],
      );
      const optional = neverRequired[serviceId] ?? [];
      const required = (source['required'] as readonly string[] | undefined)?.filter(
        (member) => !optional.includes(`${name}.${member}`),
      );
      return {
        ...base,
        ...traits,
        ...(required !== undefined && { required }),
        members: Object.fromEntries(members),
        ...(isError && {
          error: {
            httpStatus: error?.httpStatusCode ?? (source['fault'] === true ? 500 : 400),
            ...(error?.code !== undefined && error.code !== name && { code: error.code }),
          },
        }),
      } as Shape;
    }
    case 'list': {
      const member = pick(name, source['member'] as Json, ['shape', 'locationName'], []);
      const traits = pick(name, source, ['min', 'max', 'flattened'], ['type', 'member']);
      return { ...base, member, ...traits } as Shape;
    }
    case 'map': {
      const key = pick(name, source['key'] as Json, ['shape'], []);
      const value = pick(name, source['value'] as Json, ['shape'], []);
      return {
        ...base,
        key,
        value,
        ...pick(name, source, ['min', 'max'], ['type', 'key', 'value']),
      } as Shape;
    }
    case 'string': {
      const traits = pick(
        name,
        source,
        ['min', 'max', 'pattern', 'enum', 'sensitive'],
        ['type', 'pattern'],
      );
      const corrected = patternCorrections[serviceId]?.[name];
      if (corrected !== undefined) traits['pattern'] = corrected;
      if (openEnums[serviceId]?.includes(name)) delete traits['enum'];
      // Accepts every string: not worth running.
      if (traits['pattern'] === '[\\s\\S]*') delete traits['pattern'];
      return { ...base, ...traits } as Shape;
    }
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return { ...base, ...pick(name, source, ['min', 'max'], ['type']) } as Shape;
    case 'blob':
      // Bytes are never repeated in an error text, sensitive or not.
      return { ...base, ...pick(name, source, ['min', 'max'], ['type', 'sensitive']) } as Shape;
    case 'boolean':
    case 'timestamp':
      return { ...base, ...pick(name, source, ['timestampFormat'], ['type']) } as Shape;
    default:
      throw new Error(`${name} is of type \`${type}\`, which this tool does not know`);
  }
};

const compactOperation = (name: string, source: Json): OperationFacts => {
  pick(name, source, [], ['http', 'input', 'output', 'errors']);
  const http = source['http'] as { method: string; requestUri: string; responseCode?: number };
  const input = source['input'] as { shape: string } | undefined;
  const output = source['output'] as { shape: string; resultWrapper?: string } | undefined;
  const errors = source['errors'] as readonly { shape: string }[] | undefined;
  return {
    http: { method: http.method, uri: http.requestUri, code: http.responseCode ?? 200 },
    ...(input && { input: input.shape }),
    ...(output && { output: output.shape }),
    ...(output?.resultWrapper && { resultWrapper: output.resultWrapper }),
    ...(errors && { errors: errors.map((error) => error.shape) }),
  };
};

/** `namespace`: of requests, where the service has none of its own (Route 53). */
const serviceFacts = (
  metadata: Readonly<Record<string, string>>,
  namespace: string | undefined,
): ServiceFacts =>
  ({
    serviceId: metadata['serviceId'],
    apiVersion: metadata['apiVersion'],
    protocol: metadata['protocol'],
    signingName: metadata['signingName'] ?? metadata['endpointPrefix'],
    ...(metadata['targetPrefix'] && { targetPrefix: metadata['targetPrefix'] }),
    ...(metadata['jsonVersion'] && { jsonVersion: metadata['jsonVersion'] }),
    ...((metadata['xmlNamespace'] ?? namespace) && {
      xmlNamespace: metadata['xmlNamespace'] ?? namespace,
    }),
  }) as ServiceFacts;

const namespaceOfRequests = (operations: Readonly<Record<string, Json>>): string | undefined => {
  for (const { input } of Object.values(operations)) {
    const { xmlNamespace } = (input ?? {}) as { xmlNamespace?: { uri: string } };
    if (xmlNamespace !== undefined) return xmlNamespace.uri;
  }
  return undefined;
};

const shapesNamedBy = (shape: Shape): readonly string[] => {
  switch (shape.type) {
    case 'structure':
      return Object.values(shape.members).map((member) => member.shape);
    case 'list':
      return [shape.member.shape];
    case 'map':
      return [shape.key.shape, shape.value.shape];
    default:
      return [];
  }
};

/**
 * `source` is a parsed `service-2.json`. Throws an Error that names the operation, shape or trait which is
 * unknown.
 */
export const compactModel = (source: Json, wanted?: readonly string[]): Model => {
  const metadata = source['metadata'] as Readonly<Record<string, string>>;
  const allOperations = source['operations'] as Readonly<Record<string, Json>>;
  const service = serviceFacts(metadata, namespaceOfRequests(allOperations));
  const allShapes = source['shapes'] as Readonly<Record<string, Json>>;
  const names = [...(wanted ?? Object.keys(allOperations))].sort();
  const operations: Record<string, OperationFacts> = {};
  for (const name of names) {
    const operation = allOperations[name];
    if (!operation) throw new Error(`${service.serviceId} has no operation \`${name}\``);
    operations[name] = compactOperation(name, operation);
  }
  const shapes: Record<string, Shape> = {};
  const queue = Object.values(operations).flatMap(({ input, output, errors }) =>
    [input, output, ...(errors ?? [])].filter((name) => name !== undefined),
  );
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (shapes[name]) continue;
    const shape = allShapes[name];
    if (!shape) throw new Error(`${service.serviceId} has no shape \`${name}\``);
    const compact = compactShape(service.serviceId, name, shape);
    shapes[name] = compact;
    queue.push(...shapesNamedBy(compact));
  }
  const others = Object.keys(allOperations).filter((name) => operations[name] === undefined);
  return {
    service,
    operations,
    ...(others.length > 0 && { otherOperations: others.sort() }),
    shapes: Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

/** One operation and one shape a line, so that a review of a new version shows what changed. */
export const printModel = (model: Model): string => {
  const table = (entries: Readonly<Record<string, unknown>>) =>
    Object.entries(entries)
      .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n');
  const others = model.otherOperations
    ? `  "otherOperations": ${JSON.stringify(model.otherOperations)},\n`
    : '';
  return (
    `{\n  "service": ${JSON.stringify(model.service)},\n` +
    `  "operations": {\n${table(model.operations)}\n  },\n${others}` +
    `  "shapes": {\n${table(model.shapes)}\n  }\n}\n`
  );
};

if (import.meta.main) {
  const [file, flag, list, ...rest] = process.argv.slice(2);
  if (!file || rest.length > 0 || (flag !== undefined && (flag !== '--operations' || !list))) {
    process.stderr.write(
      'usage: node tools/compact-model.ts SERVICE-2.JSON [--operations A,B,...]\n',
    );
    process.exit(2);
  }
  const source = JSON.parse(readFileSync(file, 'utf8')) as Json;
  process.stdout.write(printModel(compactModel(source, list?.split(','))));
}
