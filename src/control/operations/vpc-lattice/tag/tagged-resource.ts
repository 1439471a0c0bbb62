import { parseArn } from '../../../../lattice/arn.ts';
import type { ReadTransaction } from '../../../../store/store.ts';
import { accessDenied, notFound } from '../../../errors.ts';
import type { RequestContext } from '../../../operation.ts';
import { findTaggable } from '../../../taggable.ts';
import type { Taggable } from '../../../tags.ts';

/**
 * The caller's resource with this ARN.
 * @throws AccessDeniedException for another account's ARN, whether or not there is such a resource:
 * AWS's Kubernetes controller takes it as "not mine"
 * @throws ResourceNotFoundException
 */
export const resolveTaggable = async (
  tx: ReadTransaction,
  resourceArn: string,
  context: RequestContext,
): Promise<Taggable> => {
  const { accountId, principalArn } = context.caller;
  if (parseArn(resourceArn)?.accountId !== accountId) {
    throw accessDenied(
      `User: ${principalArn} is not authorized to access the tags of resource: ${resourceArn}`,
    );
  }
  const resource = await findTaggable(tx, resourceArn);
  if (resource === undefined) {
    throw notFound('RESOURCE', resourceArn, `Resource ${resourceArn} not found.`);
  }
  return resource;
};
