import { iamRead } from '../iam-operation.ts';
import { findPolicy } from './find-policy.ts';
import { policyAnswer } from './policy-answer.ts';

export const getPolicy = iamRead<'GetPolicy'>(async (tx, { PolicyArn }, context) => ({
  Policy: await policyAnswer(tx, await findPolicy(tx, PolicyArn, context), context),
}));
