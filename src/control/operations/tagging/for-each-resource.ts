import type { FailureInfo } from '../../../protocol/generated/tagging.ts';
import { ServiceError } from '../../../protocol/service-error.ts';

/**
 * Runs `change` for each ARN and gathers the failures. A resource of another account fails like one
 * that does not exist.
 */
export const forEachResource = async (
  arns: readonly string[],
  /** False when the caller has no such resource. */
  change: (arn: string) => Promise<boolean>,
): Promise<{ FailedResourcesMap: Record<string, FailureInfo> }> => {
  const failed: Record<string, FailureInfo> = {};
  for (const arn of new Set(arns)) {
    try {
      if (!(await change(arn))) {
        failed[arn] = failure('The resource does not exist, or it cannot have tags.');
      }
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failed[arn] = failure(error.message);
    }
  }
  return { FailedResourcesMap: failed };
};

const failure = (message: string): FailureInfo => ({
  StatusCode: 400,
  ErrorCode: 'InvalidParameterException',
  ErrorMessage: message,
});
