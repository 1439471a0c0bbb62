import json

import boto3
from botocore.exceptions import ClientError

iam = boto3.client("iam")
account = boto3.client("sts").get_caller_identity()["Account"]
root = boto3.client("vpc-lattice")


def session_of(credentials):
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials.get("SessionToken"),
    )


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def outcome(call, **parameters):
    try:
        call(**parameters)
        return "allowed"
    except ClientError as error:
        return error.response["Error"]["Code"] + ": " + error.response["Error"]["Message"]


mine = root.create_service(name="mine", tags={"team": "shop"})["id"]
theirs = root.create_service(name="theirs", tags={"team": "ops"})["id"]

# A user by tags, with an explicit deny, in a group that may read.
iam.create_group(GroupName="readers")
iam.attach_group_policy(GroupName="readers", PolicyArn="arn:aws:iam::aws:policy/VPCLatticeReadOnlyAccess")
iam.create_user(UserName="ada", Tags=[{"Key": "team", "Value": "shop"}])
iam.add_user_to_group(GroupName="readers", UserName="ada")
iam.put_user_policy(
    UserName="ada",
    PolicyName="own",
    PolicyDocument=policy(
        {
            "Effect": "Allow",
            "Action": ["vpc-lattice:DeleteService", "vpc-lattice:UpdateService"],
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}},
        },
        {"Effect": "Deny", "Action": "vpc-lattice:UpdateService", "Resource": "*"},
    ),
)
ada = session_of(iam.create_access_key(UserName="ada")["AccessKey"])
lattice = ada.client("vpc-lattice")
user = {
    "list": outcome(lattice.list_services),
    "theirs": outcome(lattice.delete_service, serviceIdentifier=theirs),
    "update": outcome(lattice.update_service, serviceIdentifier=mine, authType="NONE"),
    "mine": outcome(lattice.delete_service, serviceIdentifier=mine),
    "vpc": outcome(ada.client("ec2").create_vpc, CidrBlock="10.9.0.0/16"),
    "dry": outcome(ada.client("ec2").describe_vpcs, DryRun=True),
    "iam": outcome(ada.client("iam").list_users),
}

# A session of a role, narrowed by a session policy and by a boundary.
trust = policy({"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"})
role = iam.create_role(
    RoleName="wide",
    AssumeRolePolicyDocument=trust,
    PermissionsBoundary="arn:aws:iam::aws:policy/VPCLatticeFullAccess",
)["Role"]
iam.put_role_policy(
    RoleName="wide",
    PolicyName="all",
    PolicyDocument=policy({"Effect": "Allow", "Action": "*", "Resource": "*"}),
)
made = boto3.client("sts").assume_role(
    RoleArn=role["Arn"],
    RoleSessionName="narrow",
    Policy=policy({"Effect": "Allow", "Action": ["vpc-lattice:Get*", "iam:*"], "Resource": "*"}),
)
narrow = session_of(made["Credentials"])
session = {
    "get": outcome(narrow.client("vpc-lattice").get_service, serviceIdentifier=theirs),
    "delete": outcome(narrow.client("vpc-lattice").delete_service, serviceIdentifier=theirs),
    "iam": outcome(narrow.client("iam").list_users),
}

root.delete_service(serviceIdentifier=theirs)
print(json.dumps({"account": account, "theirs": theirs, "mine": mine, "user": user, "session": session}))
