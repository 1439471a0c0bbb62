import { readFileSync } from 'node:fs';
import type { Model } from './model.ts';

/** The services that have a model, by the name of its file. */
export type ServiceName =
  | 'vpc-lattice'
  | 'ec2'
  | 'iam'
  | 'sts'
  | 'acm'
  | 'route53'
  | 'tagging'
  | 'pergola';

export const serviceNames: readonly ServiceName[] = [
  'vpc-lattice',
  'ec2',
  'iam',
  'sts',
  'acm',
  'route53',
  'tagging',
  'pergola',
];

/**
 * Which service a request is meant for, by the signing name in the credential scope of its signature. A map,
 * because callers choose the key.
 */
export const serviceOfSigningName: ReadonlyMap<string, ServiceName> = new Map(
  serviceNames.map((name) => [name, name]),
);

/** Reads `models/<name>.json`: a few milliseconds for the large ones, so load a service when it is first called. */
export const loadModel = (name: ServiceName): Model =>
  JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')) as Model;
