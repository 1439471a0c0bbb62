import { ec2Write } from '../ec2-operation.ts';
import { revoke } from './revoke.ts';

/** Takes outbound rules away from a group. */
export const revokeSecurityGroupEgress = ec2Write<'RevokeSecurityGroupEgress'>(
  (tx, input, context) => revoke(tx, input, true, context),
);
