import { ec2Write } from '../ec2-operation.ts';
import { updateDescriptions } from './update-descriptions.ts';

/** Changes the descriptions of outbound rules. */
export const updateSecurityGroupRuleDescriptionsEgress =
  ec2Write<'UpdateSecurityGroupRuleDescriptionsEgress'>((tx, input, context) =>
    updateDescriptions(tx, input, true, context),
  );
