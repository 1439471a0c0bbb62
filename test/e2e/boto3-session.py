"""A whole VPC Lattice session with unmodified boto3; the environment says where the API is.

Prints one line of JSON with what it saw; any failed expectation ends it with a traceback.
"""

import json

import boto3
from botocore.exceptions import ClientError

lattice = boto3.client("vpc-lattice")
ec2 = boto3.client("ec2")
tagging = boto3.client("resourcegroupstaggingapi")


def refused(call, **parameters):
    try:
        call(**parameters)
    except ClientError as error:
        return error.response
    raise AssertionError(f"{call.__name__} was not refused")


assert boto3.client("sts").get_caller_identity()["Account"].isdigit()

vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
group = ec2.create_security_group(GroupName="clients", Description="clients", VpcId=vpc)["GroupId"]

network = lattice.create_service_network(name="boto", clientToken="boto-network", tags={"by": "boto3"})
again = lattice.create_service_network(name="boto", clientToken="boto-network", tags={"by": "boto3"})
assert again["id"] == network["id"], (again, network)
conflict = refused(lattice.create_service_network, name="boto")
assert conflict["Error"]["Code"] == "ConflictException", conflict
assert "already exist" in conflict["Error"]["Message"], conflict

service = lattice.create_service(name="payments")
assert lattice.get_service(serviceIdentifier=service["id"])["createdAt"].tzinfo is not None

config = {"port": 8080, "protocol": "HTTP", "vpcIdentifier": vpc}
groups = [
    lattice.create_target_group(name=f"payments-{version}", type="IP", config=config)
    for version in ("blue", "green")
]
for index, target_group in enumerate(groups):
    answer = lattice.register_targets(
        targetGroupIdentifier=target_group["id"], targets=[{"id": f"10.8.0.1{index}"}]
    )
    assert answer["unsuccessful"] == [], answer
    assert answer["successful"] == [{"id": f"10.8.0.1{index}", "port": 8080}], answer


def weights(blue, green):
    return {
        "forward": {
            "targetGroups": [
                {"targetGroupIdentifier": groups[0]["id"], "weight": blue},
                {"targetGroupIdentifier": groups[1]["arn"], "weight": green},
            ]
        }
    }


listener = lattice.create_listener(
    serviceIdentifier=service["id"], name="http", protocol="HTTP", defaultAction=weights(90, 10)
)
rules = [
    lattice.create_rule(
        serviceIdentifier=service["id"],
        listenerIdentifier=listener["id"],
        name=f"path-{priority}",
        priority=priority,
        match={"httpMatch": {"method": "GET", "pathMatch": {"match": {"exact": f"/{priority}"}}}},
        action=weights(50, 50),
    )
    for priority in (10, 20)
]
swapped = lattice.batch_update_rule(
    serviceIdentifier=service["id"],
    listenerIdentifier=listener["id"],
    rules=[
        {"ruleIdentifier": rules[0]["id"], "priority": 20},
        {"ruleIdentifier": rules[1]["id"], "priority": 10},
    ],
)
assert swapped["unsuccessful"] == [], swapped
echo = lattice.get_rule(
    serviceIdentifier=service["id"],
    listenerIdentifier=listener["id"],
    ruleIdentifier=rules[0]["id"],
)
assert echo["priority"] == 20, echo
assert echo["action"] == weights(50, 50), echo

updated = lattice.update_listener(
    serviceIdentifier=service["id"], listenerIdentifier=listener["id"], defaultAction=weights(0, 100)
)
assert updated["defaultAction"] == weights(0, 100), updated

service_link = lattice.create_service_network_service_association(
    serviceIdentifier=service["id"], serviceNetworkIdentifier=network["id"]
)
vpc_link = lattice.create_service_network_vpc_association(
    vpcIdentifier=vpc, serviceNetworkIdentifier=network["id"], securityGroupIds=[group]
)

policy = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "vpc-lattice-svcs:Invoke", "Resource": "*"}
        ],
    }
)
lattice.put_auth_policy(resourceIdentifier=service["id"], policy=policy)
assert json.loads(lattice.get_auth_policy(resourceIdentifier=service["arn"])["policy"]) == json.loads(policy)
lattice.delete_auth_policy(resourceIdentifier=service["id"])

log = lattice.create_access_log_subscription(
    resourceIdentifier=network["arn"], destinationArn="arn:aws:s3:::pergola-logs"
)
listed = lattice.list_access_log_subscriptions(resourceIdentifier=network["id"])["items"]
assert [item["id"] for item in listed] == [log["id"]], listed

pages = lattice.get_paginator("list_target_groups").paginate(PaginationConfig={"PageSize": 1})
names = sorted(item["name"] for page in pages for item in page["items"])
assert names == ["payments-blue", "payments-green"], names

found = tagging.get_resources(TagFilters=[{"Key": "by", "Values": ["boto3"]}])
assert [item["ResourceARN"] for item in found["ResourceTagMappingList"]] == [network["arn"]], found

missing = refused(lattice.get_service, serviceIdentifier="svc-00000000000000000")
assert missing["ResponseMetadata"]["HTTPStatusCode"] == 404, missing
assert missing["resourceId"] == "svc-00000000000000000", missing

lattice.delete_access_log_subscription(accessLogSubscriptionIdentifier=log["arn"])
lattice.delete_service_network_service_association(
    serviceNetworkServiceAssociationIdentifier=service_link["arn"]
)
lattice.delete_service_network_vpc_association(
    serviceNetworkVpcAssociationIdentifier=vpc_link["id"]
)
lattice.delete_service(serviceIdentifier=service["arn"])
for index, target_group in enumerate(groups):
    lattice.deregister_targets(
        targetGroupIdentifier=target_group["id"], targets=[{"id": f"10.8.0.1{index}", "port": 8080}]
    )
    lattice.delete_target_group(targetGroupIdentifier=target_group["id"])
lattice.delete_service_network(serviceNetworkIdentifier=network["id"])
ec2.delete_security_group(GroupId=group)
ec2.delete_vpc(VpcId=vpc)
left = lattice.list_services()["items"] + lattice.list_service_networks()["items"]
assert left == [], left
print(json.dumps({"targetGroups": names, "host": service["dnsEntry"]["domainName"]}))
