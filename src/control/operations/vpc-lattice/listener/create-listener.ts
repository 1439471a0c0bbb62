import { listenerArn } from '../../../../lattice/arn.ts';
import { alreadyExists, invalid } from '../../../errors.ts';
import { refreshTargetGroupUse, targetGroupIdsOf } from '../../../lifecycle/target-group-use.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { requireQuota } from '../quota.ts';
import { resolveResource } from '../resolve.ts';
import { acceptAction, requireTargetGroupQuota } from '../rule/action.ts';
import { requireCertificate } from '../service/require-certificate.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { defaultRuleOf } from './default-rule.ts';
import { listenerAnswer } from './listener-answer.ts';

/** AWS says nothing of TLS_PASSTHROUGH; 443 is where TLS is expected. */
const DEFAULT_PORTS = { HTTP: 80, HTTPS: 443, TLS_PASSTHROUGH: 443 } as const;

export const createListener = latticeWrite<'CreateListener'>(async (tx, input, context) => {
  const { name, protocol } = input;
  const port = input.port ?? DEFAULT_PORTS[protocol];
  const service = await resolveResource(tx, 'service', input.serviceIdentifier, context);
  requireSettled(service, 'SERVICE');
  if (protocol === 'TLS_PASSTHROUGH' && service.customDomainName === undefined) {
    throw invalid('A service needs a custom domain name to have a TLS_PASSTHROUGH listener.');
  }
  if (protocol === 'HTTPS' && service.certificateArn !== undefined) {
    await requireCertificate(tx, service.certificateArn, service.customDomainName, context);
  }
  const place = { protocol, serviceId: service.id };
  const action = await acceptAction(tx, input.defaultAction, 'defaultAction', place, context);
  const count = await tx.count('listener', { index: 'service', equals: service.id });
  requireQuota('listenersPerService', count + 1, 'LISTENER', context, service.id);
  await requireTargetGroupQuota(tx, service.id, [action], context);
  const id = context.newId('listener');
  const now = context.now.toISOString();
  const listener = {
    id,
    accountId: context.caller.accountId,
    arn: listenerArn(service.arn, id),
    serviceId: service.id,
    name,
    protocol,
    port,
    defaultAction: action,
    createdAt: now,
    lastUpdatedAt: now,
  };
  await insertOrTaken(tx, 'listener', listener, ({ key, holder }) =>
    alreadyExists(
      'LISTENER',
      holder,
      key === 'port' ? `Listener with port ${port}` : `Listener with name ${name}`,
    ),
  );
  await tx.insert('rule', defaultRuleOf(listener, context.newId('rule')));
  await refreshTargetGroupUse(tx, service.id, targetGroupIdsOf(action));
  await putTags(tx, asTaggable(listener), input.tags, context);
  return listenerAnswer(listener, service);
});
