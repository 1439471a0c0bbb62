import { loadModel, type ServiceName, serviceOfSigningName } from '../protocol/load-model.ts';
import type { Model, WireProtocol } from '../protocol/model.ts';
import { protocolFor } from '../protocol/protocol.ts';
import type { ServiceProtocol } from '../protocol/service-protocol.ts';
import type { NotBuilt, Operation } from './operation.ts';

type Operations = Readonly<Record<string, Operation<unknown, unknown> | NotBuilt>>;

/** A service as it is served here: what its API looks like, and what its operations do. */
export interface Service {
  readonly signingName: ServiceName;
  readonly model: Model;
  readonly protocol: ServiceProtocol;
  readonly operations: Operations;
}

const OPERATIONS: Readonly<Record<ServiceName, () => Promise<Operations>>> = {
  'vpc-lattice': async () =>
    (await import('./operations/vpc-lattice/registry.ts')).vpcLatticeOperations,
  ec2: async () => (await import('./operations/ec2/registry.ts')).ec2Operations,
  iam: async () => (await import('./operations/iam/registry.ts')).iamOperations,
  sts: async () => (await import('./operations/sts/registry.ts')).stsOperations,
  acm: async () => (await import('./operations/acm/registry.ts')).acmOperations,
  route53: async () => (await import('./operations/route53/registry.ts')).route53Operations,
  tagging: async () => (await import('./operations/tagging/registry.ts')).taggingOperations,
  pergola: async () => (await import('./operations/pergola/registry.ts')).pergolaOperations,
};

/** Neighbours of VPC Lattice that clients call too and that are not built: how each wants its errors. */
export const SERVICES_NOT_BUILT: ReadonlyMap<string, WireProtocol> = new Map<string, WireProtocol>([
  ['elasticloadbalancing', 'query'],
  ['firehose', 'json'],
  ['lambda', 'rest-json'],
  ['logs', 'json'],
  ['ram', 'rest-json'],
  ['s3', 'query'],
]);

const loaded = new Map<ServiceName, Promise<Service>>();

/** Loads a service with the first request to it, so that a start does not wait for all of them. */
export const openService = (name: ServiceName): Promise<Service> => {
  const known = loaded.get(name);
  if (known) return known;
  const service = loadService(name);
  loaded.set(name, service);
  // A failed load is our bug; the next request shows it again.
  service.catch(() => loaded.delete(name));
  return service;
};

/** Undefined when no service with this signing name is built. */
export const findService = (signingName: string): Promise<Service> | undefined => {
  const name = serviceOfSigningName.get(signingName);
  return name && openService(name);
};

const loadService = async (name: ServiceName): Promise<Service> => {
  const operations = await OPERATIONS[name]();
  const model = loadModel(name);
  return { signingName: name, model, protocol: protocolFor(model), operations };
};

/** The service whose form of errors stands for all that speak the same protocol. */
export const ERRORS_LIKE: Readonly<Record<WireProtocol, ServiceName>> = {
  'rest-json': 'pergola',
  'rest-xml': 'route53',
  json: 'tagging',
  query: 'sts',
  ec2: 'ec2',
};
