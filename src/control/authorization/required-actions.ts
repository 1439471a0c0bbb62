import type { ServiceName } from '../../protocol/load-model.ts';
import type { RequiredAction } from './required-action.ts';

type ByOperation = Readonly<Record<string, RequiredAction<never>>>;

/** One file a service, loaded with the first call to it like the service itself. */
const TABLES: Readonly<Record<ServiceName, () => Promise<ByOperation>>> = {
  'vpc-lattice': async () => (await import('./actions/vpc-lattice.ts')).vpcLatticeActions,
  ec2: async () => (await import('./actions/ec2.ts')).ec2Actions,
  iam: async () => (await import('./actions/iam.ts')).iamActions,
  sts: async () => (await import('./actions/sts.ts')).stsActions,
  acm: async () => (await import('./actions/acm.ts')).acmActions,
  route53: async () => (await import('./actions/route53.ts')).route53Actions,
  tagging: async () => (await import('./actions/tagging.ts')).taggingActions,
  pergola: async () => (await import('./actions/pergola.ts')).pergolaActions,
};

const loaded = new Map<ServiceName, ByOperation>();

export const requiredActions = async (service: ServiceName): Promise<ByOperation> => {
  const known = loaded.get(service);
  if (known !== undefined) return known;
  const table = await TABLES[service]();
  loaded.set(service, table);
  return table;
};

/** In policies, the actions of a service begin with this; mostly its signing name. */
const PREFIXES: Partial<Readonly<Record<ServiceName, string>>> = { tagging: 'tag' };

/** The action of an operation as policies name it: `vpc-lattice:GetService`. */
export const actionOf = (
  service: ServiceName,
  operation: string,
  { action }: Pick<RequiredAction<never>, 'action'>,
): string => action ?? `${PREFIXES[service] ?? service}:${operation}`;
