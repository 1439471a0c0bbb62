import { ec2Write } from '../ec2-operation.ts';
import { updateDescriptions } from './update-descriptions.ts';

/** Changes the descriptions of inbound rules. */
export const updateSecurityGroupRuleDescriptionsIngress =
  ec2Write<'UpdateSecurityGroupRuleDescriptionsIngress'>((tx, input, context) =>
    updateDescriptions(tx, input, false, context),
  );
