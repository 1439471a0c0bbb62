import { serviceArn } from '../../../../lattice/arn.ts';
import { dnsEntryOf } from '../../../../lattice/dns-entry.ts';
import { alreadyExists } from '../../../errors.ts';
import { begun } from '../../../lifecycle/transition.ts';
import { asTaggable } from '../../../taggable.ts';
import { putTags } from '../../../tags.ts';
import { insertOrTaken } from '../insert.ts';
import { present } from '../present.ts';
import { requireQuota } from '../quota.ts';
import { latticeWrite } from '../shapes.ts';
import { requireDomainName } from './custom-domain-name.ts';
import { requireCertificate } from './require-certificate.ts';
import { serviceAnswer, serviceStatus } from './service-answer.ts';

const DEFAULT_IDLE_TIMEOUT_SECONDS = 60;

export const createService = latticeWrite<'CreateService'>(async (tx, input, context) => {
  const { settings, caller } = context;
  const { name } = input;
  const customDomainName = input.customDomainName || undefined;
  if (customDomainName !== undefined) requireDomainName(customDomainName);
  const certificateArn = input.certificateArn || undefined;
  if (certificateArn !== undefined) {
    await requireCertificate(tx, certificateArn, customDomainName, context);
  }
  const count = await tx.count('service', { index: 'account', equals: caller.accountId });
  requireQuota('servicesPerRegion', count + 1, 'SERVICE', context);
  const id = context.newId('service');
  const now = context.now.toISOString();
  const service = present({
    id,
    accountId: caller.accountId,
    arn: serviceArn(settings, caller.accountId, id),
    name,
    authType: input.authType ?? 'NONE',
    customDomainName,
    certificateArn,
    idleTimeoutSeconds: input.idleTimeoutSeconds ?? DEFAULT_IDLE_TIMEOUT_SECONDS,
    dnsEntry: dnsEntryOf(name, id, settings),
    createdAt: now,
    lastUpdatedAt: now,
    ...begun('CREATE_IN_PROGRESS', context),
  });
  await insertOrTaken(tx, 'service', service, ({ holder }) =>
    alreadyExists('SERVICE', holder, `Service with name ${name}`),
  );
  await putTags(tx, asTaggable(service), input.tags, context);
  return {
    ...serviceAnswer(service),
    status: serviceStatus(service),
    dnsEntry: service.dnsEntry,
  };
});
