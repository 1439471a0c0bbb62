import { present } from '../present.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { requireCertificate } from './require-certificate.ts';
import { serviceAnswer } from './service-answer.ts';

export const updateService = latticeWrite<'UpdateService'>(async (tx, input, context) => {
  const before = await resolveResource(tx, 'service', input.serviceIdentifier, context);
  requireSettled(before, 'SERVICE');
  // Who sends it again with every change need not hear that it has expired meanwhile.
  if (input.certificateArn && input.certificateArn !== before.certificateArn) {
    await requireCertificate(tx, input.certificateArn, before.customDomainName, context);
  }
  const { certificateArn: certificateBefore, ...rest } = before;
  const service = present({
    ...rest,
    // An empty certificate ARN, which the model allows here, takes the certificate away.
    certificateArn: (input.certificateArn ?? certificateBefore) || undefined,
    authType: input.authType ?? before.authType,
    idleTimeoutSeconds: input.idleTimeoutSeconds ?? before.idleTimeoutSeconds,
    lastUpdatedAt: context.now.toISOString(),
  });
  await tx.update('service', service);
  return serviceAnswer(service);
});
