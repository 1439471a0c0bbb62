import { ServiceError } from '../protocol/service-error.ts';

/**
 * The error for a service that is not built. Clients take a refusal for "not available to me" and go
 * on where they can (AWS's Gateway API controller does so for certificates), so that is its code.
 */
export const serviceNotBuilt = (signingName: string): ServiceError =>
  new ServiceError(
    'AccessDeniedException',
    403,
    `the service \`${signingName.replace(/[^\x21-\x7e]/g, '?').slice(0, 64)}\` is not built in this version of Pergola; see docs/coverage.md`,
  );
