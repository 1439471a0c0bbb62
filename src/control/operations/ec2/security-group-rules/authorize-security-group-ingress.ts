import { ec2Write } from '../ec2-operation.ts';
import { authorize } from './authorize.ts';

/** Adds inbound rules to a group. */
export const authorizeSecurityGroupIngress = ec2Write<'AuthorizeSecurityGroupIngress'>(
  (tx, input, context) => authorize(tx, input, false, context),
);
