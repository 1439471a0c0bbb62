import type { TargetGroupConfig, TargetGroupType } from '../../../../lattice/resources.ts';
import { type InvalidField, invalidFields } from '../../../errors.ts';
import { present } from '../present.ts';
import type { Input } from '../shapes.ts';
import { completeHealthCheck, requireHealthCheckable } from './health-check.ts';

type SentConfig = NonNullable<Input<'CreateTargetGroup'>['config']>;

const DEFAULT_PORTS = { HTTP: 80, HTTPS: 443, TCP: undefined } as const;

/**
 * The configuration to store, with AWS's defaults for the type; members that do not apply to the
 * type are absent, which clients rely on.
 *
 * @throws ValidationException for members that the type needs or cannot have
 */
export const completeConfig = (type: TargetGroupType, sent: SentConfig = {}): TargetGroupConfig => {
  const wrong = type === 'LAMBDA' ? lambdaFields(sent) : addressedFields(type, sent);
  if (wrong.length > 0) throw invalidFields(wrong);
  if (sent.healthCheck !== undefined) requireHealthCheckable(type);
  if (type === 'LAMBDA') {
    return { lambdaEventStructureVersion: sent.lambdaEventStructureVersion ?? 'V1' };
  }
  const { protocol = 'HTTP' } = sent;
  const protocolVersion = protocol === 'TCP' ? undefined : (sent.protocolVersion ?? 'HTTP1');
  const speech = present({ protocol, protocolVersion });
  return present({
    port: sent.port ?? DEFAULT_PORTS[protocol],
    ...speech,
    ipAddressType: type === 'IP' ? (sent.ipAddressType ?? 'IPV4') : undefined,
    vpcIdentifier: sent.vpcIdentifier,
    healthCheck:
      type === 'ALB' ? undefined : completeHealthCheck(sent.healthCheck, undefined, speech),
  });
};

const NOT_FOR_LAMBDA = ['port', 'protocol', 'protocolVersion', 'ipAddressType', 'vpcIdentifier'];

const lambdaFields = (sent: SentConfig): InvalidField[] =>
  NOT_FOR_LAMBDA.filter((name) => sent[name as keyof SentConfig] !== undefined).map((name) =>
    unexpected(name, 'LAMBDA'),
  );

const addressedFields = (type: TargetGroupType, sent: SentConfig): InvalidField[] => {
  const { port, protocol, protocolVersion } = sent;
  const fields: InvalidField[] = [];
  if (protocol === undefined) fields.push(required('protocol', type));
  if (!sent.vpcIdentifier) fields.push(required('vpcIdentifier', type));
  if (protocol === 'TCP' && port === undefined) fields.push(required('port', 'TCP'));
  if (protocol === 'TCP' && protocolVersion !== undefined) {
    fields.push(unexpected('protocolVersion', 'TCP'));
  }
  if (type === 'ALB' && (protocolVersion ?? 'HTTP1') !== 'HTTP1') {
    fields.push({
      name: 'config.protocolVersion',
      message: 'ALB target groups support HTTP1 only.',
    });
  }
  if (type !== 'IP' && sent.ipAddressType !== undefined) {
    fields.push(unexpected('ipAddressType', type));
  }
  if (sent.lambdaEventStructureVersion !== undefined) {
    fields.push(unexpected('lambdaEventStructureVersion', type));
  }
  return fields;
};

const required = (name: string, type: string): InvalidField => ({
  name: `config.${name}`,
  message: `${name} is required for target groups of type ${type}.`,
});

const unexpected = (name: string, type: string): InvalidField => ({
  name: `config.${name}`,
  message: `${name} is not supported for target groups of type ${type}.`,
});
