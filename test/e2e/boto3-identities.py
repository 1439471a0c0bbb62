import json

import boto3

iam = boto3.client("iam")
sts = boto3.client("sts")
trust = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}
role = iam.create_role(RoleName="boto", AssumeRolePolicyDocument=json.dumps(trust))["Role"]
principal = role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["AWS"]

for name in ["u1", "u2", "u3"]:
    iam.create_user(UserName=name, Path="/boto/")
pages = iam.get_paginator("list_users").paginate(PathPrefix="/boto/", PaginationConfig={"PageSize": 2})
users = [user["UserName"] for page in pages for user in page["Users"]]

made = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="chain")["Credentials"]
session = boto3.Session(
    aws_access_key_id=made["AccessKeyId"],
    aws_secret_access_key=made["SecretAccessKey"],
    aws_session_token=made["SessionToken"],
)
arn = session.client("sts").get_caller_identity()["Arn"]

try:
    iam.get_role(RoleName="none")
    missing = None
except iam.exceptions.NoSuchEntityException as error:
    missing = error.response["Error"]["Code"]

for name in users:
    iam.delete_user(UserName=name)
iam.delete_role(RoleName="boto")
print(json.dumps({"principal": principal, "users": users, "session": arn, "missing": missing}))
