import { type NotBuilt, notBuilt, type Operation, withNote } from '../../operation.ts';
import { createAccessLogSubscription } from './access-log-subscription/create-access-log-subscription.ts';
import { deleteAccessLogSubscription } from './access-log-subscription/delete-access-log-subscription.ts';
import { getAccessLogSubscription } from './access-log-subscription/get-access-log-subscription.ts';
import { listAccessLogSubscriptions } from './access-log-subscription/list-access-log-subscriptions.ts';
import { updateAccessLogSubscription } from './access-log-subscription/update-access-log-subscription.ts';
import { deleteAuthPolicy } from './auth-policy/delete-auth-policy.ts';
import { getAuthPolicy } from './auth-policy/get-auth-policy.ts';
import { putAuthPolicy } from './auth-policy/put-auth-policy.ts';
import { createListener } from './listener/create-listener.ts';
import { deleteListener } from './listener/delete-listener.ts';
import { getListener } from './listener/get-listener.ts';
import { listListeners } from './listener/list-listeners.ts';
import { updateListener } from './listener/update-listener.ts';
import { deleteResourcePolicy } from './resource-policy/delete-resource-policy.ts';
import { getResourcePolicy } from './resource-policy/get-resource-policy.ts';
import { putResourcePolicy } from './resource-policy/put-resource-policy.ts';
import { batchUpdateRule } from './rule/batch-update-rule.ts';
import { createRule } from './rule/create-rule.ts';
import { deleteRule } from './rule/delete-rule.ts';
import { getRule } from './rule/get-rule.ts';
import { listRules } from './rule/list-rules.ts';
import { updateRule } from './rule/update-rule.ts';
import { createService } from './service/create-service.ts';
import { deleteService } from './service/delete-service.ts';
import { getService } from './service/get-service.ts';
import { listServices } from './service/list-services.ts';
import { updateService } from './service/update-service.ts';
import { createServiceNetworkServiceAssociation } from './service-association/create-service-network-service-association.ts';
import { deleteServiceNetworkServiceAssociation } from './service-association/delete-service-network-service-association.ts';
import { getServiceNetworkServiceAssociation } from './service-association/get-service-network-service-association.ts';
import { listServiceNetworkServiceAssociations } from './service-association/list-service-network-service-associations.ts';
import { createServiceNetwork } from './service-network/create-service-network.ts';
import { deleteServiceNetwork } from './service-network/delete-service-network.ts';
import { getServiceNetwork } from './service-network/get-service-network.ts';
import { listServiceNetworkVpcEndpointAssociations } from './service-network/list-service-network-vpc-endpoint-associations.ts';
import { listServiceNetworks } from './service-network/list-service-networks.ts';
import { updateServiceNetwork } from './service-network/update-service-network.ts';
import type { Input, OperationName, Output } from './shapes.ts';
import { listTagsForResource } from './tag/list-tags-for-resource.ts';
import { tagResource } from './tag/tag-resource.ts';
import { untagResource } from './tag/untag-resource.ts';
import { deregisterTargets } from './target/deregister-targets.ts';
import { listTargets } from './target/list-targets.ts';
import { registerTargets } from './target/register-targets.ts';
import { createTargetGroup } from './target-group/create-target-group.ts';
import { deleteTargetGroup } from './target-group/delete-target-group.ts';
import { getTargetGroup } from './target-group/get-target-group.ts';
import { listTargetGroups } from './target-group/list-target-groups.ts';
import { updateTargetGroup } from './target-group/update-target-group.ts';
import { createServiceNetworkVpcAssociation } from './vpc-association/create-service-network-vpc-association.ts';
import { deleteServiceNetworkVpcAssociation } from './vpc-association/delete-service-network-vpc-association.ts';
import { getServiceNetworkVpcAssociation } from './vpc-association/get-service-network-vpc-association.ts';
import { listServiceNetworkVpcAssociations } from './vpc-association/list-service-network-vpc-associations.ts';
import { updateServiceNetworkVpcAssociation } from './vpc-association/update-service-network-vpc-association.ts';

