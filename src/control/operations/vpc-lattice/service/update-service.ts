import { present } from '../present.ts';
import { resolveResource } from '../resolve.ts';
import { requireSettled } from '../settled.ts';
import { latticeWrite } from '../shapes.ts';
import { serviceAnswer } from './service-answer.ts';

export const updateService = latticeWrite<'UpdateService'>(async (tx, input, context) => {
  const before = await resolveResource(tx, 'service', input.serviceIdentifier, context);
  requireSettled(before, 'SERVICE');
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
