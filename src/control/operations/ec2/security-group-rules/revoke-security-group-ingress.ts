import { ec2Write } from '../ec2-operation.ts';
import { revoke } from './revoke.ts';

/** Takes inbound rules away from a group. */
export const revokeSecurityGroupIngress = ec2Write<'RevokeSecurityGroupIngress'>(
  (tx, input, context) => revoke(tx, input, false, context),
);