/** Every operation of the API. One that is missing here does not compile. */
export const vpcLatticeOperations = {
  BatchUpdateRule: batchUpdateRule,
  CreateAccessLogSubscription: withNote(
    createAccessLogSubscription,
    'the destination is recorded; the lines go to files in `logs/` of the data folder',
  ),
  CreateListener: createListener,
  CreateResourceConfiguration: notBuilt,
  CreateResourceGateway: notBuilt,
  CreateRule: createRule,
  CreateService: createService,
  CreateServiceNetwork: createServiceNetwork,
  CreateServiceNetworkResourceAssociation: notBuilt,
  CreateServiceNetworkServiceAssociation: createServiceNetworkServiceAssociation,
  CreateServiceNetworkVpcAssociation: createServiceNetworkVpcAssociation,
  CreateTargetGroup: withNote(
    createTargetGroup,
    'groups of type IP and INSTANCE carry traffic; LAMBDA and ALB are stored',
  ),
  DeleteAccessLogSubscription: deleteAccessLogSubscription,
  DeleteAuthPolicy: withNote(
    deleteAuthPolicy,
    'also while the auth type is `AWS_IAM`; the resource is then closed to everybody',
  ),
  DeleteDomainVerification: notBuilt,
  DeleteListener: deleteListener,
  DeleteResourceConfiguration: notBuilt,
  DeleteResourceEndpointAssociation: notBuilt,
  DeleteResourceGateway: notBuilt,
  DeleteResourcePolicy: deleteResourcePolicy,
  DeleteRule: deleteRule,
  DeleteService: deleteService,
  DeleteServiceNetwork: deleteServiceNetwork,
  DeleteServiceNetworkResourceAssociation: notBuilt,
  DeleteServiceNetworkServiceAssociation: deleteServiceNetworkServiceAssociation,
  DeleteServiceNetworkVpcAssociation: deleteServiceNetworkVpcAssociation,
  DeleteTargetGroup: deleteTargetGroup,
  DeregisterTargets: deregisterTargets,
  GetAccessLogSubscription: getAccessLogSubscription,
  GetAuthPolicy: getAuthPolicy,
  GetDomainVerification: notBuilt,
  GetListener: getListener,
  GetResourceConfiguration: notBuilt,
  GetResourceGateway: notBuilt,
  GetResourcePolicy: getResourcePolicy,
  GetRule: getRule,
  GetService: getService,
  GetServiceNetwork: getServiceNetwork,
  GetServiceNetworkResourceAssociation: notBuilt,
  GetServiceNetworkServiceAssociation: getServiceNetworkServiceAssociation,
  GetServiceNetworkVpcAssociation: getServiceNetworkVpcAssociation,
  GetTargetGroup: getTargetGroup,
  ListAccessLogSubscriptions: listAccessLogSubscriptions,
  ListDomainVerifications: notBuilt,
  ListListeners: listListeners,
  ListResourceConfigurations: notBuilt,
  ListResourceEndpointAssociations: notBuilt,
  ListResourceGateways: notBuilt,
  ListRules: listRules,
  ListServiceNetworkResourceAssociations: notBuilt,
  ListServiceNetworkServiceAssociations: listServiceNetworkServiceAssociations,
  ListServiceNetworkVpcAssociations: listServiceNetworkVpcAssociations,
  ListServiceNetworkVpcEndpointAssociations: listServiceNetworkVpcEndpointAssociations,
  ListServiceNetworks: listServiceNetworks,
  ListServices: listServices,
  ListTagsForResource: listTagsForResource,
  ListTargetGroups: listTargetGroups,
  ListTargets: listTargets,
  PutAuthPolicy: putAuthPolicy,
  PutResourcePolicy: withNote(putResourcePolicy, 'stored; nothing is shared between accounts yet'),
  RegisterTargets: registerTargets,
  StartDomainVerification: notBuilt,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAccessLogSubscription: updateAccessLogSubscription,
  UpdateListener: updateListener,
  UpdateResourceConfiguration: notBuilt,
  UpdateResourceGateway: notBuilt,
  UpdateRule: updateRule,
  UpdateService: updateService,
  UpdateServiceNetwork: updateServiceNetwork,
  UpdateServiceNetworkVpcAssociation: updateServiceNetworkVpcAssociation,
  UpdateTargetGroup: updateTargetGroup,
} satisfies { readonly [N in OperationName]: Operation<Input<N>, Output<N>> | NotBuilt };
