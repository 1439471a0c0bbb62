import { deflateRawSync } from 'node:zlib';
import { ServiceError } from '../../../protocol/service-error.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { checkIdentityPolicy } from '../iam/check-document.ts';
import { malformedPolicy } from '../iam/errors.ts';
import { policyByArn } from '../iam/managed-policies/find-policy.ts';
import { validationError } from './sts-operation.ts';

export interface SessionPolicies {
  readonly sessionPolicy?: string;
  readonly sessionPolicyArns?: readonly string[];
}

/** AWS's limits. */
const MAX_ARNS = 10;
const MAX_CHARACTERS = 2048;

/** Packed, as AWS says policies and tags are; how, it does not say. Ours: deflated, at most so many bytes. */
const MAX_PACKED_BYTES = 4096;

/** @throws MalformedPolicyDocument, ValidationError, PackedPolicyTooLarge */
export const sessionPolicies = async (
  tx: ReadTransaction,
  input: {
    readonly Policy?: string;
    readonly PolicyArns?: readonly { readonly arn?: string }[];
  },
  accountId: string,
): Promise<SessionPolicies> => {
  const { Policy, PolicyArns } = input;
  if (Policy !== undefined) {
    checkIdentityPolicy(Policy);
    if (Policy.length > MAX_CHARACTERS) {
      throw new ServiceError(
        'PackedPolicyTooLarge',
        400,
        `The session policy has ${Policy.length} characters; at most ${MAX_CHARACTERS} are allowed.`,
      );
    }
  }
  const arns = (PolicyArns ?? []).flatMap(({ arn }) => (arn === undefined ? [] : [arn]));
  if (arns.length > MAX_ARNS) {
    throw validationError(`A session can have at most ${MAX_ARNS} managed policies.`);
  }
  for (const arn of arns) {
    if (!(await policyByArn(tx, arn, accountId))) {
      throw malformedPolicy(`Policy ${arn} does not exist or is not attachable.`);
    }
  }
  return {
    ...(Policy === undefined ? {} : { sessionPolicy: Policy }),
    ...(arns.length === 0 ? {} : { sessionPolicyArns: arns }),
  };
};

/**
 * How much of the room for policies and tags a session takes, in percent; nothing when it has none.
 *
 * @throws PackedPolicyTooLarge
 */
export const packedPolicySize = (
  policies: SessionPolicies,
  tags: Readonly<Record<string, string>>,
): { readonly PackedPolicySize?: number } => {
  if (Object.keys(policies).length === 0 && Object.keys(tags).length === 0) return {};
  const { length } = deflateRawSync(JSON.stringify([policies, tags]));
  const percent = Math.ceil((length / MAX_PACKED_BYTES) * 100);
  if (percent > 100) {
    throw new ServiceError(
      'PackedPolicyTooLarge',
      400,
      `Packed size of session tags consumes ${percent}% of allotted space.`,
    );
  }
  return { PackedPolicySize: percent };
};
