import type {
  ResolvedMember,
  ResolvedShape,
  ResolvedString,
  ResolvedStructure,
} from '../../src/protocol/service-table.ts';

const account = 'arn:aws:vpc-lattice:us-west-2:123456789012:';
const tail = '0123456789abcdef0';

/** Among them is a value for every pattern of the models. */
const candidates = [
  'sample',
  'a "sample" & <more>',
  '123456789012',
  '/path',
  '200-299',
  '80',
  'dv-0123456789abcdef0',
  ...[
    'als',
    'listener',
    'rcfg',
    'rea',
    'rgw',
    'rule',
    'sg',
    'sn',
    'snra',
    'snsa',
    'snva',
    'svc',
    'tg',
    'vpc',
    'vpce',
  ].map((prefix) => `${prefix}-${tail}`),
  `arn:aws:s3:us-west-2:123456789012:bucket-of-logs`,
  `arn:aws:acm:us-west-2:123456789012:certificate/${tail}`,
  ...[
    'service/svc',
    'servicenetwork/sn',
    `service/svc-${tail}/listener/listener`,
    `service/svc-${tail}/listener/listener-${tail}/rule/rule`,
    'targetgroup/tg',
    'servicenetworkserviceassociation/snsa',
    'servicenetworkvpcassociation/snva',
    'servicenetworkresourceassociation/snra',
    'accesslogsubscription/als',
    'resourcegateway/rgw',
    'resourceconfiguration/rcfg',
    'resourceendpointassociation/rea',
    'domainverification/dv',
  ].map((resource) => `${account}${resource}-${tail}`),
  'vpc-lattice:service',
];

/**
 * A valid value of a shape with every member present, for sending it through a client and back. Lists have
 * two items where they may; a structure inside itself is left out, and a union gets its first member.
 */
export const sampleValue = (
  shape: ResolvedShape,
  isWanted: (member: ResolvedMember) => boolean = () => true,
  within: readonly ResolvedStructure[] = [],
): unknown => {
  switch (shape.type) {
    case 'structure': {
      const structure: Record<string, unknown> = {};
      for (const member of shape.members) {
        const isRecursive = member.target.type === 'structure' && within.includes(member.target);
        if (!isWanted(member) || isRecursive) continue;
        structure[member.name] = sampleValue(member.target, isWanted, [...within, shape]);
        if (shape.isUnion) break;
      }
      return structure;
    }
    case 'list': {
      const item = sampleValue(shape.item, isWanted, within);
      return Array.from({ length: Math.min(2, shape.max ?? 2) }, () => item);
    }
    case 'map':
      return { [sampleString(shape.key as ResolvedString)]: sampleValue(shape.value) };
    case 'string':
      return sampleString(shape);
    case 'boolean':
      return true;
    case 'timestamp':
      return new Date('2026-04-01T12:34:56.000Z');
    case 'blob':
      return Buffer.from('sample');
    default:
      return Math.max(shape.min ?? 7, Math.min(7, shape.max ?? 7));
  }
};

const sampleString = ({ min = 0, max = 10_000, pattern, values }: ResolvedString): string => {
  if (values) return [...values][0] ?? '';
  const fits = (text: string) =>
    text.length >= min && text.length <= max && (!pattern || pattern.test(text));
  const found = candidates.find(fits) ?? ['x'.repeat(min), '0'.repeat(min)].find(fits);
  if (found === undefined) throw new Error(`no sample fits ${pattern} (${min} to ${max})`);
  return found;
};
