import { ec2Write } from '../ec2-operation.ts';
import { authorize } from './authorize.ts';

/** Adds outbound rules to a group. */
export const authorizeSecurityGroupEgress = ec2Write<'AuthorizeSecurityGroupEgress'>(
  (tx, input, context) => authorize(tx, input, true, context),
);
